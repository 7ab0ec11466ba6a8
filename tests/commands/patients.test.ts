import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { patientChanges, patients } from '#drizzle/schema/patients.ts'
import type { Role } from '#shared/access/roles.ts'
import { limits } from '#shared/kernel/limits.ts'
import { candidateQueries, hitsOf, listPage } from '#main/domains/patients/repository.finding.ts'
import { planOf } from '#tests/support/plan.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

type RegisterInput = Parameters<ReturnType<World['as']>['patients']['register']>[0]

function johnDoe(world: World, more: Partial<RegisterInput> = {}): RegisterInput {
  return { id: world.core.platform.newId(), familyName: 'Doe', givenName: 'John', birthDate: '1980-01-05', sex: 'male', ...more }
}
const countOf = (world: World): number => world.core.vault.reader.select().from(patients).all().length

describe('patients.register', () => {
  it('needs four facts, gives the next number and reads the phone', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = await desk.patients.register(johnDoe(world, { phone: '(413) 555-0100', city: ' ' }))
    const second = await desk.patients.register(johnDoe(world, { familyName: 'Okafor', givenName: 'Tolu', birthDate: '1991-07-07' }))
    expect(first).toMatchObject({ phone: '+14135550100', city: null, version: 1 })
    expect(second.mrn).toBe(first.mrn + 1)
    const events = world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, 'patient.registered')).all()
    expect(events.map((event) => [event.outcome, event.patientId])).toEqual([['done', first.id], ['done', second.id]])
  })

  it('refuses the same person without a reason and writes nothing', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = await desk.patients.register(johnDoe(world))
    expect(await refusalOf(desk.patients.register(johnDoe(world)))).toEqual({ code: 'LIKELY_DUPLICATE', data: { candidateIds: [first.id] } })
    expect(await refusalOf(desk.patients.register(johnDoe(world, { familyName: 'DÓE', givenName: 'Jon', birthDate: '1980-05-01' })))).toMatchObject({ code: 'LIKELY_DUPLICATE' })
    expect(countOf(world)).toBe(1)
    expect((await desk.patients.register(johnDoe(world, { familyName: 'Okafor' }))).mrn).toBe(first.mrn + 1)
  })

  it('takes a coded reason, keeps it with both, and does not ask about the pair again', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = await desk.patients.register(johnDoe(world))
    const second = await desk.patients.register(johnDoe(world, { duplicateReason: 'other-person' }))
    for (const [one, other] of [[first, second], [second, first]] as const) {
      expect(await desk.patients.history({ id: one.id })).toMatchObject([{ field: 'notDuplicateOf', fromValue: 'other-person', toValue: other.id, changedBy: 'Rosa Delgado' }])
    }
    expect(await desk.patients.update({ id: second.id, was: { givenName: second.givenName }, changes: { givenName: 'Jonathan' } })).toMatchObject({ version: 2 })
  })

  it('lets one of twenty at the same moment through', async () => {
    const world = await makeWorld()
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => world.as('receptionist').patients.register(johnDoe(world))))
    expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(countOf(world)).toBe(1)
  })

  it('registers one person when the same form is sent twice', async () => {
    const world = await makeWorld()
    const input = johnDoe(world)
    const first = await world.as('receptionist').patients.register(input)
    expect(await world.as('receptionist').patients.register(input)).toEqual(first)
    expect(countOf(world)).toBe(1)
  })

  it('takes a contact and an insurance along', async () => {
    const world = await makeWorld()
    const id = world.core.platform.newId
    const desk = world.as('receptionist')
    const { id: patientId } = await desk.patients.register(johnDoe(world, {
      contact: { id: id(), name: 'Jane Doe', relationship: 'spouse', phone: '413 555 0101', isEmergency: true, isGuardian: false },
      coverage: { id: id(), payerName: 'Northwall HMO', planName: null, memberNumber: 'NW 1', groupNumber: '', relationship: 'self', subscriberName: null, validFrom: null, validTo: null },
    }))
    expect(await desk.patients.get({ id: patientId })).toMatchObject({
      contacts: [{ name: 'Jane Doe', phone: '+14135550101' }], coverages: [{ payerName: 'Northwall HMO', groupNumber: null, rank: 1 }], photoTakenAt: null,
    })
  })

  it.each([['2026-11-18', 'BIRTH_DATE_NOT_POSSIBLE'], ['1780-01-01', 'BIRTH_DATE_NOT_POSSIBLE']])('refuses a birth on %s', async (birthDate, code) => {
    const world = await makeWorld()
    expect(await refusalOf(world.as('nurse').patients.register(johnDoe(world, { birthDate })))).toMatchObject({ code })
  })
})

describe('patients.update', () => {
  it('keeps what it replaced, with who and when, and finds people by former names', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const { id } = await desk.patients.register(johnDoe(world))
    world.clock.advanceMinutes(5)
    await desk.patients.update({ id, was: { familyName: 'Doe', phone: null }, changes: { familyName: 'Whitfield', phone: '4135550100', givenName: 'John' } })
    expect((await desk.patients.history({ id })).map((one) => [one.field, one.fromValue, one.toValue, one.version])).toEqual(
      expect.arrayContaining([['familyName', 'Doe', 'Whitfield', 2], ['phone', null, '+14135550100', 2]]))
    expect((await desk.patients.search({ text: 'whitf' })).map((row) => row.id)).toEqual([id])
    expect((await desk.patients.search({ text: 'doe john' })).map((row) => row.id)).toEqual([id])
    expect(() => world.core.vault.writer.update(patientChanges).set({ toValue: 'x' }).run()).toThrow('HISTORY_IS_APPEND_ONLY')
  })

  it('writes nothing when nothing changed, merges a form that is behind field by field, and says what it left or replaced', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const { id } = await desk.patients.register(johnDoe(world))
    expect(await desk.patients.update({ id, was: {}, changes: { familyName: 'Doe', city: '' } })).toMatchObject({ version: 1 })
    await desk.patients.update({ id, was: { city: null }, changes: { city: 'Springfield' } })
    expect(await desk.patients.update({ id, was: { city: null }, changes: { city: 'Boston' } })).toMatchObject({ city: 'Boston', replaced: ['city'], notSaved: [] })
    expect((await desk.patients.history({ id })).map((one) => [one.fromValue, one.toValue])).toContainEqual(['Springfield', 'Boston'])
    await desk.patients.update({ id, was: { birthDate: '1980-01-05' }, changes: { birthDate: '1980-01-06' } })
    expect(await desk.patients.update({ id, was: { birthDate: '1980-01-05', email: null }, changes: { birthDate: '1980-05-01', email: 'j@example.org' } }))
      .toMatchObject({ birthDate: '1980-01-06', email: 'j@example.org', notSaved: ['birthDate'], replaced: [] })
    expect(await refusalOf(desk.patients.update({ id, was: { birthDate: '1980-01-05' }, changes: { birthDate: '1980-05-01' } }))).toEqual({ code: 'CHANGED_MEANWHILE', data: { notSaved: ['birthDate'], replaced: [] } })
  })

  it('does not make a second John Doe out of somebody else', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const first = await desk.patients.register(johnDoe(world))
    const { id } = await desk.patients.register(johnDoe(world, { givenName: 'Peter', birthDate: '1944-02-02' }))
    const [was, changes] = [{ givenName: 'Peter', birthDate: '1944-02-02' }, { givenName: 'John', birthDate: '1980-01-05' }]
    expect(await refusalOf(desk.patients.update({ id, was, changes }))).toEqual({ code: 'LIKELY_DUPLICATE', data: { candidateIds: [first.id] } })
    expect(await desk.patients.update({ id, was, changes, duplicateReason: 'twin-or-relative' })).toMatchObject({ givenName: 'John' })
  })

  it('takes a date of death between birth and today, from two people', async () => {
    const world = await makeWorld()
    const desk = world.as('doctor')
    const { id } = await desk.patients.register(johnDoe(world))
    expect(await refusalOf(desk.patients.update({ id, was: { deceasedOn: null }, changes: { deceasedOn: '2026-11-01' } }))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    expect(await refusalOf(withSecondPerson(world, desk, 'patients.update', { id, was: { deceasedOn: null }, changes: { deceasedOn: '1979-01-01' } }))).toMatchObject({ code: 'DECEASED_DATE_NOT_POSSIBLE' })
    await withSecondPerson(world, desk, 'patients.update', { id, was: { deceasedOn: null }, changes: { deceasedOn: '2026-11-01' } })
    expect(await desk.patients.search({ text: 'doe' })).toMatchObject([{ deceasedOn: '2026-11-01' }])
  })
})

describe('patients.findDuplicates', () => {
  it('names the reasons while the form is half full, and asks for the last visit and the insurance', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const id = world.clinic.addPatient(world.core, { givenName: 'Maria Elena', phone: '+15550142216' })
    await desk.patients.addCoverage({ id: world.core.platform.newId(), patientId: id, payerName: 'Northwall HMO', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null })
    const visit = await desk.scheduling.book({ id: world.core.platform.newId(), patientId: id, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T14:00:00.000Z', durationMin: 15, reason: null })
    await desk.scheduling.arrive({ id: visit.id, version: 1 })
    const asked = { familyName: 'Lopes', givenName: 'Maria', birthDate: '1958-03-12', sex: 'female' as const, phone: '(555) 014-22', insurance: 'Northwall HMO' }
    expect(await desk.patients.findDuplicates(asked)).toMatchObject([{
      patient: { id }, likelihood: 'likely', insurance: 'Northwall HMO', lastSeenOn: '2026-11-17',
      comparisons: [{ field: 'name', because: 'sounds-alike' }, { field: 'birth-date', verdict: 'equal' }, { field: 'sex' }, { field: 'phone', because: 'begins' }, { field: 'insurance', verdict: 'equal' }],
    }])
    expect(await desk.patients.findDuplicates({ ...asked, exceptId: id })).toEqual([])
    expect(await desk.patients.findDuplicates({ ...asked, familyName: 'L', givenName: '', birthDate: null, phone: null })).toEqual([])
  })

  it('finds the birth date among more namesakes than it looks at', async () => {
    const world = await makeWorld()
    for (let day = 0; day < 90; day += 1) world.clinic.addPatient(world.core, { familyName: 'Garcia', givenName: 'Ana', birthDate: `19${10 + day}-02-03` })
    const wanted = world.clinic.addPatient(world.core, { familyName: 'Garcia', givenName: 'Ana', birthDate: '1999-12-31' })
    const found = await world.as('nurse').patients.findDuplicates({ familyName: 'Garsia', givenName: 'Ana', birthDate: '1999-12-30', sex: null, phone: null })
    expect(found[0]).toMatchObject({ patient: { id: wanted }, likelihood: 'possible', comparisons: [{}, { field: 'birth-date', because: 'one-digit' }] })
  })
})

describe('finding', () => {
  async function clinicWithPeople() {
    const world = await makeWorld()
    const add = (familyName: string, givenName: string, birthDate: string, phone: string | null = null) =>
      world.clinic.addPatient(world.core, { familyName, givenName, birthDate, phone })
    return {
      world, maria: add('López', 'Maria Elena', '1958-03-12', '+15550142216'), ramon: add('Lopez', 'Ramón', '1990-09-05', '+14135551234'),
      april: add('Ng', 'April', '1961-06-01'), cruz: add('De la Cruz', 'José', '1961-04-20'), brien: add("O'Brien", 'Siobhán', '2001-01-31'), lukasz: add('Łukasiewicz', 'Jan', '1970-12-01'),
    }
  }

  // One clinic for the whole table: making it costs more than all the questions.
  const questions = [
    ['maria lop', ['maria']], ['LOP mar', ['maria']], ['lopez 1990', ['ramon']], ['1990 lop', ['ramon']], ['555 1234', ['ramon']], ['(413) 555-1234', ['ramon']], ['1234', ['ramon']],
    ['12 mar 1958', ['maria']], ['3/12/58', ['maria']], ['1958-03', ['maria']], ['lopez 58', ['maria']], ['april 1961', ['april', 'cruz']], ['delacruz', ['cruz']], ['cruz jose', ['cruz']],
    ['obrien', ['brien']], ["o'brien s", ['brien']], ['lukasiewicz', ['lukasz']], ['lopez', ['maria', 'ramon']], ['zzz', []], ['5552216', []], ['014-2216', ['maria']],
  ] as const
  it('finds by name, birth date, phone and number, in any order', async () => {
    const { world, ...people } = await clinicWithPeople()
    const desk = world.as('receptionist')
    for (const [text, names] of questions) {
      const found = await desk.patients.search({ text })
      expect(found.map((row) => row.id).toSorted(), text).toEqual(names.map((name) => people[name]).toSorted())
    }
  })

  it('puts the very number first, in any spelling of it', async () => {
    const { world, cruz } = await clinicWithPeople()
    const desk = world.as('receptionist')
    for (const text of ['100004', '100 004', 'MRN 100 004']) expect((await desk.patients.search({ text }))[0]).toMatchObject({ id: cruz, matchedBy: ['mrn'] })
  })

  const oddities = ['"', "'; drop table patients; --", 'a OR b*', 'NEAR("x")', '\0', 'a\0b', '🙂 lopez', '{names} : x', '^lop', '*', '((((', '\ud800', 'ﷺ', '%_', 'x'.repeat(4000), '1 '.repeat(200)]
  it('takes whatever is typed for a question', async () => {
    const { world } = await clinicWithPeople()
    const billing = world.as('billing')
    for (const text of oddities) {
      expect(Array.isArray(await billing.patients.search({ text })), text).toBe(true)
      expect(Array.isArray(await billing.patients.closest({ text })), text).toBe(true)
    }
    expect((await billing.patients.search({ text: '🙂 lopez\0' })).length).toBe(2)
  })

  it('offers who was probably meant', async () => {
    const { world, ramon } = await clinicWithPeople()
    expect(await world.as('receptionist').patients.search({ text: 'lopezz 1990' })).toEqual([])
    expect((await world.as('receptionist').patients.closest({ text: 'lopezz 1990' }))[0]).toMatchObject({ id: ramon })
  })

  it('lists all in order, page by page', async () => {
    const { world } = await clinicWithPeople()
    const desk = world.as('pharmacist')
    const first = await desk.patients.list({ limit: 4 })
    const rest = await desk.patients.list({ limit: 4, after: first.next })
    expect([...first.rows, ...rest.rows].map((row) => row.familyName)).toEqual(['De la Cruz', 'López', 'Lopez', 'Łukasiewicz', 'Ng', "O'Brien"])
    expect(rest.next).toBeNull()
    expect((await desk.patients.list({ after: { sortName: 'n', id: '' } })).rows.map((row) => row.familyName)).toEqual(['Ng', "O'Brien"])
  })

  it('reads through indexes alone and sorts nothing', async () => {
    const { core } = await makeWorld()
    const db = core.vault.reader
    expect(planOf(db, listPage(db))).toMatch(/^SEARCH patients USING INDEX patients_by_name \(\(sort_name,id\)>\(\?,\?\)\)\n/)
    expect(planOf(db, listPage(db))).not.toMatch(/TEMP B-TREE|SCAN /)
    expect(planOf(db, hitsOf(db))).toMatch(/SEARCH patients USING INDEX sqlite_autoindex_patients_1[^]*SEARCH f USING INDEX patients_by_mrn/)
    expect(planOf(db, hitsOf(db))).not.toMatch(/TEMP B-TREE|SCAN (patients|f)\b/)
    const plans = Object.fromEntries(Object.entries(candidateQueries).map(([name, query]) => [name, planOf(db, query(db)).split('\n')[0]]))
    expect(plans).toMatchObject({
      bySound: expect.stringContaining('patients_by_sound (family_sound=? AND given_sound>? AND given_sound<?)'),
      bySoundAndBirth: expect.stringContaining('patients_by_sound (family_sound=? AND given_sound=? AND birth_date=?)'),
      byBirth: expect.stringContaining('patients_by_birth_date (birth_date=?)'),
      byPhone: expect.stringContaining('patients_by_phone (phone_digits>? AND phone_digits<?)'),
      byFamilySound: expect.stringContaining('patients_by_sound (family_sound=?)'),
    })
  })
})

describe('contacts, insurance and photo', () => {
  const cover = (world: World, patientId: string, payerName: string, rank: number) =>
    ({ id: world.core.platform.newId(), patientId, payerName, planName: null, memberNumber: null, groupNumber: null, relationship: 'self' as const, subscriberName: null, rank, validFrom: null, validTo: null })

  it('keeps contacts through changes and removal, with their history', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core)
    const contact = { id: world.core.platform.newId(), name: 'Ana Lopez', relationship: 'child', phone: '4135550100', isEmergency: true, isGuardian: false }
    await desk.patients.addContact({ ...contact, patientId })
    expect(await desk.patients.updateContact({ ...contact, phone: '4135550199' })).toMatchObject({ phone: '+14135550199', patientId })
    await desk.patients.removeContact({ id: contact.id })
    expect((await desk.patients.get({ id: patientId })).contacts).toEqual([])
    expect((await desk.patients.history({ id: patientId })).map((one) => one.field).toSorted()).toEqual(['contact', 'contact', 'contact.phone'])
    expect(await refusalOf(desk.patients.removeContact({ id: contact.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps the insurances in order', async () => {
    const world = await makeWorld()
    const billing = world.as('billing')
    const patientId = world.clinic.addPatient(world.core)
    const [first, second] = [cover(world, patientId, 'Northwall HMO', 1), cover(world, patientId, 'Meridian', 1)]
    await billing.patients.addCoverage(first)
    await billing.patients.addCoverage(second)
    const payers = async () => (await billing.patients.get({ id: patientId })).coverages.map((one) => one.payerName)
    expect(await payers()).toEqual(['Meridian', 'Northwall HMO'])
    const { patientId: _of, ...change } = { ...first, rank: 1, memberNumber: 'NW 77' }
    await billing.patients.updateCoverage(change)
    expect(await payers()).toEqual(['Northwall HMO', 'Meridian'])
    await billing.patients.endCoverage({ id: first.id })
    expect((await billing.patients.get({ id: patientId })).coverages).toMatchObject([{ payerName: 'Meridian', rank: 1 }])
  })

  it('takes pictures and nothing else', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const patientId = world.clinic.addPatient(world.core)
    const send = (bytes: Buffer) => desk.patients.setPhoto({ patientId, data: bytes.toString('base64') })
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500)])
    await send(jpeg)
    expect(await desk.patients.photo({ patientId })).toMatchObject({ mime: 'image/jpeg', data: jpeg.toString('base64') })
    expect((await desk.patients.get({ id: patientId })).photoTakenAt).not.toBeNull()
    expect(await refusalOf(send(Buffer.from('<svg onload="x">')))).toMatchObject({ code: 'PHOTO_NOT_READABLE' })
    expect(await refusalOf(send(Buffer.concat([jpeg, Buffer.alloc(limits.photo_bytes)])))).toEqual({ code: 'PHOTO_TOO_LARGE', data: { bytesMax: limits.photo_bytes } })
    await desk.patients.removePhoto({ patientId })
    expect(await desk.patients.photo({ patientId })).toBeNull()
  })
})

describe('unfinished forms', () => {
  it('come back to whoever typed them, until the patient is registered', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const form = { id: world.core.platform.newId(), fields: { familyName: 'Doe', birthText: '5 jan' } }
    await desk.patients.keepForm(form)
    await desk.patients.keepForm({ ...form, fields: { ...form.fields, birthText: '5 jan 80' } })
    await desk.patients.keepForm({ id: world.core.platform.newId(), fields: { familyName: 'Okafor' } })
    expect((await world.as('receptionist').patients.unfinishedForms({})).map((one) => one.fields).toSorted((a, b) => (a.familyName! < b.familyName! ? -1 : 1)))
      .toEqual([{ familyName: 'Doe', birthText: '5 jan 80' }, { familyName: 'Okafor' }])
    await world.as('nurse').patients.keepForm({ ...form, fields: { familyName: 'Mine' } })
    await world.as('nurse').patients.dropForm({ id: form.id })
    expect(await world.as('nurse').patients.unfinishedForms({})).toEqual([])
    await desk.patients.register(johnDoe(world, { id: form.id }))
    const [left] = await desk.patients.unfinishedForms({})
    expect(left).toMatchObject({ fields: { familyName: 'Okafor' } })
    await desk.patients.dropForm({ id: left!.id })
    expect(await desk.patients.unfinishedForms({})).toEqual([])
  })
})

describe('who may', () => {
  const roles: Role[] = ['administrator', 'doctor', 'nurse', 'receptionist', 'billing', 'pharmacist']
  const may = async (ask: (role: Role) => Promise<unknown>): Promise<Role[]> => {
    const outcomes = await Promise.all(roles.map(async (role) => ask(role).then(() => role, (error: { code: string }) => (error.code === 'FORBIDDEN' ? null : role))))
    return outcomes.filter((role) => role !== null)
  }

  it('everybody finds patients, desk and care write, administrator and pharmacist see the identity alone', async () => {
    const world = await makeWorld()
    const id = world.clinic.addPatient(world.core, { email: 'm@example.org', city: 'Springfield' })
    expect(await may((role) => world.as(role).patients.search({ text: 'lopez' }))).toEqual(roles)
    expect(await may((role) => world.as(role).patients.list({}))).toEqual(roles)
    expect(await may((role) => world.as(role).patients.register(johnDoe(world)))).toEqual(['doctor', 'nurse', 'receptionist'])
    expect(await may((role) => world.as(role).patients.update({ id, was: {}, changes: {} }))).toEqual(['doctor', 'nurse', 'receptionist'])
    expect(await may((role) => world.as(role).patients.findDuplicates({ familyName: 'x', givenName: '', birthDate: null, sex: null, phone: null }))).toEqual(['doctor', 'nurse', 'receptionist'])
    expect(await may((role) => world.as(role).patients.history({ id }))).toEqual(['doctor', 'nurse', 'receptionist'])
    expect(await may((role) => world.as(role).patients.photo({ patientId: id }))).toEqual(['doctor', 'nurse', 'receptionist'])
    const cities = await Promise.all(roles.map(async (role) => (await world.as(role).patients.get({ id })).patient.city))
    expect(cities).toEqual([null, 'Springfield', 'Springfield', 'Springfield', 'Springfield', null])
  })

  it('shows insurance and last visit at a glance to those who need them', async () => {
    const world = await makeWorld()
    const id = world.clinic.addPatient(world.core)
    await world.as('billing').patients.addCoverage({ id: world.core.platform.newId(), patientId: id, payerName: 'Northwall HMO', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null })
    const desk = world.as('receptionist')
    await desk.scheduling.book({ id: world.core.platform.newId(), patientId: id, providerId: world.clinic.providers[0], roomId: world.clinic.rooms[0], typeId: null, startsAt: '2026-11-17T20:30:00.000Z', durationMin: 15, reason: null })
    expect(await desk.patients.glance({ ids: [id] })).toEqual({ on: '2026-11-17', patients: [{ id, insurance: 'Northwall HMO', lastSeenOn: null, today: { minute: 930, roomName: 'Room 1' } }] })
    expect(await world.as('pharmacist').patients.glance({ ids: [id] })).toEqual({ on: '2026-11-17', patients: [{ id, insurance: null, lastSeenOn: null, today: null }] })
  })

  it('logs that a file was opened, once for a look', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist')
    const id = world.clinic.addPatient(world.core)
    await desk.patients.get({ id })
    await desk.patients.get({ id })
    const seen = world.core.vault.reader.select().from(auditEvents).where(and(eq(auditEvents.action, 'patient.opened'), eq(auditEvents.patientId, id))).all()
    expect(seen).toMatchObject([{ outcome: 'seen' }])
    expect(await refusalOf(desk.patients.get({ id: world.core.platform.newId() }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('asking the insurer', () => {
  it('says since when an insurance holds and who asked, until another number stands there; patients.verifyCoverage', async () => {
    const world = await makeWorld()
    const desk = world.as('receptionist').patients
    const [patientId, id] = [world.clinic.addPatient(world.core), world.core.platform.newId()]
    const fields = { payerName: 'Northwall HMO', planName: null, memberNumber: 'NW 1', groupNumber: null, relationship: 'self' as const, subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: 2_500 }
    await desk.addCoverage({ id, patientId, ...fields })
    expect(await desk.verifyCoverage({ id })).toMatchObject({ copayCents: 2_500, verifiedOn: '2026-11-17', verifiedBy: 'Rosa Delgado' })
    expect(await desk.updateCoverage({ id, ...fields, copayCents: 3_000 })).toMatchObject({ verifiedOn: '2026-11-17' })
    expect((await desk.get({ id: patientId })).coverages).toMatchObject([{ copayCents: 3_000, verifiedBy: 'Rosa Delgado' }])
    expect(await desk.updateCoverage({ id, ...fields, memberNumber: 'NW 2' })).toMatchObject({ verifiedOn: null, verifiedBy: null })
    expect((await desk.get({ id: patientId })).coverages).toMatchObject([{ memberNumber: 'NW 2', verifiedOn: null }])
  })
})
