import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { fileGateQuery, gateQuery } from '#main/core/access/opened.ts'
import { glassQueries } from '#main/domains/access/repository.glass.ts'
import { bill, pay, seePatient } from '#tests/support/visits.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const TODAY = '2026-11-17'
const codeOf = async (call: Promise<unknown>): Promise<string> => call.then(() => 'ok', async () => (await refusalOf(call)).code)
const newId = (world: World) => world.core.platform.newId()
const why = 'Unconscious in the waiting room'

function strange(world: World, more: { familyName?: string } = {}): string {
  return world.clinic.addPatient(world.core, { familyName: 'Quist', givenName: 'Edda', phone: '+14135550177', ...more }, { team: false })
}
const book = (world: World, patientId: string, startsAt: string, provider: 0 | 1 = 0) => world.as('receptionist').scheduling.book({
  id: newId(world), patientId, providerId: world.clinic.providers[provider], roomId: null, typeId: null, startsAt, durationMin: 15, reason: 'Cough',
})
/** Asked for by the administrator, approved by a doctor. */
const restrict = (world: World, input: { patientId: string; reason: string; allowedUserIds: string[] }) =>
  withSecondPerson(world, world.as('administrator'), 'access.restrictPatient', { id: newId(world), ...input }, 'doctor')
const glass = (world: World, role: 'doctor' | 'nurse' | 'administrator', patientId: string) =>
  world.as(role).access.breakGlass({ id: newId(world), patient: { id: patientId }, reason: 'emergency', explanation: why })

describe('the care team', () => {
  it('R02: keeps a chart from whoever has nothing to do with it, names the patient for the emergency, changes nothing and logs it', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    const doctor = world.as('doctor')
    expect(await refusalOf(doctor.encounters.openChart({ patientId }))).toEqual({ code: 'NOT_ON_CARE_TEAM', data: { patientId } })
    const refused = [
      doctor.encounters.listNotes({ patientId }), doctor.encounters.listProblems({ patientId }), doctor.encounters.listObservations({ patientId, category: 'vital-signs' }),
      doctor.encounters.addProblem({ id: newId(world), patientId, concept: { system: null, code: null, label: 'Gout' } }),
      doctor.access.careTeam({ patientId }),
      doctor.access.addCareTeamMember({ id: newId(world), patientId, staffId: world.clinic.people.doctor.staffId, fromOn: TODAY, reason: 'I would like to' }),
    ]
    for (const call of refused) expect((await refusalOf(call)).code).toBe('NOT_ON_CARE_TEAM')
    expect((await doctor.patients.get({ id: patientId })).patient.familyName).toBe('Quist')
    const log = world.core.vault.reader.select().from(auditEvents).where(and(eq(auditEvents.code, 'NOT_ON_CARE_TEAM'), eq(auditEvents.patientId, patientId))).all()
    expect(log).toHaveLength(7)
  })

  it('is the provider of an appointment within two years back and half a year ahead, and of none that was cancelled', async () => {
    const world = await makeWorld()
    const open = (patientId: string) => codeOf(world.as('doctor').encounters.openChart({ patientId }))
    for (const [startsAt, expected] of [['2024-12-01T15:00:00.000Z', 'ok'], ['2024-11-01T15:00:00.000Z', 'NOT_ON_CARE_TEAM'], ['2027-05-10T15:00:00.000Z', 'ok'], ['2027-06-01T15:00:00.000Z', 'NOT_ON_CARE_TEAM']] as const) {
      const patientId = strange(world)
      await book(world, patientId, startsAt)
      expect([startsAt, await open(patientId)]).toEqual([startsAt, expected])
    }
    const patientId = strange(world)
    const appointment = await book(world, patientId, '2026-11-18T15:00:00.000Z')
    expect(await open(patientId)).toBe('ok')
    await world.as('receptionist').scheduling.cancel({ id: appointment.id, version: 1, reason: 'patient-asked' })
    expect(await open(patientId)).toBe('NOT_ON_CARE_TEAM')
    await world.as('administrator').access.saveSettings({ ...(await world.as('administrator').access.settings({})), monthsBack: 36 })
    const old = strange(world)
    await book(world, old, '2024-11-01T16:00:00.000Z')
    expect(await open(old)).toBe('ok')
  })

  it('is a nurse for everyone in a week of the flow, whoever’s patient it is', async () => {
    const world = await makeWorld()
    for (const [startsAt, expected] of [['2026-11-23T15:00:00.000Z', 'ok'], ['2026-11-26T15:00:00.000Z', 'NOT_ON_CARE_TEAM'], ['2026-11-11T15:00:00.000Z', 'ok'], ['2026-11-09T15:00:00.000Z', 'NOT_ON_CARE_TEAM']] as const) {
      const patientId = strange(world)
      await book(world, patientId, startsAt, 1)
      expect([startsAt, await codeOf(world.as('nurse').encounters.openChart({ patientId }))]).toEqual([startsAt, expected])
      expect(await codeOf(world.as('doctor').encounters.openChart({ patientId }))).toBe('NOT_ON_CARE_TEAM')
    }
  })

  it('access.addCareTeamMember and access.endCareTeamMember: a colleague brings one in, for as long as it is said', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    await book(world, patientId, '2026-11-18T15:00:00.000Z')
    const nurse = () => codeOf(world.as('nurse').encounters.listVisits({ patientId }))
    await world.as('administrator').access.saveSettings({ monthsBack: 24, monthsAhead: 6, flowDaysBack: 0, flowDaysAhead: 0 })
    expect(await nurse()).toBe('NOT_ON_CARE_TEAM')
    const doctor = world.as('doctor')
    const input = { id: newId(world), patientId, staffId: world.clinic.people.nurse.staffId, fromOn: TODAY, untilOn: '2026-11-20', reason: 'Wound care' }
    expect((await refusalOf(doctor.access.addCareTeamMember({ ...input, untilOn: '2026-11-01' }))).code).toBe('SPAN_BACKWARDS')
    expect((await refusalOf(doctor.access.addCareTeamMember({ ...input, staffId: newId(world) }))).code).toBe('STAFF_NOT_FOUND')
    const member = await doctor.access.addCareTeamMember(input)
    expect(await nurse()).toBe('ok')
    expect(await doctor.access.careTeam({ patientId })).toMatchObject({ members: [{ staff: { familyName: 'Okafor' }, reason: 'Wound care' }], byWork: [{ staff: { familyName: 'Haddad' }, because: 'appointment' }] })
    world.clock.set('2026-11-21T15:00:00.000Z')
    expect(await nurse()).toBe('NOT_ON_CARE_TEAM')
    world.clock.set('2026-11-17T16:00:00.000Z')
    await world.as('doctor').access.endCareTeamMember({ id: member.id })
    expect(await nurse()).toBe('NOT_ON_CARE_TEAM')
  })

  it('access.addCover, access.listCover and access.removeCover: who covers reads what the covered one reads, on those days', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    await book(world, patientId, '2026-11-18T15:00:00.000Z', 1)
    const open = () => codeOf(world.as('doctor').encounters.openChart({ patientId }))
    const cover = { id: newId(world), providerId: world.clinic.providers[1], byStaffId: world.clinic.providers[0], fromOn: TODAY, untilOn: TODAY }
    expect((await refusalOf(world.as('doctor').access.addCover(cover))).code).toBe('NOT_YOUR_PATIENTS')
    await world.as('administrator').access.addCover(cover)
    expect(await world.as('doctor').access.listCover({})).toMatchObject([{ provider: { familyName: 'Lindqvist' }, by: { familyName: 'Haddad' } }])
    expect(await open()).toBe('ok')
    world.clock.set('2026-11-18T15:00:00.000Z')
    expect(await open()).toBe('NOT_ON_CARE_TEAM')
    world.clock.set('2026-11-17T15:00:00.000Z')
    await world.as('administrator').access.removeCover({ id: cover.id })
    expect(await open()).toBe('NOT_ON_CARE_TEAM')
  })

  it('asks for one chart through indexes alone', async () => {
    const { core } = await makeWorld()
    for (const gate of [gateQuery, fileGateQuery]) expect(planOf(core.vault.reader, gate(core.vault.reader))).not.toMatch(/SCAN (patients|appointments|clinical_notes|a\b|n\b|m\b|g\b|r\b)|TEMP B-TREE/)
    const { waiting, reviewed, times } = glassQueries(core.vault.reader)
    for (const query of [waiting, reviewed, times]) expect(planOf(core.vault.reader, query)).toMatch(/INDEX break_glass_(open|reviewed)/)
  })
})

describe('restricted patients', () => {
  async function restricted(world: World) {
    const patientId = strange(world)
    const { mrn } = (await world.as('administrator').patients.get({ id: patientId })).patient
    const appointment = await book(world, patientId, '2026-11-17T16:00:00.000Z')
    await restrict(world, { patientId, reason: 'Known to everybody in town', allowedUserIds: [world.clinic.people.nurse.userId] })
    return { patientId, mrn, appointment }
  }

  it('access.restrictPatient: are not there for anybody else, in no list, search or count, with the answer of an unknown id', async () => {
    const world = await makeWorld()
    const { patientId, mrn } = await restricted(world)
    const absent = newId(world)
    for (const role of ['doctor', 'receptionist', 'billing', 'administrator', 'pharmacist'] as const) {
      const who = world.as(role)
      for (const text of ['quist', 'edda q', String(mrn), '413 555 0177', '1958-03-12']) expect([role, text, await who.patients.search({ text })]).toEqual([role, text, []])
      expect((await who.patients.list({})).rows).toEqual([])
      expect(await who.patients.closest({ text: 'Qvist' })).toEqual([])
      expect(await who.patients.glance({ ids: [patientId] })).toEqual({ on: TODAY, patients: [{ id: patientId, insurance: null, lastSeenOn: null, today: null }] })
      expect(await refusalOf(who.patients.get({ id: patientId }))).toEqual(await refusalOf(who.patients.get({ id: absent })))
    }
    const [desk, doctor, billing] = [world.as('receptionist'), world.as('doctor'), world.as('billing')]
    const pairs: ((id: string) => Promise<unknown>)[] = [
      (id) => doctor.encounters.openChart({ patientId: id }), (id) => doctor.encounters.listAllergies({ patientId: id }), (id) => desk.scheduling.listForPatient({ patientId: id }),
      (id) => billing.billing.account({ patientId: id }), (id) => desk.patients.history({ id }), (id) => desk.patients.photo({ patientId: id }),
      (id) => desk.patients.update({ id, was: { city: null }, changes: { city: 'X' } }), (id) => doctor.access.patientAccess({ patientId: id }), (id) => withSecondPerson(world, doctor, 'access.unrestrictPatient', { patientId: id }),
      (id) => desk.scheduling.book({ id: newId(world), patientId: id, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-19T16:00:00.000Z', durationMin: 15, reason: null }),
      (id) => desk.billing.takePayment({ id: newId(world), patientId: id, invoiceId: null, amountCents: 100, method: 'cash', reference: null }),
    ]
    for (const ask of pairs) expect(await refusalOf(ask(patientId))).toEqual(await refusalOf(ask(absent)))
    expect(await desk.patients.findDuplicates({ familyName: 'Quist', givenName: 'Edda', birthDate: '1958-03-12', sex: 'female', phone: null })).toEqual([])
    expect(await world.as('nurse').patients.search({ text: 'quist' })).toMatchObject([{ id: patientId }])
    expect((await world.as('nurse').patients.list({})).rows).toMatchObject([{ id: patientId }])
  })

  it('R15: take two people both ways, of whom neither is a nurse or the front desk, and nobody approves their own', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    const input = { id: newId(world), patientId, reason: 'A neighbour', allowedUserIds: [world.clinic.people.nurse.userId] }
    const [admin, doctor] = [world.as('administrator'), world.as('doctor')]
    for (const who of [admin, doctor]) expect((await refusalOf(who.access.restrictPatient(input))).code).toBe('NEEDS_SECOND_PERSON')
    for (const role of ['nurse', 'receptionist', 'billing'] as const) expect((await refusalOf(world.as(role).access.restrictPatient(input))).code).toBe('FORBIDDEN')
    expect(await world.as('receptionist').patients.search({ text: 'quist' })).toHaveLength(1)
    const { id } = await doctor.approvals.request({ id: newId(world), procedure: 'access.restrictPatient', input, reason: 'Asked by her' })
    expect((await refusalOf(doctor.approvals.approve({ id }))).code).toBe('OWN_REQUEST')
    for (const role of ['nurse', 'receptionist', 'billing'] as const) expect((await refusalOf(world.as(role).approvals.approve({ id }))).code).toBe('FORBIDDEN')
    expect(await admin.approvals.approve({ id })).toMatchObject({ outcome: 'done' })
    expect(await world.as('receptionist').patients.search({ text: 'quist' })).toEqual([])
    // Whoever may not find the patient cannot ask to have the restriction lifted either.
    expect((await refusalOf(withSecondPerson(world, world.as('doctor'), 'access.unrestrictPatient', { patientId }))).code).toBe('NOT_FOUND')
  })

  it('leave their time on the day, without a name, a reason or a way to them', async () => {
    const world = await makeWorld()
    const { patientId, appointment } = await restricted(world)
    const [shown] = (await world.as('receptionist').scheduling.listDay({ date: TODAY })).appointments
    expect(shown).toMatchObject({ id: appointment.id, isRestricted: true, reason: null, encounterId: null, startsAt: '2026-11-17T16:00:00.000Z', patient: { familyName: '', givenName: '', mrn: 0, phone: null } })
    expect(JSON.stringify(await world.as('receptionist').scheduling.listDay({ date: TODAY }))).not.toMatch(new RegExp(`${patientId}|Quist|Edda|Cough`))
    expect((await refusalOf(world.as('receptionist').scheduling.details({ id: appointment.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(world.as('receptionist').scheduling.arrive({ id: appointment.id, version: 1 }))).code).toBe('NOT_FOUND')
    const taken = await refusalOf(book(world, world.clinic.addPatient(world.core), '2026-11-17T16:00:00.000Z'))
    expect(taken.code).toBe('SLOT_TAKEN')
    expect((await world.as('nurse').scheduling.listDay({ date: TODAY })).appointments).toMatchObject([{ isRestricted: false, patient: { familyName: 'Quist' } }])
  })

  it('are opened by a broken glass, and by access.unrestrictPatient for everybody again', async () => {
    const world = await makeWorld()
    const { patientId, mrn } = await restricted(world)
    const opened = await world.as('doctor').access.breakGlass({ id: newId(world), patient: { mrn }, reason: 'patient-present', explanation: why })
    expect(opened).toMatchObject({ patientId, endsAt: '2026-11-17T16:00:00.000Z' })
    expect(await world.as('doctor').encounters.openChart({ patientId })).toMatchObject({ patient: { familyName: 'Quist' }, glassUntil: opened.endsAt })
    expect(await world.as('doctor').patients.search({ text: 'quist' })).toMatchObject([{ id: patientId }])
    expect(await world.as('doctor').access.patientAccess({ patientId })).toMatchObject({ restriction: { allowed: [{ familyName: 'Okafor' }] } })
    const again = withSecondPerson(world, world.as('doctor'), 'access.restrictPatient', { id: newId(world), patientId, reason: 'Again', allowedUserIds: [world.clinic.people.nurse.userId] })
    expect((await refusalOf(again)).code).toBe('ALREADY_RESTRICTED')
    expect((await refusalOf(world.as('doctor').access.unrestrictPatient({ patientId }))).code).toBe('NEEDS_SECOND_PERSON')
    await withSecondPerson(world, world.as('doctor'), 'access.unrestrictPatient', { patientId })
    expect((await refusalOf(withSecondPerson(world, world.as('doctor'), 'access.unrestrictPatient', { patientId }))).code).toBe('NOT_RESTRICTED')
    expect(await world.as('receptionist').patients.search({ text: 'quist' })).toMatchObject([{ id: patientId }])
  })

  it('are in no list of billing, not as a row, a count or a sum', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world)
    const invoice = await bill(world, visit)
    await pay(world, visit.patientId, invoice.id, 1_000)
    const before = await world.as('billing').billing.workList({ filter: 'owing' })
    expect(before.counts.owing).toBe(1)
    await restrict(world, { patientId: visit.patientId, reason: 'A colleague', allowedUserIds: [world.clinic.people.doctor.userId] })
    const billing = world.as('billing')
    expect(await billing.billing.workList({ filter: 'owing' })).toMatchObject({ items: [], sumCents: 0, counts: { owing: 0, billed: 0 } })
    expect(await billing.billing.checkout({ date: TODAY })).toEqual([])
    expect((await billing.billing.dayTotals({ date: TODAY })).payments).toEqual([])
    expect((await refusalOf(billing.billing.invoice({ id: invoice.id }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(withSecondPerson(world, billing, 'billing.voidInvoice', { id: invoice.id, reason: 'duplicate' }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(billing.billing.visit({ encounterId: visit.encounterId }))).code).toBe('VISIT_NOT_FOUND')
    expect((await world.as('doctor').billing.invoice({ id: invoice.id })).invoice.number).toBe(invoice.number)
  })
})

describe('break-glass', () => {
  it('R03: opens one chart for an hour, with a reason, and is in the log', async () => {
    const world = await makeWorld()
    const [patientId, other] = [strange(world), strange(world)]
    const opened = await glass(world, 'doctor', patientId)
    const doctor = world.as('doctor')
    expect((await doctor.encounters.openChart({ patientId })).glassUntil).toBe(opened.endsAt)
    expect(await codeOf(doctor.encounters.openChart({ patientId: other }))).toBe('NOT_ON_CARE_TEAM')
    expect(await codeOf(world.as('nurse').encounters.openChart({ patientId }))).toBe('NOT_ON_CARE_TEAM')
    world.clock.advanceMinutes(61)
    expect(await codeOf(doctor.encounters.openChart({ patientId }))).toBe('NOT_ON_CARE_TEAM')
    expect(world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'break-glass.used')).all()).toMatchObject([{ outcome: 'done', patientId, entityId: opened.id }])
  })

  it('R31: asks for the password within five minutes, for words and for somebody who exists', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    const doctor = world.as('doctor')
    const input = { id: newId(world), patient: { id: patientId }, reason: 'emergency' as const, explanation: why }
    expect((await refusalOf(doctor.access.breakGlass({ ...input, explanation: ' urgent   ' }))).code).toBe('INVALID_INPUT')
    expect((await refusalOf(doctor.access.breakGlass({ ...input, patient: { id: newId(world) } }))).code).toBe('NOT_FOUND')
    expect((await refusalOf(world.as('receptionist').access.breakGlass(input))).code).toBe('FORBIDDEN')
    world.clock.advanceMinutes(6)
    expect((await refusalOf(doctor.access.breakGlass(input))).code).toBe('REAUTH')
    expect(await codeOf(world.as('doctor').encounters.openChart({ patientId }))).toBe('NOT_ON_CARE_TEAM')
  })

  it('is the administrator’s only way to a chart, and none to a sensitive note', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world, { sign: false })
    await world.as('doctor').encounters.saveDraft({ id: visit.noteId, encounterId: visit.encounterId, revision: 1, subjective: 'Told in confidence', objective: '', assessment: '', plan: '', sensitivity: 'sensitive' })
    expect(await codeOf(world.as('administrator').encounters.openChart({ patientId: visit.patientId }))).toBe('NOT_ON_CARE_TEAM')
    await glass(world, 'administrator', visit.patientId)
    const seen = await world.as('administrator').encounters.encounter({ id: visit.encounterId })
    expect(seen.notes).toEqual([])
    expect((await refusalOf(world.as('administrator').encounters.addAllergy({ id: newId(world), patientId: visit.patientId, concept: { system: null, code: null, label: 'X' }, reaction: null, severity: 'mild' }))).code).toBe('FORBIDDEN')
  })

  it('access.listBreakGlass, access.reviewBreakGlass, access.countBreakGlass: somebody else judges within a week', async () => {
    const world = await makeWorld()
    const patientId = strange(world)
    const opened = await glass(world, 'doctor', patientId)
    const own = await glass(world, 'administrator', patientId)
    const admin = world.as('administrator')
    await world.as('doctor').encounters.openChart({ patientId })
    expect((await admin.audit.chartAccess({ patientId })).find((one) => one.roles === 'doctor')).toMatchObject({ brokeGlass: 2, looks: 1 })
    expect(await admin.access.listBreakGlass({})).toMatchObject([{ id: opened.id, patientName: 'Quist, Edda', by: { familyName: 'Haddad' }, dueOn: '2026-11-24', isOverdue: false, explanation: why }, { id: own.id }])
    expect(await codeOf(world.as('doctor').access.listBreakGlass({}))).toBe('FORBIDDEN')
    expect(await world.as('receptionist').access.countBreakGlass({})).toEqual({ waiting: 0, overdue: 0, isOfficer: false })
    world.clock.set('2026-11-25T15:00:00.000Z')
    const later = world.as('administrator')
    expect(await later.access.countBreakGlass({})).toEqual({ waiting: 2, overdue: 2, isOfficer: true })
    expect((await refusalOf(later.access.reviewBreakGlass({ id: own.id, outcome: 'justified' }))).code).toBe('OWN_BREAK_GLASS')
    expect((await refusalOf(later.access.reviewBreakGlass({ id: opened.id, outcome: 'not-justified' }))).code).toBe('REVIEW_NEEDS_NOTE')
    expect((await refusalOf(world.as('doctor').access.reviewBreakGlass({ id: own.id, outcome: 'justified' }))).code).toBe('FORBIDDEN')
    await later.access.reviewBreakGlass({ id: opened.id, outcome: 'justified', note: 'Saved a life' })
    expect((await refusalOf(later.access.reviewBreakGlass({ id: opened.id, outcome: 'justified' }))).code).toBe('REVIEWED_ALREADY')
    expect((await later.access.listBreakGlass({})).map((row) => [row.id, row.isOverdue, row.review?.outcome ?? null])).toEqual([[own.id, true, null], [opened.id, false, 'justified']])
  })

  it('access.listPeople: the flag beside the role decides who reviews', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const { doctor, administrator } = world.clinic.people
    expect((await refusalOf(admin.clinic.setPrivacyOfficer({ userId: administrator.userId, isPrivacyOfficer: false }))).code).toBe('OWN_ACCOUNT')
    await admin.clinic.setPrivacyOfficer({ userId: doctor.userId, isPrivacyOfficer: true })
    expect((await admin.access.listPeople({})).filter((one) => one.isPrivacyOfficer).map((one) => one.userId).toSorted()).toEqual([administrator.userId, doctor.userId].toSorted())
    expect(await codeOf(world.as('doctor').access.listBreakGlass({}))).toBe('ok')
    expect(await codeOf(world.as('nurse').access.listBreakGlass({}))).toBe('FORBIDDEN')
  })
})

describe('one’s own chart', () => {
  it('access.linkOwnChart: nobody writes in it, and no glass is broken over it', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const admin = world.as('administrator')
    const { doctor, nurse } = world.clinic.people
    await admin.access.linkOwnChart({ userId: doctor.userId, patientId })
    expect((await refusalOf(admin.access.linkOwnChart({ userId: nurse.userId, patientId }))).code).toBe('LINKED_ALREADY')
    expect(await admin.access.patientAccess({ patientId })).toMatchObject({ isStaff: { familyName: 'Haddad' } })
    const own = world.as('doctor')
    const allergy = { id: newId(world), patientId, concept: { system: null, code: null, label: 'Latex' }, reaction: null, severity: 'mild' as const }
    for (const call of [
      own.encounters.addAllergy(allergy), own.patients.update({ id: patientId, was: { city: null }, changes: { city: 'X' } }),
      withSecondPerson(world, own, 'access.restrictPatient', { id: newId(world), patientId, reason: 'Mine', allowedUserIds: [doctor.userId] }), glass(world, 'doctor', patientId),
    ]) expect((await refusalOf(call)).code).toBe('OWN_CHART')
    expect(await codeOf(world.as('nurse').encounters.addAllergy(allergy))).toBe('ok')
    await admin.access.linkOwnChart({ userId: doctor.userId, patientId: null })
    expect(await codeOf(world.as('doctor').patients.update({ id: patientId, was: { city: null }, changes: { city: 'X' } }))).toBe('ok')
  })
})
