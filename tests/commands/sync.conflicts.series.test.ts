import { describe, expect, it } from 'vitest'
import { SeriesPattern } from '#shared/domains/scheduling/model.series.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { attentionAt, codesAt, rowsAt, settle, twoMachines, type TwoMachines } from '#tests/support/two-machines.ts'

// Several visits planned off line, and somebody else's word about one of them meanwhile (docs/sync.conflicts.md).
const TEN = '2026-11-17T15:00:00.000Z'
const desk = (machine: TwoMachines['one'] | TwoMachines['host']) => machine.as('receptionist').scheduling
const standing = (machine: TwoMachines['one'] | TwoMachines['host']) =>
  rowsAt(machine.core, `select starts_at as startsAt, series_place as place from appointments where series_id is not null and status = 'booked' order by starts_at`)

async function start() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  const { host, one, two, newId } = machines
  await settle(one, two)
  const providerId = host.clinic.providers[0]
  const starts = [0, 1, 2].map((week) => addMinutes(TEN, week * 7 * 1440))
  const series = () => ({
    id: newId(), patientId, typeId: null, durationMin: 30, reason: null, pattern: SeriesPattern.parse({ unit: 'week', every: 1, count: 3 }), visits: starts.map((startsAt) => ({ id: newId(), providerId, startsAt })),
  })
  const single = (startsAt: string) => ({ id: newId(), patientId, providerId, roomId: null, typeId: null, startsAt, durationMin: 30, reason: null })
  return { ...machines, starts, series, single, patientId, providerId }
}

describe('a series that was booked off line', () => {
  it('keeps what is still free and names the date that is not', async () => {
    const { host, one, two, starts, series, single } = await start()
    one.unplug()
    await desk(one).bookSeries(series())
    expect(standing(one)).toHaveLength(3)
    await desk(two).book(single(starts[1]!))
    await settle(two, one)
    expect(standing(host)).toEqual([{ startsAt: starts[0], place: 1 }, { startsAt: starts[2], place: 3 }])
    expect(standing(one)).toEqual(standing(host))
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'merged', name: 'scheduling.bookSeries', code: 'SERIES_PARTLY_BOOKED', data: { dates: ['2026-11-24'], occurrences: [{ place: 1, problem: { kind: 'taken' } }] } }])
  })

  it('is refused where nothing of it is left, and a family where one of them is', async () => {
    const { host, one, two, newId, starts, series, single, patientId, providerId } = await start()
    one.unplug()
    await desk(one).bookSeries(series())
    const other = [9, 10].map((hour) => ({ id: newId(), patientId, providerId, typeId: null, startsAt: `2026-11-18T${hour + 5}:00:00.000Z`, durationMin: 30, reason: null }))
    await desk(one).bookTogether({ visits: other })
    for (const startsAt of [...starts, other[1]!.startsAt]) await desk(two).book(single(startsAt))
    await settle(two, one)
    expect([standing(host), standing(one)]).toEqual([[], []])
    expect(codesAt(one.core)).toEqual([['refused', 'TIMES_REFUSED'], ['refused', 'TIMES_REFUSED']])
    expect(rowsAt(one.core, `select id from appointments where id = '${other[0]!.id}'`)).toEqual([])
  })
})

describe('those that follow', () => {
  it('are called off except the one that somebody else has changed, which is named', async () => {
    const { host, one, two, series } = await start()
    const { appointments: booked } = await desk(host).bookSeries(series())
    await settle(one, two)
    one.unplug()
    await desk(one).cancelSeveral({ steps: booked.map(({ id, version }) => ({ id, version })), reason: 'patient-asked' })
    await desk(two).move({ id: booked[1]!.id, version: 1, providerId: booked[1]!.providerId, startsAt: addMinutes(booked[1]!.startsAt, 60) })
    await settle(two, one)
    expect(standing(host)).toEqual([{ startsAt: addMinutes(booked[1]!.startsAt, 60), place: 2 }])
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'merged', code: 'SEVERAL_PARTLY_DONE', data: { steps: [{ id: booked[1]!.id, code: 'STALE' }] } }])
  })
})

describe('a link', () => {
  it('of two that were set is the later one, and its author is told of the other', async () => {
    const { host, one, two, single } = await start()
    const booked = await desk(host).book(single('2026-11-19T15:00:00.000Z'))
    await settle(one, two)
    one.unplug()
    await desk(one).setTelehealth({ id: booked.id, url: 'https://meet.example.org/one', was: null })
    await desk(two).setTelehealth({ id: booked.id, url: 'https://meet.example.org/two', was: null })
    await settle(two, one)
    expect(rowsAt(host.core, `select telehealth_url as url from appointments where id = '${booked.id}'`)).toEqual([{ url: 'https://meet.example.org/one' }])
    expect(attentionAt(one.core)).toMatchObject([{ kind: 'merged', code: 'LINK_CHANGED', data: { id: booked.id } }])
  })
})
