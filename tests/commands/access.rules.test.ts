import { expect, it } from 'vitest'
import { careTeamMembers } from '#drizzle/schema/access.ts'
import { clinicalNotes, encounters } from '#drizzle/schema/encounters.ts'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { isOnCareTeam, type TeamFacts } from '#shared/access/rules.ts'
import { Role } from '#shared/access/roles.ts'
import { addDays, addMinutes, dateInZone } from '#shared/kernel/time.ts'
import { gateQuery } from '#main/core/access/opened.ts'
import { scopeOf } from '#main/core/access/scope.ts'
import { seeded } from '#tests/bench/support/measure.ts'
import { makeWorld } from '#tests/support/world.ts'

// The goal: the care team is one rule. Whatever the facts, TypeScript and the SQL that keeps a row from being read agree.
const CASES = 250
const DAY_MIN = 1_440

it('the care team is the same in SQL as in the rule, whatever the facts', async () => {
  const { core, clinic } = await makeWorld()
  const random = seeded(12)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T // The lists are not empty.
  const [db, now] = [core.vault.writer, core.platform.now()]
  const today = dateInZone(now, clinic.zone)
  const staff = [clinic.people.doctor, clinic.people.nurse, clinic.people.administrator]
  const settings = { monthsBack: 24, monthsAhead: 6, flowDaysBack: 7, flowDaysAhead: 7 }
  const gate = gateQuery(db).prepare()
  const outcomes = { yes: 0, no: 0 }
  for (let i = 0; i < CASES; i += 1) {
    const patientId = clinic.addPatient(core, {}, { team: false })
    const facts = { appointments: [] as TeamFacts['appointments'][number][], members: [] as TeamFacts['members'][number][], notes: [] as TeamFacts['notes'][number][] }
    if (random() < 0.5) {
      // Far apart, so that no two of them want one provider's time.
      const startsAt = addMinutes(now, pick([-800, -720, -300, -6, -8, 6, 8, 150, 200]) * DAY_MIN + i * 20)
      const row = { providerId: pick(clinic.providers), startsAt, status: pick(['booked', 'cancelled', 'no-show', 'fulfilled']) }
      db.insert(appointments).values({ ...row, id: core.platform.newId(), patientId, endsAt: addMinutes(startsAt, 15), version: 1, bookedAt: now, bookedBy: staff[0]!.userId }).run()
      facts.appointments.push(row)
    }
    if (random() < 0.3) {
      const row = { staffId: pick(staff).staffId, fromOn: addDays(today, pick([-3, 0, 1])), untilOn: pick([null, addDays(today, -1), today, addDays(today, 5)]), endedAt: pick([null, null, now]) }
      db.insert(careTeamMembers).values({ ...row, id: core.platform.newId(), patientId, reason: 'x', addedAt: now, addedBy: staff[0]!.userId }).run()
      facts.members.push(row)
    }
    if (random() < 0.2) {
      const [encounterId, authorId, signedBy] = [core.platform.newId(), pick(staff).userId, pick([null, pick(staff).userId])]
      db.insert(encounters).values({ id: encounterId, patientId, status: 'in-progress', startedAt: now }).run()
      db.insert(clinicalNotes).values({ id: core.platform.newId(), encounterId, patientId, authorId, status: signedBy ? 'signed' : 'draft', subjective: '', objective: '', assessment: '', plan: '', revision: 1, savedAt: now, signedBy, signedAt: signedBy && now }).run()
      facts.notes.push({ authorId, signedBy })
    }
    const [who, roles] = pick([[staff[0]!, [Role.doctor]], [staff[1]!, [Role.nurse]], [staff[2]!, [Role.administrator]]] as const)
    const { values } = scopeOf({ ...who, roles }, now, clinic.zone, settings)
    const expected = isOnCareTeam({
      ...facts, staffIds: [who.staffId], userIds: [who.userId], isClinician: roles[0] !== Role.administrator, isNurse: roles[0] === Role.nurse, today,
      seen: { from: values.seenFrom, to: values.seenTo }, flow: { from: values.flowFrom, to: values.flowTo },
    })
    outcomes[expected ? 'yes' : 'no'] += 1
    expect([i, facts, roles, gate.get({ ...values, patientId })?.mayReadChart]).toEqual([i, facts, roles, expected ? 1 : 0])
  }
  expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(25)
})
