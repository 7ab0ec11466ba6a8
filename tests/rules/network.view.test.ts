import { describe, expect, it } from 'vitest'
import type { NetworkState } from '#shared/domains/network/model.ts'
import { type ChipFacts, chipOf, waitingGroups } from '#renderer/app/network/chip.ts'
import { followOutage } from '#renderer/app/network/outage.ts'
import { waitingWords } from '#renderer/app/network/words.ts'

const NOW = '2026-11-17T15:04:00.000Z'
const member: NetworkState = {
  role: 'member', profile: 'clinical', link: 'connected', offlineSince: null, stoppedBy: null, hostName: 'Back office', epoch: 1, cursor: 0, connected: 0, unsent: 0, unsentSince: null,
  attention: 0, behind: 0, pending: [], clockOffBySeconds: null,
}
const chip = (network: Partial<NetworkState>, facts: Partial<ChipFacts> = {}) =>
  chipOf({ network: { ...member, ...network }, isReconnecting: false, isSlow: false, isBehind: false, machines: undefined, now: NOW, ...facts })

describe('the chip', () => {
  const offline = { link: 'offline', offlineSince: '2026-11-17T14:41:00.000Z' } as const
  it.each([
    ['a clinic of one machine', chip({ role: 'alone', link: 'none' }), 'in-sync', 'In sync'],
    ['a connected machine', chip({}), 'in-sync', 'In sync'],
    ['what is sent within three seconds is no news', chip({ unsent: 3 }), 'in-sync', 'In sync'],
    ['what takes longer is', chip({ unsent: 3 }, { isSlow: true }), 'sending', 'Sending 3'],
    ['behind for longer than that', chip({ behind: 40 }, { isBehind: true }), 'catching-up', 'Catching up 40'],
    ['before the first contact', chip({ link: 'connecting' }), 'connecting', 'Connecting to the host'],
    ['without its host', chip({ ...offline, unsent: 12 }), 'offline', 'Host not reachable · 12 unsent · 23 min'],
    ['without its host and with nothing to send', chip(offline), 'offline', 'Host not reachable · 23 min'],
    ['while it tries once more', chip({ ...offline, link: 'connecting' }), 'offline', 'Host not reachable · 23 min'],
    ['for four hours', chip({ ...offline, offlineSince: '2026-11-17T11:04:00.000Z' }), 'stale', 'Host not reachable · 4 h'],
    ['a minute less', chip({ ...offline, offlineSince: '2026-11-17T11:05:00.000Z' }), 'offline', 'Host not reachable · 3 h 59 min'],
    ['off line weighs more than what waits for a person', chip({ ...offline, attention: 2 }), 'offline', 'Host not reachable · 23 min'],
    ['what waits for a person', chip({ attention: 2, unsent: 1 }, { isSlow: true }), 'attention', 'Attention 2'],
    ['stopped', chip({ link: 'stopped', stoppedBy: 'REVOKED', unsent: 4 }), 'stopped', 'Stopped · 4 unsent'],
    ['another clock', chip({ clockOffBySeconds: -190 }), 'clock', 'Clock off by 3 min'],
    ['the host, to whoever may count', chip({ role: 'host', link: 'none' }, { machines: 4 }), 'host', 'Host · 4 machines'],
    ['the host, to everyone else', chip({ role: 'host', link: 'none' }), 'host', 'Host'],
    ['a host that was put back', chip({ role: 'host', link: 'none', standing: 'restored' }, { machines: 4 }), 'stopped', 'Behind its machines'],
    ['what was the host', chip({ standing: 'fenced' }), 'stopped', 'Not the host any more'],
    ['while a whole copy comes', chip({ standing: 'needs-copy' }), 'catching-up', 'Taking a new copy'],
    ['three days without the host', chip({ ...offline, unsent: 2, lease: { days: 3, warning: 3, hasEnded: false } }), 'stale', 'Host not reachable · 2 unsent · locks in 11 days'],
    ['two days are no warning', chip({ ...offline, lease: { days: 2, warning: null, hasEnded: false } }), 'offline', 'Host not reachable · 23 min'],
    ['the last day', chip({ ...offline, lease: { days: 13, warning: 7, hasEnded: false } }), 'stale', 'Host not reachable · locks in 1 day'],
    ['after two weeks', chip({ ...offline, lease: { days: 14, warning: 14, hasEnded: true } }), 'stopped', 'Locked until the host is met'],
    ['its own core is gone', chip(offline, { isReconnecting: true }), 'reconnecting', 'Reconnecting'],
  ])('%s', (_, shown, kind, text) => {
    expect(shown).toEqual({ kind, text })
  })

  it('counts a row once however often it was changed, most first', () => {
    const row = (table: string, id: string) => ({ table, id })
    expect(waitingGroups([row('payments', 'p1'), row('appointments', 'a1'), row('appointment_changes', 'c1'), row('ledger_entries', 'l1'), row('appointments', 'a1'), row('appointments', 'a2')])).toEqual([{ table: 'appointments', amount: 2 }, { table: 'payments', amount: 1 }])
  })

  it('says what waits in words, and what has none of its own once', () => {
    const groups = waitingGroups([['appointment_confirmations', 'c1'], ['appointment_confirmations', 'c2'], ['tasks', 't1'], ['task_steps', 's1'], ['task_words', 't1'], ['wait_list_entries', 'w1'], ['rooms', 'r1'], ['shifts', 'r1']].map(([table = '', id = '']) => ({ table, id })))
    expect(groups.map(waitingWords).map(({ text }) => text)).toEqual(['2 calls about appointments', '2 other changes', '1 task', '1 wait list entry'])
  })
})

describe('the time without the host', () => {
  const offline = { ...member, link: 'offline', offlineSince: '2026-11-17T14:41:00.000Z' } as const
  const follow = (...states: NetworkState[]) => states.reduce<ReturnType<typeof followOutage>>((known, state) => followOutage(known, state, NOW), undefined)

  it('ends when everything that waited has gone out, and says how much was refused', () => {
    const away = [{ ...offline, unsent: 5, attention: 1 }, { ...offline, unsent: 12, attention: 1 }]
    expect(follow(...away)).toMatchObject({ backAt: null, waited: 12 })
    expect(follow(...away, { ...member, unsent: 7, attention: 3 })).toMatchObject({ backAt: null, waited: 12 })
    expect(follow(...away, { ...member, unsent: 7, attention: 3 }, { ...member, attention: 5 })).toEqual({ since: offline.offlineSince, backAt: NOW, waited: 12, refused: 4, attentionBefore: 1 })
  })
  it('is not over while it tries once more', () => {
    expect(follow({ ...offline, unsent: 2 }, { ...offline, link: 'connecting', unsent: 3 }, { ...offline, unsent: 3 })).toMatchObject({ since: offline.offlineSince, backAt: null, waited: 3 })
  })
  it('stays as it was afterwards, until the next one begins', () => {
    const back = follow({ ...offline, unsent: 2 }, member)
    expect(followOutage(back, { ...member, attention: 3 }, '2026-11-17T16:00:00.000Z')).toEqual(back)
    expect(followOutage(back, { ...offline, offlineSince: '2026-11-17T16:00:00.000Z' }, NOW)).toMatchObject({ since: '2026-11-17T16:00:00.000Z', backAt: null })
  })
  it('is of members only', () => {
    expect(follow({ ...offline, role: 'host' })).toBeUndefined()
  })
})
