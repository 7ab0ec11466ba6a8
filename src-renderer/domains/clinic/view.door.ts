import type { Tile } from '#shared/domains/session/model.ts'
import { time } from '#renderer/ui/format.ts'

/** "0:43", "12:05": what a countdown shows. */
export const countdown = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

export const waitWords = (seconds: number): string => `Too many attempts. Nothing is looked at for another ${countdown(seconds)}.`

/** "Locks after 5 min without a key press", "Locks after 45 s without a key press". */
export const locksAfter = (seconds: number): string => `Locks after ${seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`} without a key press`

export type TileState = 'waits' | 'signed-out' | 'password-only'

/** What a tile says of somebody: the place they come back to, or what it takes to get in. Never a patient. */
export function tileOf(tile: Tile, place: string | undefined): { state: TileState; text: string } {
  if (tile.seat !== null) return { state: 'waits', text: place ?? 'Open work' }
  return tile.roles.includes('administrator') ? { state: 'password-only', text: 'Password only' } : { state: 'signed-out', text: 'Signed out' }
}

export const lockedNote = (tile: Tile, zone: string): string | undefined => (tile.lockedAt === null ? undefined : `locked ${time(tile.lockedAt, zone)}`)

/** Why the PIN is not asked, in one sentence under the password; undefined where nobody expects one. */
export function passwordReason(why: string | undefined): string | undefined {
  switch (why) {
    case 'tries': return 'The PIN was wrong five times. Your password opens it, and the PIN works again.'
    case 'hours': return 'It is twelve hours since your full sign-in here. Your password, once; then the PIN works again.'
    case 'no-pin': return 'You have no PIN here. Set one under your name, after signing in.'
    case 'signed-out': return 'You are signed out here. Sign in with your password.'
    default: return undefined
  }
}
