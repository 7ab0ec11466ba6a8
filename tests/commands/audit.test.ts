import { describe, expect, it } from 'vitest'
import { roles } from '#shared/access/roles.ts'
import { auditReads } from '#main/domains/audit/repository.ts'
import { addEvents } from '#tests/support/audit.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

describe('audit.list and audit.actions', () => {
  it('answers "who opened this chart" with names and times, newest first', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    addEvents(world, 2, { patientId })
    addEvents(world, 1, { patientId, actorId: world.clinic.people.nurse.userId })
    addEvents(world, 3)
    const { events, next } = await world.as('administrator').audit.list({ patientId })
    expect(events.map((one) => [one.actorName, one.patientName, one.patientMrn, one.outcome])).toEqual([
      ['Tom Okafor', 'Lopez, Maria', 100_001, 'seen'], ['Amira Haddad', 'Lopez, Maria', 100_001, 'seen'], ['Amira Haddad', 'Lopez, Maria', 100_001, 'seen'],
    ])
    expect(next).toBeNull()
  })

  it('goes through all of it page by page, each event once, while new ones arrive', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    addEvents(world, 95)
    const seen: number[] = []
    let before: number | null = null
    do {
      const page: { events: { seq: number }[]; next: number | null } = await administrator.audit.list({ before, limit: 20, action: 'chart.opened' })
      seen.push(...page.events.map((one) => one.seq))
      before = page.next
      addEvents(world, 1)
    } while (before !== null)
    expect(seen).toHaveLength(95)
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
    expect(new Set(seen).size).toBe(95)
  })

  it('filters by person, patient and action in every combination', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const [doctor, nurse] = [world.clinic.people.doctor.userId, world.clinic.people.nurse.userId]
    for (const actorId of [doctor, nurse]) for (const about of [patientId, null]) for (const action of ['chart.opened', 'note.signed']) addEvents(world, 1, { actorId, patientId: about, action })
    const administrator = world.as('administrator')
    const count = async (filter: Parameters<typeof administrator.audit.list>[0]) => (await administrator.audit.list(filter)).events.length
    expect(await count({ patientId })).toBe(4)
    expect(await count({ actorId: nurse })).toBe(4)
    expect(await count({ action: 'note.signed' })).toBe(4)
    expect(await count({ patientId, actorId: nurse })).toBe(2)
    expect(await count({ patientId, action: 'note.signed' })).toBe(2)
    expect(await count({ actorId: nurse, action: 'note.signed' })).toBe(2)
    expect(await count({ patientId, actorId: nurse, action: 'note.signed' })).toBe(1)
    expect(await administrator.audit.actions({})).toEqual(expect.arrayContaining(['chart.opened', 'note.signed', 'session.started']))
  })

  it('is an event itself, also when it is refused', async () => {
    const world = await makeWorld()
    const administrator = world.as('administrator')
    await administrator.audit.list({})
    const nurse = world.as('nurse')
    await refusalOf(nurse.audit.list({}))
    const { events } = await administrator.audit.list({ limit: 3 })
    expect(events.map((one) => [one.action, one.outcome, one.code, one.actorName])).toEqual([
      ['audit.list', 'refused', 'FORBIDDEN', 'Tom Okafor'], ['session.started', 'done', null, 'Tom Okafor'], ['audit.read', 'seen', null, 'Olive Brandt'],
    ])
  })

  it.each(roles.filter((role) => role !== 'administrator'))('is closed to %s', async (role) => {
    const world = await makeWorld()
    expect(await refusalOf(world.as(role).audit.list({}))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(world.as(role).audit.actions({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('walks an index for every filter and sorts nothing', async () => {
    const world = await makeWorld()
    const db = world.core.vault.reader
    const reads = auditReads(db)
    const leads = {
      patient: 'by_patient', actor: 'by_actor', action: 'by_action', actorAction: 'by_actor_action',
      refusedAll: 'refused', refusedActor: 'refused_by_actor', refusedAction: 'refused_by_action', access: 'by_patient',
    } as const
    for (const [name, index] of Object.entries(leads)) {
      const plan = planOf(db, reads[name as keyof typeof leads]) // The keys are those of the object above.
      expect(plan).toMatch(new RegExp(`SEARCH audit_events USING INDEX audit_events_${index} `))
      if (name !== 'access') expect(plan).not.toMatch(/TEMP B-TREE|SCAN audit_events/)
    }
    expect(planOf(db, reads.all)).toMatch(/SEARCH audit_events USING INTEGER PRIMARY KEY/)
    expect(planOf(db, reads.nextAction)).toMatch(/SEARCH audit_events USING COVERING INDEX audit_events_by_action/)
  })
})
