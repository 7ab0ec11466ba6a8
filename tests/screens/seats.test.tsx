import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '#shared/rpc/errors.ts'
import { createSeats } from '#renderer/rpc/seats.ts'

// The goal: code that waits for an answer goes on only while its person sits here, so no next step becomes another's act.
const people = ['a', 'b', 'c'] as const

/** A core that answers when it is told to, and refuses what is not for whoever sits there. */
function slowCore() {
  const waiting: (() => void)[] = []
  const done: string[] = []
  const seats = createSeats((_path, input, options) => new Promise((resolve, reject) => {
    waiting.push(() => {
      if (options?.seat !== undefined && options.seat !== seats.current()) return reject(new Refusal('SEAT_CHANGED'))
      done.push(`${options?.seat ?? 'nobody'}:${String(input)}`)
      resolve(input)
    })
  }))
  const rest = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve()
  }
  const answer = async (): Promise<void> => {
    for (const one of waiting.splice(0)) one()
    await rest()
  }
  return { seats, answer, rest, done }
}

test('1,000 random switches: each step of a work of several calls runs while its own person sits here', async () => {
  const steps = fc.sample(fc.record({ act: fc.constantFrom('sit', 'work', 'answer', 'lock'), who: fc.constantFrom(...people) }), { numRuns: 4_000, seed: 20_261_117 })
  const { seats, answer, rest, done } = slowCore()
  const wrong: string[] = []
  let finished = 0
  const work = async (who: string): Promise<void> => {
    for (let step = 0; step < 3; step += 1) {
      if (seats.current() !== who) wrong.push(`${who} went on at the place of ${seats.current()}`)
      await seats.call(['scheduling', 'book'], `${who}${step}`).catch(() => undefined)
    }
    if (seats.current() !== who) wrong.push(`${who} ended at the place of ${seats.current()}`)
    finished += 1
  }
  for (const { act, who } of steps) {
    if (act === 'sit') seats.sit(who)
    else if (act === 'lock') seats.sit(null)
    else if (act === 'answer') await answer()
    else if (seats.current() === who) void work(who)
    // A switch takes a call to the core: what was due at the window has happened by then.
    await rest()
  }
  expect(steps.filter(({ act }) => act === 'sit').length).toBeGreaterThan(900)
  expect(wrong).toEqual([])
  expect(finished).toBeGreaterThan(100)
  expect(done.filter((one) => one[0] !== one[2]), 'the seat of a call is the one it was made for').toEqual([])
})

test('an answer waits for its person; what belongs to the window does not', async () => {
  const { seats, answer } = slowCore()
  seats.sit('a')
  const settled: string[] = []
  void seats.call(['scheduling', 'book'], 'one').then(() => settled.push('book'))
  void seats.call(['session', 'state'], {}).then(() => settled.push('state'))
  const lost: string[] = []
  seats.onLost(() => lost.push('asked'))
  const core = answer()
  seats.sit('b')
  await core
  expect(settled).toEqual(['state'])
  seats.sit('a')
  await answer()
  expect(settled).toEqual(['state', 'book'])
})

test('R31: REAUTH asks once, and the same call goes out again; somebody who declines sees the refusal', async () => {
  let isProved = false
  let asked = 0
  const sent: unknown[] = []
  const seats = createSeats((_path, input) => {
    sent.push(input)
    return isProved ? Promise.resolve('signed') : Promise.reject(new Refusal('REAUTH'))
  })
  seats.sit('a')
  seats.askWith(async () => (asked += 1) > 0 && (isProved = true))
  expect(await seats.call(['encounters', 'sign'], { noteId: 'n' })).toBe('signed')
  expect([asked, sent]).toEqual([1, [{ noteId: 'n' }, { noteId: 'n' }]])
  isProved = false
  seats.askWith(async () => false)
  await expect(seats.call(['encounters', 'sign'], {})).rejects.toMatchObject({ code: 'REAUTH' })
})
