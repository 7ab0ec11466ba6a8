import { describe, expect, it } from 'vitest'
import type { ClinicalNote } from '#shared/domains/encounters/model.ts'
import type { MemberWorld } from '#tests/support/network.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines } from '#tests/support/two-machines.ts'
import { refusalOf, type World } from '#tests/support/world.ts'

// One doctor's note of one visit, written on two machines that do not know of each other (docs/sync.conflicts.md).
const TEN = '2026-11-17T15:00:00.000Z'
const chart = (machine: MemberWorld | World) => machine.as('doctor').encounters

async function withVisit() {
  const [made, encounter] = [{ appointmentId: '' }, { id: '' }]
  const machines = await twoMachines(async (host) => {
    const patientId = host.clinic.addPatient(host.core)
    const { id } = await host.as('receptionist').scheduling.book({
      id: host.core.platform.newId(), patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: null, hasArrived: true,
    })
    made.appointmentId = id
    encounter.id = (await chart(host).open({ appointmentId: id })).id
    await chart(host).addDiagnosis({ id: host.core.platform.newId(), encounterId: encounter.id, concept: { system: 'icd10cm', code: 'J06.9', label: 'Cold' } })
  })
  return { ...machines, ...made, encounterId: encounter.id }
}

type Draft = Pick<ClinicalNote, 'id' | 'revision' | 'textHash'>
const begin = (machine: MemberWorld | World, { id, encounterId }: { id: string; encounterId: string }, subjective: string) =>
  chart(machine).saveDraft({ id, encounterId, revision: 0, subjective, objective: '', assessment: '', plan: '' })
const goOn = (machine: MemberWorld | World, note: Draft & { encounterId: string }, subjective: string) =>
  chart(machine).saveDraft({ id: note.id, encounterId: note.encounterId, revision: note.revision, parent: note.textHash, subjective, objective: '', assessment: '', plan: '' })
const signed = ({ id, revision, textHash }: Draft) => ({ noteId: id, revision, textHash })
const textsAt = (machine: MemberWorld | World) => rowsAt(machine.core, 'select subjective, status from clinical_notes order by id')
const copiesAt = (machine: MemberWorld | World) => rowsAt(machine.core, 'select subjective from note_copies where settled_at is null order by id')

describe('a draft written on two machines', () => {
  it('keeps the second text beside the first, as one copy however often it was saved, and is signed once they are put together', async () => {
    const { one, two, host, encounterId, newId } = await withVisit()
    await begin(one, { id: newId(), encounterId }, 'From the first machine')
    const other = await begin(two, { id: newId(), encounterId }, 'From')
    await goOn(two, await goOn(two, other, 'From the'), 'From the second machine')
    await settle(one, two, one)
    for (const machine of [one, two, host]) {
      expect(textsAt(machine)).toEqual([{ subjective: 'From the first machine', status: 'draft' }])
      expect(copiesAt(machine)).toEqual([{ subjective: 'From the second machine' }])
    }
    const visit = await chart(host).encounter({ id: encounterId })
    const [note] = visit.notes
    if (!note) throw new Error('the visit has a note')
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', code: 'NOTE_TWO_VERSIONS', data: { noteId: note.id, encounterId } }])
    expect(codesAt(one.core)).toEqual([])
    expect(await refusalOf(chart(one).sign(signed(note)))).toEqual({ code: 'CANNOT_SIGN', data: { problems: ['copy-open'] } })
    await chart(one).settleCopy({ id: note.copies[0]?.id ?? '' })
    expect((await chart(one).sign(signed(note))).status).toBe('signed')
  })

  it('tells versions apart by their words, not by counts that both machines count alike', async () => {
    const { one, two, host, encounterId, newId } = await withVisit()
    const note = await begin(host, { id: newId(), encounterId }, 'Start')
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await goOn(one, note, 'Start, first')
    // The second save of this machine names the revision that stands at the host by then.
    await goOn(two, await goOn(two, note, 'Start, sec'), 'Start, second')
    await settle(one, two)
    expect([textsAt(host), copiesAt(host)]).toEqual([[{ subjective: 'Start, first', status: 'draft' }], [{ subjective: 'Start, second' }]])
  })

  it('takes a machine that is behind for what it is while the host is in reach: refused at the form, as with two windows', async () => {
    const { one, host, encounterId, newId } = await withVisit()
    await settle(one)
    const note = await begin(host, { id: newId(), encounterId }, 'Start')
    await settle(one)
    await goOn(host, note, 'Start, at the host')
    await settle(one)
    expect((await refusalOf(goOn(one, note, 'Start, here'))).code).toBe('STALE')
    expect(copiesAt(host)).toEqual([])
  })
})

describe('a signature', () => {
  it('that arrives late is for the words it was given for', async () => {
    const { one, two, host, encounterId, newId } = await withVisit()
    const note = await begin(one, { id: newId(), encounterId }, 'Signed off line')
    await chart(one).sign(signed(note))
    await settle(one, two)
    for (const machine of [one, two, host]) expect(textsAt(machine)).toEqual([{ subjective: 'Signed off line', status: 'signed' }])
    expect(codesAt(one.core)).toEqual([])
  })

  it('is refused when other words stand at the host, and both texts are there', async () => {
    const { one, two, host, encounterId, newId } = await withVisit()
    const note = await begin(host, { id: newId(), encounterId }, 'Start')
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await goOn(one, note, 'Start, first')
    const mine = await goOn(two, note, 'Start, second')
    await chart(two).sign(signed(mine))
    await settle(one, two)
    expect([textsAt(host), copiesAt(host)]).toEqual([[{ subjective: 'Start, first', status: 'draft' }], [{ subjective: 'Start, second' }]])
    expect(codesAt(two.core)).toEqual([['merged', 'NOTE_TWO_VERSIONS'], ['refused', 'STALE']])
  })

  it('leaves what another machine wrote meanwhile as something to add', async () => {
    const { one, two, host, encounterId, newId } = await withVisit()
    const note = await begin(host, { id: newId(), encounterId }, 'Start')
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await chart(one).sign(signed(note))
    await goOn(two, await goOn(two, note, 'Start and'), 'Start and more')
    await settle(one, two)
    expect(textsAt(two)).toEqual([{ subjective: 'Start', status: 'signed' }])
    expect(attentionAt(two.core)).toMatchObject([{ kind: 'merged', code: 'NOTE_SIGNED_MEANWHILE', data: { noteId: note.id } }])
    const late = (await chart(host).encounter({ id: encounterId })).notes[0]?.copies
    expect(late).toMatchObject([{ subjective: 'Start and more' }])
    await chart(two).addAddendum({ id: newId(), noteId: note.id, text: 'More' })
    await chart(two).settleCopy({ id: late?.[0]?.id ?? '' })
    expect(copiesAt(host)).toEqual([])
  })
})

describe('one visit', () => {
  it('is opened on two machines, and what is measured on either stands in it', async () => {
    let appointmentId = ''
    const { one, two, host } = await twoMachines(async (world) => {
      const booked = await world.as('receptionist').scheduling.book({
        id: world.core.platform.newId(), patientId: world.clinic.addPatient(world.core), providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: TEN, durationMin: 15, reason: null, hasArrived: true,
      })
      appointmentId = booked.id
    })
    for (const [machine, value] of [[one, 120], [two, 130]] as const) {
      const { id } = await machine.as('nurse').encounters.open({ appointmentId })
      await machine.as('nurse').encounters.recordVitals({ encounterId: id, values: [{ kind: 'systolic', value }] })
    }
    await settle(one, two, one)
    for (const machine of [one, two, host]) {
      expect(rowsAt(machine.core, 'select count(*) as n from encounters')).toEqual([{ n: 1 }])
      expect(rowsAt(machine.core, 'select value from observations order by value')).toEqual([{ value: 120 }, { value: 130 }])
    }
    expect([...codesAt(one.core), ...codesAt(two.core)]).toEqual([])
  })
})

describe('a psychotherapy note', () => {
  it('is written and signed at the host only: its words never travel in the clear', async () => {
    const { one, host, encounterId, newId } = await withVisit()
    const note = await chart(host).saveDraft({ id: newId(), encounterId, revision: 0, subjective: 'Between us', objective: '', assessment: '', plan: '', sensitivity: 'psychotherapy' })
    await settle(one)
    const mine = { id: newId(), encounterId, revision: 0, subjective: 'Canary', objective: '', assessment: '', plan: '', sensitivity: 'psychotherapy' as const }
    expect((await refusalOf(chart(one).sign(signed(note)))).code).toBe('AT_HOST')
    expect((await refusalOf(chart(one).keepCopy({ id: newId(), noteId: note.id, subjective: 'Canary', objective: '', assessment: '', plan: '' }))).code).toBe('AT_HOST')
    expect((await refusalOf(chart(one).saveDraft({ ...mine, id: note.id, revision: note.revision }))).code).toBe('AT_HOST')
    expect((await chart(one).encounter({ id: encounterId })).notes).toMatchObject([{ subjective: 'Between us' }])
    expect(rowsAt(one.core, 'select * from sync_outbox')).toEqual([])
    expect(rowsAt(host.core, `select * from sync_applied where input like '%Canary%'`)).toEqual([])
  })
})
