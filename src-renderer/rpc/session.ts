import { useQuery } from '@tanstack/react-query'
import type { SessionState } from '#shared/domains/session/contract.ts'
import { limits } from '#shared/kernel/limits.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { api, dropSeat, queryClient, seats } from './api.ts'

const KEY = ['session.state']

export interface SessionActions {
  signIn: (input: { userName: string; password: string }) => Promise<void>
  giveCode: (code: string) => Promise<void>
  cancelSignIn: () => Promise<void>
  unlock: (password: string) => Promise<void>
  openByPin: (input: { userId: string; pin: string }) => Promise<void>
  lock: () => Promise<void>
  signOut: () => Promise<void>
}

const nobody = { person: null, clinic: null, people: [], seat: null, idleSeconds: limits.idle_seconds_default }
export type SessionView = SessionActions & (SessionState | (typeof nobody & { phase: 'connecting' }))

/** Who is at this window. `connecting` only until the core has answered the first time. */
export function useSession(): SessionView {
  const { data } = useQuery({ queryKey: KEY, queryFn: readState, staleTime: Infinity, retry: true, networkMode: 'always', placeholderData: atStart }, queryClient)
  return { ...(data ?? { phase: 'connecting', ...nobody }), ...actions }
}

/** The shell has seen whether there is a clinic: the first screen takes keys while the core is still starting. */
function atStart(): SessionState | undefined {
  const phase = bridge()?.startPhase
  return phase && { phase, ...nobody }
}

export const refreshSession = (): void => void queryClient.invalidateQueries({ queryKey: KEY })

const actions: SessionActions = {
  signIn: async (input) => set(await api.session.signIn(input)),
  giveCode: async (code) => set(await api.session.giveCode({ code })),
  cancelSignIn: async () => set(await api.session.cancelSignIn({})),
  unlock: async (password) => set(await api.session.unlock({ password })),
  openByPin: async (input) => set(await api.session.openByPin(input)),
  lock: async () => set(await api.session.lock({})),
  signOut: async () => set(await api.session.signOut({})),
}

seats.onLost(refreshSession)

async function readState(): Promise<SessionState> {
  const state = await api.session.state({})
  take(state)
  return state
}

/** Somebody has come in another way than by the sign-in card: an invitation, the printed key. */
export const enter = (state: SessionState): void => set(state)

function set(state: SessionState): void {
  take(state)
  queryClient.setQueryData(KEY, state)
}

let known: ReadonlySet<string> = new Set()

/** Answers come in the order in which the core gave them, so the last one is how it is. Before anything is drawn: who sits here decides which answers settle, and whose work is taken off the screen. */
function take(state: SessionState): void {
  seats.sit(state.phase === 'active' || state.phase === 'enrol' ? state.seat : null)
  const alive = new Set(state.people.flatMap((tile) => tile.seat ?? []))
  for (const seat of known) if (!alive.has(seat)) dropSeat(seat)
  known = alive
}
