import type { CallFunction } from '#shared/rpc/client.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure } from '#shared/rpc/define.ts'
import { CommonError, Refusal } from '#shared/rpc/errors.ts'

/**
 * Several people's work lives in one window; at most one of them sits at it. Each call carries the seat it was made for,
 * and its answer reaches the code that waits for it only while that person sits here. So nothing goes on in somebody's
 * absence, and no next step of one person's work can become an act of another: the core refuses what slips through.
 */
export interface Seats {
  call: CallFunction
  /** Who sits here from now on; null while the window is locked or nobody is signed in. */
  sit(seat: string | null): void
  current(): string | null
  /** This seat does not come back: what waits for it is never answered. */
  drop(seat: string): void
  /** Called at once when somebody leaves the seat, before anything is drawn again. */
  onLeave(listener: (seat: string) => void): () => void
  /** Asks the person for the password (R31); true when the core has taken it. */
  askWith(ask: (() => Promise<boolean>) | undefined): void
  /** The core says this window is locked, or somebody else's: the page has to ask who sits here. */
  onLost(listener: () => void): void
}

export function createSeats(send: CallFunction): Seats {
  let seated: string | null = null
  let ask: (() => Promise<boolean>) | undefined
  let lost = (): void => undefined
  const absent = new Map<string, (() => void)[]>()
  const leaving = new Set<(seat: string) => void>()

  /** At once while that person sits here, otherwise when they are back. */
  async function presence(seat: string | null): Promise<void> {
    while (seat !== null && seat !== seated) await new Promise<void>((resolve) => absent.set(seat, [...(absent.get(seat) ?? []), resolve]))
  }

  async function once(seat: string | null, ...[path, input, options]: Parameters<CallFunction>): Promise<unknown> {
    try {
      const output = await send(path, input, seat === null ? options : { ...options, seat })
      await presence(seat)
      return output
    } catch (error) {
      if (isLost(error)) lost()
      await presence(seat)
      throw error
    }
  }

  async function call(...request: Parameters<CallFunction>): Promise<unknown> {
    const procedure = findProcedure(contract, request[0])
    // Who sits here is asked and changed by these; they belong to the window.
    if (!procedure || procedure.can === 'public') return send(...request)
    const seat = seated
    try {
      return await once(seat, ...request)
    } catch (error) {
      if (!ask || !isRefusal(error, CommonError.REAUTH) || !(await ask())) throw error
      await presence(seat)
      return once(seat, ...request)
    }
  }

  return {
    call,
    sit: (seat) => {
      if (seat === seated) return
      const left = seated
      seated = seat
      if (left !== null) for (const listener of leaving) listener(left)
      const waiting = seat === null ? undefined : absent.get(seat)
      if (seat !== null) absent.delete(seat)
      for (const resolve of waiting ?? []) resolve()
    },
    current: () => seated,
    drop: (seat) => void absent.delete(seat),
    onLeave: (listener) => {
      leaving.add(listener)
      return () => void leaving.delete(listener)
    },
    askWith: (next) => {
      ask = next
    },
    onLost: (listener) => {
      lost = listener
    },
  }
}

const isRefusal = (error: unknown, code: string): boolean => error instanceof Refusal && error.code === code

const lostCodes: readonly string[] = [CommonError.LOCKED, CommonError.SEAT_CHANGED, CommonError.SIGNED_OUT, CommonError.ENROL_FIRST]
const isLost = (error: unknown): boolean => error instanceof Refusal && lostCodes.includes(error.code)
