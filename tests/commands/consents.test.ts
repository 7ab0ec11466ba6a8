import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { limits } from '#shared/kernel/limits.ts'
import { reads } from '#main/domains/consents/repository.ts'
import { lastCheckQuery } from '#main/domains/patients/repository.ts'
import { inkLine, newestFields } from '#tests/support/consents.ts'
import { planOf } from '#tests/support/plan.ts'
import { settle, twoMachines } from '#tests/support/two-machines.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const id = (world: World): string => world.core.platform.newId()
const save = (world: World, more: object = {}) => world.as('administrator').consents.saveForm({ id: id(world), formId: id(world), basedOn: null, fields: newestFields, asksAgain: true, ...more })
const patient = { by: 'patient' } as const
const drawn = { how: 'drawn', strokes: inkLine } as const

async function signing() {
  const world = await makeWorld()
  const patientId = world.clinic.addPatient(world.core, { givenName: 'Maria', familyName: 'Lopez' })
  const form = await save(world)
  const input = (more: object = {}) => ({ id: id(world), patientId, formVersionId: form.id, signer: patient, signature: drawn, ...more })
  return { world, patientId, form, input, desk: world.as('receptionist').consents }
}

describe('consent forms', () => {
  it('are saved as versions that never change, and the newest is asked', async () => {
    const world = await makeWorld()
    const first = await save(world)
    expect(first).toMatchObject({ version: 1, validFromVersion: 1, savedBy: 'Olive Brandt' })
    const next = { id: id(world), formId: first.formId, basedOn: 1, fields: { ...newestFields, text: 'Fewer typing mistakes.' }, asksAgain: false }
    const second = await world.as('administrator').consents.saveForm(next)
    expect(second).toMatchObject({ version: 2, validFromVersion: 1 })
    expect(await world.as('administrator').consents.saveForm(next)).toEqual(second)
    expect(await refusalOf(world.as('administrator').consents.saveForm({ ...next, formId: id(world) }))).toMatchObject({ code: 'ID_USED' })
    expect(await refusalOf(world.as('administrator').consents.saveForm({ ...next, id: id(world) }))).toEqual({ code: 'FORM_CHANGED', data: { version: 2 } })
    const third = await save(world, { formId: first.formId, basedOn: 2 })
    expect(third).toMatchObject({ version: 3, validFromVersion: 3 })
    expect(await world.as('nurse').consents.listForms({})).toEqual([third])
  })

  it('keep visit types only where they are for some', async () => {
    const world = await makeWorld()
    const typeIds = [world.clinic.types.long]
    expect(await save(world, { fields: { ...newestFields, typeIds } })).toMatchObject({ typeIds: [] })
    expect(await save(world, { fields: { ...newestFields, scope: 'types', typeIds } })).toMatchObject({ typeIds })
  })

  it('begin with four texts that nobody has read yet, once', async () => {
    const world = await makeWorld()
    const forms = await world.as('administrator').consents.addStarterForms({})
    expect(forms.map((form) => [form.validity, form.scope, form.isReviewed])).toEqual([['yearly', 'all', false], ['once', 'all', false], ['yearly', 'all', false], ['yearly', 'telehealth', false]])
    expect(await refusalOf(world.as('administrator').consents.addStarterForms({}))).toMatchObject({ code: 'FORMS_EXIST' })
  })

  it('are no more than a clinic can look over', async () => {
    const world = await makeWorld()
    for (let made = 0; made < limits.consent_forms_max; made += 1) await save(world)
    expect(await refusalOf(save(world))).toMatchObject({ code: 'TOO_MANY_FORMS' })
  })
})

describe('signing', () => {
  it('keeps the exact text, who signed, who stood by, and a hash of it all', async () => {
    const { world, patientId, form, input, desk } = await signing()
    const one = input()
    const consent = await desk.sign(one)
    expect(consent).toMatchObject({ patientId, decision: 'signed', how: 'drawn', signerName: 'Maria Lopez', relation: null, witness: 'Rosa Delgado', decidedAt: world.core.platform.now(), formName: 'Consent to treatment', formVersion: 1 })
    expect(await desk.sign(one)).toEqual(consent)
    await world.as('administrator').consents.saveForm({ id: id(world), formId: form.formId, basedOn: 1, fields: { ...newestFields, text: 'Something else' }, asksAgain: true })
    const document = await desk.get({ id: consent.id })
    expect(document).toEqual({ consent, text: newestFields.text, signature: inkLine, isIntact: true })
    const { userId } = world.clinic.people.receptionist
    const whole = [consent.id, form.id, 1, form.name, form.text, 'signed', 'Maria Lopez', null, 'drawn', inkLine, null, null, null, consent.decidedAt, userId]
    expect(consent.hash).toBe(createHash('sha256').update(JSON.stringify(whole)).digest('hex'))
    expect(await desk.listForPatient({ patientId })).toEqual([consent])
  })

  it('says of a row that somebody altered that it is not what was signed', async () => {
    const { world, input, desk } = await signing()
    const consent = await desk.sign(input())
    const { $client } = world.core.vault.writer
    $client.exec('drop trigger patient_consents_no_update')
    $client.prepare('update patient_consents set signer_name = ? where id = ?').run('Somebody Else', consent.id)
    expect((await desk.get({ id: consent.id })).isIntact).toBe(false)
  })

  it('by keys takes the full name and no other', async () => {
    const { input, desk } = await signing()
    const typed = (name: string) => desk.sign(input({ signature: { how: 'typed', name } }))
    expect(await refusalOf(typed('Maria'))).toMatchObject({ code: 'SIGNATURE_NOT_THE_NAME' })
    expect(await typed('maria lopez ')).toMatchObject({ how: 'typed' })
  })

  it('by a representative is in their name, with what they are to the patient', async () => {
    const { input, desk } = await signing()
    const signer = { by: 'representative', name: 'Luis Lopez', relation: 'Father' }
    expect(await refusalOf(desk.sign(input({ signer, signature: { how: 'typed', name: 'Maria Lopez' } })))).toMatchObject({ code: 'SIGNATURE_NOT_THE_NAME' })
    expect(await desk.sign(input({ signer, signature: { how: 'typed', name: 'Luis Lopez' } }))).toMatchObject({ signerName: 'Luis Lopez', relation: 'Father' })
  })

  it('refuses a slip of the hand, what is no drawing, and forms and visits it does not know', async () => {
    const { world, input, desk } = await signing()
    expect(await refusalOf(desk.sign(input({ signature: { how: 'drawn', strokes: '5,5 1,1' } })))).toMatchObject({ code: 'SIGNATURE_TOO_SMALL' })
    expect(await refusalOf(desk.sign(input({ signature: { how: 'drawn', strokes: '<svg onload=x>' } })))).toMatchObject({ code: 'SIGNATURE_TOO_SMALL' })
    expect(await refusalOf(desk.sign(input({ formVersionId: id(world) })))).toMatchObject({ code: 'FORM_NOT_FOUND' })
    expect(await refusalOf(desk.sign(input({ patientId: id(world) })))).toMatchObject({ code: 'PATIENT_NOT_FOUND' })
    const another = world.clinic.addPatient(world.core, { familyName: 'Tamm' })
    const visit = await world.as('receptionist').scheduling.book({ id: id(world), patientId: another, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T15:00:00.000Z', durationMin: 15, reason: null })
    expect(await refusalOf(desk.sign(input({ appointmentId: visit.id })))).toMatchObject({ code: 'NOT_FOUND' })
    const used = input()
    await desk.sign(used)
    expect(await refusalOf(desk.sign({ ...used, patientId: another }))).toMatchObject({ code: 'ID_USED' })
  })

  it('shows somebody at the form the newer text first', async () => {
    const { world, form, input, desk } = await signing()
    await world.as('administrator').consents.saveForm({ id: id(world), formId: form.formId, basedOn: 1, fields: { ...newestFields, text: 'Something else' }, asksAgain: false })
    expect(await refusalOf(desk.sign(input()))).toEqual({ code: 'FORM_CHANGED', data: { version: 2 } })
    const { signature: _signature, ...about } = input()
    expect(await refusalOf(desk.refuse({ ...about, reason: 'no' }))).toMatchObject({ code: 'FORM_CHANGED' })
  })

  it('on paper may name a scan, which is this patient’s signed form and nothing else', async () => {
    const { world, patientId, input, desk } = await signing()
    const bytes = Buffer.from('%PDF-1.7 a page')
    const scan = (kind: 'consent' | 'identity', of = patientId) => world.as('receptionist').patients.addDocument({ id: id(world), patientId: of, kind, title: 'Scan', byteSize: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), data: bytes.toString('base64') })
    const paper = (documentId: string | null) => desk.sign(input({ signature: { how: 'paper', documentId } }))
    expect(await paper(null)).toMatchObject({ how: 'paper', documentId: null })
    const { id: documentId } = await scan('consent')
    expect(await paper(documentId)).toMatchObject({ documentId })
    expect(await refusalOf(paper((await scan('identity')).id))).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' })
    expect(await refusalOf(paper((await scan('consent', world.clinic.addPatient(world.core, { familyName: 'Tamm' }))).id))).toMatchObject({ code: 'DOCUMENT_NOT_FOUND' })
    expect((await desk.get({ id: (await paper(null)).id }))).toMatchObject({ signature: null, isIntact: true })
  })

  it('that is refused is on record with the reason', async () => {
    const { patientId, form, world, desk } = await signing()
    const input = { id: id(world), patientId, formVersionId: form.id, signer: patient, reason: 'Wants to read it at home' }
    const refused = await world.as('nurse').consents.refuse(input)
    expect(refused).toMatchObject({ decision: 'refused', how: null, reason: 'Wants to read it at home' })
    expect(await desk.refuse(input)).toEqual(refused)
    expect(await refusalOf(desk.withdraw({ id: id(world), consentId: refused.id, reason: 'no' }))).toMatchObject({ code: 'NOT_SIGNED' })
  })

  it('is taken back by a row of its own, once', async () => {
    const { world, patientId, input, desk } = await signing()
    const consent = await desk.sign(input())
    world.clock.set('2026-11-18T15:00:00.000Z')
    const back = { id: id(world), consentId: consent.id, reason: 'Changed her mind' }
    const withdrawn = await world.as('nurse').consents.withdraw(back)
    expect(withdrawn).toMatchObject({ decision: 'withdrawn', withdrawsId: consent.id, reason: 'Changed her mind' })
    expect(await desk.withdraw(back)).toEqual(withdrawn)
    expect(await refusalOf(desk.withdraw({ ...back, id: id(world) }))).toMatchObject({ code: 'NOT_SIGNED' })
    expect(await world.as('billing').consents.listForPatient({ patientId })).toEqual([withdrawn, consent])
  })

  it('is read by its indexes', async () => {
    const { reader } = (await makeWorld()).core.vault
    const { forms, ofPatient, newestOf } = reads(reader)
    expect(planOf(reader, ofPatient)).toMatch(/SEARCH patient_consents USING INDEX patient_consents_by_patient/)
    expect(planOf(reader, ofPatient)).not.toMatch(/TEMP B-TREE/)
    expect(planOf(reader, newestOf)).toMatch(/SEARCH consent_forms USING INDEX consent_forms_by_form/)
    expect(planOf(reader, forms)).toMatch(/later USING COVERING INDEX consent_forms_by_form/)
    expect(planOf(reader, lastCheckQuery(reader).prepare())).toMatch(/SEARCH identity_checks USING INDEX identity_checks_by_patient/)
  })
})

describe('two machines', () => {
  it('keep what was signed under the older text while the host had a newer one', async () => {
    let prepared = { patientId: '', formVersionId: '', formId: '' }
    const { host, one } = await twoMachines(async (at) => {
      const form = await save(at)
      prepared = { patientId: at.clinic.addPatient(at.core, { givenName: 'Maria', familyName: 'Lopez' }), formVersionId: form.id, formId: form.formId }
    })
    const { formId, ...about } = prepared
    await host.as('administrator').consents.saveForm({ id: id(host), formId, basedOn: 1, fields: { ...newestFields, text: 'Newer' }, asksAgain: false })
    const away = await one.as('receptionist').consents.sign({ id: id(host), ...about, signer: patient, signature: drawn })
    await settle(one)
    expect(await host.as('receptionist').consents.get({ id: away.id })).toMatchObject({ text: newestFields.text, isIntact: true })
    expect(await one.as('receptionist').consents.get({ id: away.id })).toMatchObject({ isIntact: true })
  })
})

describe('identity', () => {
  it('is confirmed by a row each time, and the last one says who and when', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const desk = world.as('receptionist').patients
    expect(await world.as('billing').patients.identityCheck({ patientId })).toBeNull()
    const first = { id: id(world), patientId }
    const check = await desk.confirmIdentity(first)
    expect(check).toEqual({ at: world.core.platform.now(), by: 'Rosa Delgado' })
    world.clock.set('2026-12-01T15:00:00.000Z')
    expect(await desk.confirmIdentity(first)).toEqual(check)
    expect(await refusalOf(desk.confirmIdentity({ ...first, patientId: world.clinic.addPatient(world.core, { familyName: 'Tamm' }) }))).toMatchObject({ code: 'ID_USED' })
    await world.as('nurse').patients.confirmIdentity({ id: id(world), patientId })
    expect(await desk.identityCheck({ patientId })).toMatchObject({ at: '2026-12-01T15:00:00.000Z' })
    expect(world.core.vault.reader.$client.prepare('select count(*) from identity_checks').pluck().get()).toBe(2)
  })
})
