import { pinnedVersion } from '#tools/electron/pinned.ts'
import { expect, test } from 'vitest'

// The goal: a clinic's pages are drawn by an Electron that still gets security repairs. Electron has had a new major
// every eight weeks since 2021 and repairs the newest three. The page that lists them may be out of reach, so the calendar
// is asked: when this fails, raise the pinned Electron, or correct the two lines if the rhythm has changed.
const KNOWN = { major: 45, releasedOn: Date.UTC(2026, 9, 21) }
const RHYTHM_MS = 8 * 7 * 24 * 3_600_000
const REPAIRED = 3

const newestAt = (now: number): number => KNOWN.major + Math.max(0, Math.floor((now - KNOWN.releasedOn) / RHYTHM_MS))

test('R34: the pinned Electron is one of the three newest majors', () => {
  const pinned = Number(pinnedVersion().split('.')[0])
  expect(newestAt(Date.now()) - pinned).toBeLessThan(REPAIRED)
})

test.each([['2026-10-21', 45], ['2026-12-15', 45], ['2026-12-16', 46], ['2027-04-07', 48]])('R34: on %s the newest major is counted as %i', (day, major) => {
  expect(newestAt(Date.parse(day))).toBe(major)
})
