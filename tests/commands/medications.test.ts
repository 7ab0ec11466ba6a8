import { describe, expect, it } from 'vitest'
import type { PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { formulary, newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { drugText } from '#shared/domains/medications/rules.sentence.ts'
import * as drafts from '#main/domains/medications/repository.drafts.ts'
import * as requests from '#main/domains/medications/repository.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const usual = (words: string): PrescriptionOrder => {
  const found = formulary.find(({ drug }) => drugText(drug) === words)
  if (!found) throw new Error(`the formulary has no ${words}`)
  return newOrder(found.drug, found.usual)
}
const amoxicillin = usual('amoxicillin 500 mg cap')
const lisinopril = { ...usual('lisinopril 20 mg tab'), refills: 3 }
const concept = (label: string) => ({ system: null, code: null, label })

async function prescribing() {
  const world = await makeWorld()
  const id = world.core.platform.newId
  const patientId = world.clinic.addPatient(world.core)
  const doctor = world.as('doctor')
  const sign = async (order: PrescriptionOrder, more: object = {}) => (await doctor.medications.sign({ patientId, prescriptions: [{ id: id(), order, ...more }] }))[0]
  return { world, id, patientId, doctor, nurse: world.as('nurse'), sign }
}

const current = async (world: World, patientId: string) => (await world.as('doctor').encounters.openChart({ patientId })).medications.map(({ concept: { label }, sig, endedOn }) => [label, sig, endedOn])
const rowsOf = (world: World, sql: string): unknown[] => world.core.vault.reader.$client.prepare(sql).all()

describe('medications.sign', () => {
  it('keeps the sentence that is printed, joins the current medications for as long as it lasts, and is one when it is sent twice', async () => {
    const { world, id, patientId, doctor } = await prescribing()
    const input = { patientId, prescriptions: [{ id: id(), order: amoxicillin }, { id: id(), order: lisinopril }] }
    const signed = await doctor.medications.sign(input)
    expect(signed.map(({ sentence }) => sentence)).toEqual(['amoxicillin 500 mg cap, 1 by mouth three times daily for 7 days, #21, 0 refills', 'lisinopril 20 mg tab, 1 by mouth daily for 90 days, #90, 3 refills'])
    expect(await doctor.medications.sign(input)).toEqual(signed)
    expect(await current(world, patientId)).toEqual(expect.arrayContaining([['amoxicillin 500 mg cap', '1 by mouth three times daily for 7 days', '2026-11-24'], ['lisinopril 20 mg tab', '1 by mouth daily', null]]))
    expect((await doctor.medications.list({ patientId })).map(({ order, prescriber }) => [order, prescriber.familyName])).toEqual(expect.arrayContaining([[amoxicillin, 'Haddad'], [lisinopril, 'Haddad']]))
    expect(() => world.core.vault.writer.$client.exec("update medication_requests set sentence = 'x'")).toThrow('PRESCRIPTION_IS_SIGNED')
    expect(() => world.core.vault.writer.$client.exec('delete from medication_requests')).toThrow('PRESCRIPTION_IS_SIGNED')
  })

  it('refuses what cannot be printed or refilled, at its field, and signs none of them', async () => {
    const { world, id, patientId, doctor } = await prescribing()
    const oxycodone = { ...usual('oxyCODONE 5 mg tab'), refills: 1 }
    const bad = id()
    const refused = await refusalOf(doctor.medications.sign({ patientId, prescriptions: [{ id: id(), order: amoxicillin }, { id: bad, order: oxycodone }] }))
    expect(refused).toEqual({ code: 'ORDER_NOT_VALID', data: { id: bad, problems: [{ field: 'refills', problem: 'no-refills-allowed' }] } })
    expect(rowsOf(world, 'select id from medication_requests union all select id from medication_statements')).toEqual([])
  })

  it('asks for a reason against a severe warning, keeps it, and lists it in medications.overrides', async () => {
    const { id, patientId, doctor, sign } = await prescribing()
    const allergyId = id()
    await doctor.encounters.addAllergy({ id: allergyId, patientId, concept: concept('Penicillin'), reaction: 'anaphylaxis', severity: 'severe' })
    const refused = await refusalOf(sign(amoxicillin))
    expect(refused).toMatchObject({ code: 'NEEDS_OVERRIDE', data: { alerts: [{ kind: 'allergy', severity: 'severe', subjectId: allergyId, drugClass: 'penicillins' }] } })
    expect(JSON.stringify(refused)).not.toContain('Penicillin"')
    const elsewhere = await refusalOf(sign(amoxicillin, { overrides: [{ kind: 'duplicate', subjectId: allergyId, reason: 'tolerated-before' }] }))
    expect(elsewhere.code).toBe('NEEDS_OVERRIDE')
    const signed = await sign(amoxicillin, { overrides: [{ kind: 'allergy', subjectId: allergyId, reason: 'tolerated-before' }] })
    expect(signed?.alerts).toMatchObject([{ subjectLabel: 'Penicillin', overrideReason: 'tolerated-before' }])
    expect(await doctor.medications.overrides({})).toMatchObject([{ requestId: signed?.id, patient: { id: patientId }, alert: { overrideReason: 'tolerated-before' }, isCancelled: false }])
  })

  it('warns of what is taken already, and renewing it is no double', async () => {
    const { world, id, patientId, doctor, sign } = await prescribing()
    const first = await sign(lisinopril)
    expect((await refusalOf(sign(lisinopril))).code).toBe('NEEDS_OVERRIDE')
    const second = await sign(lisinopril, { renewsId: first?.id })
    expect(second?.statementId).toBe(first?.statementId)
    expect((await refusalOf(sign(lisinopril, { renewsId: first?.id }))).code).toBe('ALREADY_RENEWED')
    const third = await sign({ ...lisinopril, frequency: 'twice-daily', quantity: 180 }, { renewsId: second?.id })
    expect(await current(world, patientId)).toEqual([['lisinopril 20 mg tab', '1 by mouth twice daily', null]])
    expect((await doctor.medications.renewable({ patientId })).map((one) => one.id)).toEqual([third?.id])
    expect((await refusalOf(sign(lisinopril, { renewsId: id() }))).code).toBe('NOT_FOUND')
  })

  it('is a provider’s: a nurse prepares it, a doctor signs what was prepared, once', async () => {
    const { id, patientId, doctor, nurse, sign } = await prescribing()
    expect((await refusalOf(nurse.medications.sign({ patientId, prescriptions: [{ id: id(), order: amoxicillin }] }))).code).toBe('FORBIDDEN')
    const draftId = id()
    await nurse.medications.prepare({ id: draftId, patientId, order: amoxicillin })
    expect(await doctor.medications.drafts({ patientId })).toMatchObject([{ id: draftId, order: amoxicillin, preparedBy: { familyName: 'Okafor' } }])
    await sign(amoxicillin, { draftId })
    expect(await doctor.medications.drafts({ patientId })).toEqual([])
    expect((await refusalOf(sign(usual('loratadine 10 mg tab'), { draftId }))).code).toBe('DRAFT_SETTLED')
    const second = id()
    await nurse.medications.prepare({ id: second, patientId, order: lisinopril })
    expect([await nurse.medications.dropDraft({ id: second }), await nurse.medications.dropDraft({ id: second })]).toEqual([null, null])
    expect(await doctor.medications.drafts({ patientId })).toEqual([])
  })

  it('takes a visit of the same patient only', async () => {
    const { world, id, patientId, doctor } = await prescribing()
    const { id: appointmentId } = await world.as('receptionist').scheduling.book({ id: id(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-17T15:30:00.000Z', durationMin: 15, reason: null, hasArrived: true })
    const { id: encounterId } = await doctor.encounters.open({ appointmentId })
    expect((await refusalOf(doctor.medications.sign({ patientId, encounterId, prescriptions: [{ id: id(), order: amoxicillin }] }))).code).toBe('VISIT_OF_OTHER_PATIENT')
  })
})

describe('medications.cancel', () => {
  it('is a row beside it, once, and takes an error off the current medications', async () => {
    const { world, patientId, doctor, sign } = await prescribing()
    const wrong = await sign(amoxicillin)
    const first = await doctor.medications.cancel({ id: wrong?.id ?? '', reason: 'wrong-drug' })
    expect(await doctor.medications.cancel({ id: wrong?.id ?? '', reason: 'side-effect' })).toEqual(first)
    expect(await current(world, patientId)).toEqual([])
    expect((await doctor.medications.list({ patientId })).map(({ cancellation }) => cancellation?.reason)).toEqual(['wrong-drug'])
    expect((await refusalOf(doctor.medications.recordPrint({ id: world.core.platform.newId(), requestId: wrong?.id ?? '', medium: 'paper' }))).code).toBe('PRESCRIPTION_CANCELLED')
  })

  it('stops the medication today, and leaves it alone while another prescription stands behind it or only the paper was lost', async () => {
    const { world, patientId, doctor, sign } = await prescribing()
    const first = await sign(lisinopril)
    const second = await sign(lisinopril, { renewsId: first?.id })
    await doctor.medications.cancel({ id: second?.id ?? '', reason: 'side-effect' })
    expect(await current(world, patientId)).toHaveLength(1)
    expect((await doctor.medications.renewable({ patientId })).map((one) => one.id)).toEqual([first?.id])
    await doctor.medications.cancel({ id: first?.id ?? '', reason: 'not-needed' })
    expect(await current(world, patientId)).toEqual([])
    expect(rowsOf(world, 'select ended_on from medication_statements')).toEqual([{ ended_on: '2026-11-17' }])
  })
})

describe('paper', () => {
  it('medications.pages has whom, by whom and how often it was printed; medications.recordPrint counts each once', async () => {
    const { world, id, patientId, doctor, nurse, sign } = await prescribing()
    const [one, two] = [await sign(amoxicillin), await sign(lisinopril)]
    expect((await nurse.medications.pages({ patientId })).map(({ prescription }) => prescription.id).toSorted()).toEqual([one?.id, two?.id].toSorted())
    const print = { id: id(), requestId: one?.id ?? '', medium: 'paper' as const }
    expect([await doctor.medications.recordPrint(print), await doctor.medications.recordPrint(print)]).toEqual([{ prints: 1 }, { prints: 1 }])
    expect((await doctor.medications.pages({ patientId })).map(({ prescription }) => prescription.id)).toEqual([two?.id])
    const [page] = await doctor.medications.pages({ patientId, ids: [one?.id ?? ''] })
    expect(page).toMatchObject({ patient: { familyName: 'Lopez' }, prescription: { prints: 1, prescriber: { familyName: 'Haddad' } } })
    expect(rowsOf(world, "select document, document_id from disclosures")).toEqual([{ document: 'prescription', document_id: one?.id }])
  })
})

describe('favourites', () => {
  it('medications.saveFavourite keeps one provider’s own, without what it was for; medications.removeFavourite takes it away', async () => {
    const { id, doctor, nurse } = await prescribing()
    const favourite = { id: id(), order: { ...amoxicillin, indication: { code: 'J18.9', label: 'Pneumonia' } } }
    await doctor.medications.saveFavourite(favourite)
    expect(await doctor.medications.favourites({})).toEqual([{ id: favourite.id, order: amoxicillin }])
    expect(await nurse.medications.favourites({})).toEqual([])
    await doctor.medications.removeFavourite({ id: favourite.id })
    expect(await doctor.medications.favourites({})).toEqual([])
    expect((await refusalOf(doctor.medications.removeFavourite({ id: id() }))).code).toBe('NOT_FOUND')
  })
})

it('every list walks its index', async () => {
  const { core } = await makeWorld()
  const db = core.vault.reader
  const [made, own] = [requests.queries(db), drafts.queries(db)]
  expect(planOf(db, made.page)).toContain('SEARCH medication_requests USING INDEX medication_requests_by_patient')
  for (const query of [made.page, made.renewable, made.unprinted, made.byId, made.alerts, made.overrides, own.open, own.byId, own.favourites]) expect(planOf(db, query)).not.toMatch(/SCAN (medication_requests|prescription_(?!alerts)\w+|patients|staff_members|user_accounts)|TEMP B-TREE FOR ORDER BY/)
  expect(planOf(db, made.overrides)).toContain('prescription_alerts_severe')
  expect(planOf(db, own.favourites)).toContain('prescription_favourites_by_user')
  expect(planOf(db, own.open)).toContain('prescription_drafts_open')
})
