import { expect, test } from 'vitest'
import { attackTeller, type Attack } from '#main/core/network/attacks.ts'
import { testClock } from '#tests/support/clock.ts'

// The goal: whoever tries something is written down, and whoever floods the door writes no more than a line a minute.

function scene(): { told: Attack[]; attempt: ReturnType<typeof attackTeller>; clock: ReturnType<typeof testClock> } {
  const [told, clock] = [[] as Attack[], testClock()]
  return { told, clock, attempt: attackTeller(clock, (attack) => told.push(attack)) }
}

test('the first attempt is told at once, the next ones a minute later with their number', () => {
  const { told, attempt, clock } = scene()
  for (let i = 0; i < 50; i += 1) attempt({ kind: 'no-certificate', remote: '10.0.0.9' })
  expect(told).toEqual([{ kind: 'no-certificate', remote: '10.0.0.9', times: 1 }])
  clock.advanceMinutes(1)
  attempt({ kind: 'no-certificate', remote: '10.0.0.9' })
  expect(told.slice(1)).toEqual([{ kind: 'no-certificate', remote: '10.0.0.9', times: 50 }])
})

test('another place, another kind and another machine are each told', () => {
  const { told, attempt } = scene()
  attempt({ kind: 'no-certificate', remote: '10.0.0.9' })
  attempt({ kind: 'no-certificate', remote: '10.0.0.10' })
  attempt({ kind: 'old-tls', remote: '10.0.0.9' })
  attempt({ kind: 'not-json', remote: '10.0.0.9', deviceId: 'a' })
  attempt({ kind: 'not-json', remote: '10.0.0.9', deviceId: 'b' })
  expect(told).toHaveLength(5)
})

test('an attacker who changes the address each time fills neither the log nor the memory', () => {
  const { told, attempt, clock } = scene()
  for (let i = 0; i < 10_000; i += 1) attempt({ kind: 'no-certificate', remote: `fd00::${i.toString(16)}` })
  expect(told.length).toBeLessThanOrEqual(501)
  clock.advanceMinutes(1)
  attempt({ kind: 'no-certificate', remote: '10.0.0.9' })
  expect(told.at(-1)).toMatchObject({ remote: '10.0.0.9', times: 1 })
})
