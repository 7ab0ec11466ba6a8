import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DocumentKind } from '#shared/domains/patients/model.documents.ts'
import { limits } from '#shared/kernel/limits.ts'
import { documentsSql } from '#main/domains/patients/repository.documents.ts'
import { settle, twoMachines } from '#tests/support/two-machines.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

/** A PDF of so many bytes, cut as the page cuts it. */
function paper(newId: () => string, patientId: string, byteSize: number, kind: DocumentKind = 'identity') {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(byteSize - 9, 'x')])
  const parts = Array.from({ length: Math.ceil(byteSize / limits.document_part_bytes) }, (_, at) => bytes.subarray(at * limits.document_part_bytes, (at + 1) * limits.document_part_bytes).toString('base64'))
  return { input: { id: newId(), patientId, kind, title: 'Passport', byteSize, sha256: createHash('sha256').update(bytes).digest('hex'), data: parts[0] ?? '' }, rest: parts.slice(1), bytes }
}

async function file(world: Pick<World, 'as'>, { input, rest }: ReturnType<typeof paper>, role: 'receptionist' | 'doctor' = 'receptionist') {
  let made = await world.as(role).patients.addDocument(input)
  for (const [at, data] of rest.entries()) made = await world.as(role).patients.addDocumentPart({ id: input.id, part: at + 1, data })
  return made
}

describe('papers', () => {
  it('come in parts, are whole only with the last one, and come back to the bit', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const desk = world.as('receptionist').patients
    const one = paper(world.core.platform.newId, patientId, 900_000)
    expect(await desk.addDocument(one.input)).toMatchObject({ isWhole: false, parts: 3, mime: 'application/pdf' })
    expect(await file(world, one)).toMatchObject({ isWhole: true, addedBy: 'Rosa Delgado' })
    const parts = await Promise.all([0, 1, 2].map((part) => desk.documentPart({ id: one.input.id, part })))
    expect(Buffer.concat(parts.map(({ data }) => Buffer.from(data, 'base64'))).equals(one.bytes)).toBe(true)
    expect((await desk.documents({ patientId })).map(({ title }) => title)).toEqual(['Passport'])
  })

  it('leave by patients.recordDocumentPrint and patients.saveDocument, to the bit, under a name that says nothing, and are disclosures', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const { newId } = world.core.platform
    const desk = world.as('receptionist').patients
    const one = paper(newId, patientId, 900_000)
    await desk.addDocument(one.input)
    expect((await refusalOf(desk.saveDocument({ id: newId(), documentId: one.input.id, folder: world.folder }))).code).toBe('DOCUMENT_DAMAGED')
    await file(world, one)
    const target = fs.mkdtempSync(path.join(world.folder, 'out-'))
    const saved = await desk.saveDocument({ id: newId(), documentId: one.input.id, folder: target })
    expect([saved.name, fs.readdirSync(target)]).toEqual(['cairn-document-20261117-150000.pdf', [saved.name]])
    expect(fs.readFileSync(path.join(target, saved.name)).equals(one.bytes)).toBe(true)
    expect((await desk.saveDocument({ id: newId(), documentId: one.input.id, folder: target })).name).toBe('cairn-document-20261117-150000-2.pdf')
    await desk.recordDocumentPrint({ id: newId(), documentId: one.input.id })
    expect((await refusalOf(desk.saveDocument({ id: newId(), documentId: one.input.id, folder: 'not/absolute' }))).code).toBe('FOLDER_NOT_WRITABLE')
    const rows = world.core.vault.reader.$client.prepare('select kind, document, patient_id = ? as isOf from disclosures order by kind').all(patientId)
    expect(rows).toEqual([{ kind: 'export', document: 'document', isOf: 1 }, { kind: 'export', document: 'document', isOf: 1 }, { kind: 'print', document: 'document', isOf: 1 }])
  })

  it('are what their bytes say, no larger than said, and whole', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const desk = world.as('receptionist').patients
    const { input } = paper(world.core.platform.newId, patientId, 1_000)
    expect(await refusalOf(desk.addDocument({ ...input, data: Buffer.from('MZ program').toString('base64') }))).toMatchObject({ code: 'DOCUMENT_NOT_READABLE' })
    expect(await refusalOf(desk.addDocument({ ...input, byteSize: limits.document_bytes + 1 }))).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' })
    expect(await refusalOf(desk.addDocument({ ...input, sha256: '0'.repeat(64) }))).toMatchObject({ code: 'DOCUMENT_DAMAGED' })
    const [coverageId, other] = [world.core.platform.newId(), world.clinic.addPatient(world.core, { givenName: 'Ana' })]
    await desk.addCoverage({ id: coverageId, patientId: other, payerName: 'Northwall', planName: null, memberNumber: null, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null })
    expect(await refusalOf(desk.addDocument({ ...input, kind: 'card-front', coverageId }))).toMatchObject({ code: 'NOT_FOUND' })
    const two = paper(world.core.platform.newId, patientId, 500_000)
    await desk.addDocument(two.input)
    expect(await refusalOf(desk.addDocumentPart({ id: two.input.id, part: 1, data: 'AAAA' }))).toMatchObject({ code: 'DOCUMENT_DAMAGED' })
    expect(await desk.documents({ patientId })).toMatchObject([{ isWhole: false }])
  })

  it('of the chart are for those who may read it', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const letter = paper(world.core.platform.newId, patientId, 1_000, 'referral')
    expect(await refusalOf(world.as('receptionist').patients.addDocument(letter.input))).toMatchObject({ code: 'FORBIDDEN' })
    await file(world, letter, 'doctor')
    expect(await world.as('doctor').patients.documents({ patientId })).toHaveLength(1)
    expect(await world.as('receptionist').patients.documents({ patientId })).toEqual([])
    expect(await refusalOf(world.as('receptionist').patients.documentPart({ id: letter.input.id, part: 0 }))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('are renamed, and taken from view with a reason that is kept; patients.renameDocument, patients.markDocumentInError', async () => {
    const world = await makeWorld()
    const patientId = world.clinic.addPatient(world.core)
    const desk = world.as('receptionist').patients
    const one = paper(world.core.platform.newId, patientId, 1_000)
    await file(world, one)
    expect(await desk.renameDocument({ id: one.input.id, title: 'Passport, 2026' })).toMatchObject({ title: 'Passport, 2026' })
    await desk.markDocumentInError({ id: one.input.id, reason: 'Another patient’s' })
    expect(await desk.documents({ patientId })).toEqual([])
    expect(await refusalOf(desk.documentPart({ id: one.input.id, part: 0 }))).toMatchObject({ code: 'NOT_FOUND' })
    const { $client } = world.core.vault.writer
    expect($client.prepare('select in_error_reason from desk_documents').pluck().all()).toEqual(['Another patient’s'])
    for (const sql of ['delete from desk_documents', `update desk_documents set sha256 = 'x'`, 'delete from desk_document_parts']) expect(() => $client.exec(sql)).toThrow('DOCUMENTS_ARE_KEPT')
    for (const drawer of ['desk', 'chart'] as const) expect(($client.prepare(`explain query plan ${documentsSql(drawer)}`).all({ patientId }) as { detail: string }[]).map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE|SCAN d/)
  })

  it('of two machines reach each other, a page of the feed at a time, and a chart’s paper no front desk’s disk', { timeout: 30_000 }, async () => {
    let patientId = ''
    const { one, two, host, newId } = await twoMachines((world) => { patientId = world.clinic.addPatient(world.core) }, ['clinical', 'front-desk'])
    const [card, letter] = [paper(newId, patientId, 5_000_000, 'card-front'), paper(newId, patientId, 1_000, 'referral')]
    await file(one, card, 'doctor')
    await file(one, letter, 'doctor')
    await settle(one, two)
    for (const machine of [host, two]) expect(await machine.as('receptionist').patients.documents({ patientId })).toMatchObject([{ kind: 'card-front', isWhole: true }])
    expect(two.core.vault.reader.$client.prepare('select count(*) from chart_documents').pluck().get()).toBe(0)
    expect(two.core.vault.reader.$client.prepare('select count(*) from chart_document_parts').pluck().get()).toBe(0)
  })
})
