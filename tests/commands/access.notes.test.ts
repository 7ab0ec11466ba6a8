import { describe, expect, it } from 'vitest'
import { can } from '#shared/access/permissions.ts'
import { allRoles, Role } from '#shared/access/roles.ts'
import { minimumFields, withMinimumFields } from '#shared/access/fields.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures } from '#shared/rpc/define.ts'
import { openWith, publicHalf, sealTo } from '#main/core/keys/user-keys.ts'
import { asPatient } from '#tests/support/patient-account.ts'
import { bill, pay, seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const SECRET = 'Heard voices since the summer'
const words = { subjective: SECRET, objective: '', assessment: '', plan: 'Weekly' }
const id = (world: World) => world.core.platform.newId()

/** A visit whose note the nurse has begun. */
async function noteBy(world: World, role: 'doctor' | 'nurse', sensitivity: 'sensitive' | 'psychotherapy') {
  const visit = await seePatient(world, { sign: false, charges: [] })
  const note = await world.as(role).encounters.saveDraft({ id: id(world), encounterId: visit.encounterId, revision: 0, ...words, sensitivity }).catch(async () =>
    world.as(role).encounters.saveDraft({ id: visit.noteId, encounterId: visit.encounterId, revision: 1, ...words, sensitivity }))
  return { ...visit, note }
}
const glass = (world: World, role: 'doctor' | 'nurse', patientId: string) =>
  world.as(role).access.breakGlass({ id: id(world), patient: { id: patientId }, reason: 'emergency', explanation: 'Cannot be asked herself' })
const everyByte = (world: World): string => JSON.stringify(world.core.vault.reader.$client.prepare('select subjective, objective, assessment, plan, hex(sealed_text) from clinical_notes').all())
  + JSON.stringify(world.core.vault.reader.$client.prepare('select text, hex(sealed_text) from note_addenda').all())
  + JSON.stringify(world.core.vault.reader.$client.prepare('select subjective, objective, assessment, plan, hex(sealed_text) from note_copies').all())

describe('a sensitive note', () => {
  it('is read by its author; the team knows that it is there and opens it by breaking the glass', async () => {
    const world = await makeWorld()
    const { patientId, encounterId, note } = await noteBy(world, 'nurse', 'sensitive')
    expect((await world.as('nurse').encounters.encounter({ id: encounterId })).notes.find((one) => one.id === note.id)).toMatchObject({ ...words, isHidden: false })
    const doctor = world.as('doctor')
    const shown = (await doctor.encounters.encounter({ id: encounterId })).notes.find((one) => one.id === note.id)
    expect(shown).toMatchObject({ subjective: '', plan: '', isHidden: true, sensitivity: 'sensitive', author: { familyName: 'Okafor' } })
    const row = (await doctor.encounters.listNotes({ patientId })).find((one) => one.id === note.id)
    expect(row).toMatchObject({ excerpt: '', isHidden: true, author: { familyName: 'Okafor' } })
    expect(JSON.stringify([await doctor.encounters.openChart({ patientId }), await doctor.encounters.myDrafts({})])).not.toContain(SECRET)
    expect((await refusalOf(doctor.encounters.sign({ noteId: note.id, revision: note.revision }))).code).toBe('NOT_THE_AUTHOR')
    await glass(world, 'doctor', patientId)
    expect((await world.as('doctor').encounters.encounter({ id: encounterId })).notes.find((one) => one.id === note.id)).toMatchObject({ ...words, isHidden: false })
    world.clock.advanceMinutes(61)
    expect((await world.as('doctor').encounters.encounter({ id: encounterId })).notes.find((one) => one.id === note.id)).toMatchObject({ subjective: '', isHidden: true })
  })
})

describe('a psychotherapy note', () => {
  it('is read by its author alone and is for everybody else not there, whatever glass is broken', async () => {
    const world = await makeWorld()
    const { patientId, encounterId, note } = await noteBy(world, 'doctor', 'psychotherapy')
    const mine = (await world.as('doctor').encounters.encounter({ id: encounterId })).notes
    expect(mine).toMatchObject([{ id: note.id, ...words, isHidden: false, sensitivity: 'psychotherapy' }])
    await glass(world, 'nurse', patientId)
    const nurse = world.as('nurse')
    expect((await nurse.encounters.encounter({ id: encounterId })).notes).toEqual([])
    expect(await nurse.encounters.listNotes({ patientId })).toEqual([])
    expect(JSON.stringify(await nurse.encounters.openChart({ patientId }))).not.toContain(note.id)
    expect((await refusalOf(nurse.encounters.addAddendum({ id: id(world), noteId: note.id, text: 'Hello' }))).code).toBe('NOTE_NOT_FOUND')
    expect((await refusalOf(nurse.encounters.saveDraft({ id: note.id, encounterId, revision: 1, ...words }))).code).toBe('NOTE_NOT_FOUND')
  })

  it('R05: is never kept in clear: the draft, a copy, the signed note and its addendum', async () => {
    const world = await makeWorld()
    const { encounterId, note } = await noteBy(world, 'doctor', 'psychotherapy')
    const doctor = world.as('doctor')
    const copy = await doctor.encounters.keepCopy({ id: id(world), noteId: note.id, ...words, plan: 'From the office' })
    expect((await doctor.encounters.encounter({ id: encounterId })).notes[0]?.copies).toMatchObject([{ id: copy.id, plan: 'From the office', subjective: SECRET }])
    await doctor.encounters.settleCopy({ id: copy.id })
    const signed = await doctor.encounters.sign({ noteId: note.id, revision: note.revision })
    expect(signed).toMatchObject(words)
    await doctor.encounters.addAddendum({ id: id(world), noteId: note.id, text: 'She called from the bridge' })
    const [read] = (await doctor.encounters.encounter({ id: encounterId })).notes
    expect(read).toMatchObject({ ...words, status: 'signed', addenda: [{ text: 'She called from the bridge' }] })
    const kept = everyByte(world)
    for (const clear of [SECRET, 'Weekly', 'From the office', 'bridge']) {
      expect(kept).not.toContain(clear)
      expect(kept).not.toContain(Buffer.from(clear).toString('hex').toUpperCase())
    }
  })

  it('becomes one while it is written, and its words leave the clear columns with that save', async () => {
    const world = await makeWorld()
    const { encounterId, noteId } = await seePatient(world, { sign: false, charges: [] })
    const doctor = world.as('doctor')
    await doctor.encounters.saveDraft({ id: noteId, encounterId, revision: 1, ...words })
    expect(everyByte(world)).toContain(SECRET)
    await doctor.encounters.saveDraft({ id: noteId, encounterId, revision: 2, ...words, sensitivity: 'psychotherapy' })
    expect(everyByte(world)).not.toContain(SECRET)
    await doctor.encounters.saveDraft({ id: noteId, encounterId, revision: 3, ...words, plan: 'Twice a week', sensitivity: 'psychotherapy' })
    expect((await doctor.encounters.encounter({ id: encounterId })).notes).toMatchObject([{ ...words, plan: 'Twice a week', revision: 4 }])
  })

  it('is sealed so that another key opens nothing and a changed byte is noticed', () => {
    const [mine, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    const sealed = sealTo(publicHalf(mine), Buffer.from(SECRET))
    expect(Buffer.from(openWith(mine, sealed) ?? []).toString()).toBe(SECRET)
    expect(openWith(other, sealed)).toBeUndefined()
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Uint8Array.from(sealed)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect([at, openWith(mine, altered)]).toEqual([at, undefined])
    }
    expect(openWith(mine, new Uint8Array(3))).toBeUndefined()
    expect(sealTo(publicHalf(mine), Buffer.from(SECRET))).not.toEqual(sealed)
  })
})

describe('minimum fields', () => {
  const filled = (value: unknown, at = ''): string[] =>
    value === null || (Array.isArray(value) && value.length === 0) ? []
      : Array.isArray(value) ? [...new Set(value.flatMap((item) => filled(item, at)))]
        : typeof value === 'object' ? Object.entries(value).flatMap(([key, field]) => filled(field, at === '' ? key : `${at}.${key}`)) : [at]

  it('are all that leaves the core for the roles of an M cell', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core, { email: 'm@example.org', city: 'Springfield', preferredName: 'Mari', language: 'es', phone: '+14135550199', middleName: 'Elena' })
    const desk = world.as('receptionist')
    await desk.patients.addContact({ id: id(world), patientId, name: 'Ana', relationship: 'parent', phone: null, isEmergency: true, isGuardian: true })
    await world.as('doctor').encounters.addProblem({ id: id(world), patientId, concept: { system: null, code: null, label: 'Gout' }, onsetOn: '2020-01-01' })
    await world.as('doctor').encounters.addAllergy({ id: id(world), patientId, concept: { system: null, code: null, label: 'Latex' }, reaction: 'Rash', severity: 'mild' })
    for (const [procedure, byRole] of Object.entries(minimumFields)) {
      for (const [role, allowed] of Object.entries(byRole)) {
        const who = world.as(role as Role) // The table's own keys.
        const answer = procedure === 'patients.get' ? await who.patients.get({ id: patientId }) : procedure === 'encounters.listProblems' ? await who.encounters.listProblems({ patientId }) : await who.encounters.listAllergies({ patientId })
        const extra = filled(answer).filter((path) => !allowed.some((one) => path === one || path.startsWith(`${one}.`)))
        expect([procedure, role, extra]).toEqual([procedure, role, []])
        expect(filled(answer).length).toBeGreaterThan(2)
      }
    }
    expect((await world.as('pharmacist').encounters.listProblems({ patientId }))[0]).toMatchObject({ concept: { label: 'Gout' }, onsetOn: null })
    expect((await refusalOf(world.as('pharmacist').encounters.openChart({ patientId }))).code).toBe('FORBIDDEN')
  })

  it('of several roles are what any of them sees, and a role that may not ask adds nothing', () => {
    const file = { patient: { id: 'p', email: 'm@example.org', language: 'es' }, contacts: [{ id: 'c' }], coverages: [], photoTakenAt: 'x' }
    const seen = (...roles: Role[]) => withMinimumFields('patients.get', 'patient.read', roles, file)
    expect(seen(Role.administrator, Role.billing)).toEqual({ patient: { id: 'p', email: 'm@example.org', language: null }, contacts: [{ id: 'c' }], coverages: [], photoTakenAt: null })
    expect(seen(Role.administrator, Role.receptionist)).toEqual(file)
    expect(withMinimumFields('encounters.listProblems', 'chart.minimum', [Role.pharmacist, Role.receptionist], [{ id: 'a', onsetOn: 'x' }])).toEqual([{ id: 'a', onsetOn: null }])
    expect(allRoles.every((role) => withMinimumFields('patients.list', 'patient.read', [role], file) === file)).toBe(true)
  })
})

describe('a patient', () => {
  it('R40: of two patients, each with every procedure and the other’s ids, none reads a row of the other', async () => {
    const world = await makeWorld()
    const [mine, other] = ['Aarons', 'Zuckerman'].map((familyName) => world.clinic.addPatient(world.core, { familyName, givenName: `Of${familyName}`, phone: '+14135550123' }))
    if (!mine || !other) throw new Error('two were made')
    const visits = [await seePatient(world, { patientId: mine }), await seePatient(world, { patientId: other, startsAt: '2026-11-17T14:15:00.000Z' })]
    const invoices = [await bill(world, visits[0]!), await bill(world, visits[1]!)]
    const payments = [await pay(world, mine, invoices[0]!.id, 1_000), await pay(world, other, invoices[1]!.id, 1_000)]
    const me = asPatient(world, mine)
    const theirs = { ...visits[1]!, invoiceId: invoices[1]!.id, paymentId: payments[1]!.id }
    const marks = new RegExp([other, 'Zuckerman', ...Object.values(theirs), invoices[1]!.number].join('|'))
    const inputs: unknown[] = [
      {}, { patientId: other }, { id: other }, { id: theirs.encounterId }, { id: theirs.noteId }, { id: theirs.invoiceId }, { id: theirs.appointmentId }, { encounterId: theirs.encounterId }, { paymentId: theirs.paymentId },
      { date: '2026-11-17' }, { text: 'Zuckerman' }, { text: '413 555 0123', limit: 20 }, { ids: [other] }, { from: '2026-11-01', to: '2026-11-30' }, { after: null }, { patientId: other, category: 'vital-signs' }, { filter: 'all' }, { filter: 'owing' },
      { patientId: other, before: null, limit: 50 }, { id: theirs.appointmentId, version: 1 }, { noteId: theirs.noteId, revision: 1 },
    ]
    const caller = me as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>> // Every procedure by its name.
    let answered = 0
    for (const { path, procedure } of listProcedures(contract)) {
      const [domain, name] = path.split('.') as [string, string]
      if (procedure.kind === 'stream' || procedure.can === 'public') continue
      const isOpen = procedure.can === 'signed-in' || can({ roles: [Role.patient] }, procedure.can)
      // What the role may not ask is refused before its input is looked at: once is enough.
      for (const input of isOpen ? inputs : [inputs[1]]) {
        const answer = await caller[domain]![name]!(input).catch(() => undefined)
        if (answer === undefined) continue
        answered += 1
        // An id that comes back because it was asked with tells nothing; one's own activity tells all that one has asked with.
        const asked = path === 'audit.mine' ? inputs : [input]
        const text = asked.flatMap((one) => Object.values(one as object)).flat().reduce<string>((all, id) => all.replaceAll(`"${String(id)}"`, '""'), JSON.stringify(answer))
        expect([path, input, marks.exec(text)?.[0] ?? null]).toEqual([path, input, null])
      }
    }
    expect(answered).toBeGreaterThan(8)
    expect((await me.patients.list({})).rows.map((row) => row.familyName)).toEqual(['Aarons'])
    expect((await me.encounters.openChart({ patientId: mine })).notes).toMatchObject([{ id: visits[0]!.noteId }])
    expect((await me.billing.invoice({ id: invoices[0]!.id })).invoice.number).toBe(invoices[0]!.number)
    expect((await me.scheduling.listDay({ date: '2026-11-17' })).appointments.map((one) => one.patientId)).toEqual([mine])
    expect((await refusalOf(me.patients.update({ id: mine, was: { city: null }, changes: { city: 'X' } }))).code).toBe('FORBIDDEN')
  })

  it('sees signed notes and no draft, no sensitive note and no finding of a visit that is still open', async () => {
    const world = await makeWorld()
    const visit = await seePatient(world, { sign: false, charges: [] })
    await world.as('nurse').encounters.recordVitals({ encounterId: visit.encounterId, values: [{ kind: 'pulse', value: 80 }] })
    await world.as('nurse').encounters.saveDraft({ id: id(world), encounterId: visit.encounterId, revision: 0, ...words, sensitivity: 'sensitive' })
    const me = asPatient(world, visit.patientId)
    expect(await me.encounters.listNotes({ patientId: visit.patientId })).toEqual([])
    expect(await me.encounters.listObservations({ patientId: visit.patientId, category: 'vital-signs' })).toEqual([])
    await world.as('doctor').encounters.sign({ noteId: visit.noteId, revision: 1 })
    expect((await me.encounters.listNotes({ patientId: visit.patientId })).map((note) => note.id)).toEqual([visit.noteId])
    expect(await me.encounters.listObservations({ patientId: visit.patientId, category: 'vital-signs' })).toHaveLength(1)
  })
})
