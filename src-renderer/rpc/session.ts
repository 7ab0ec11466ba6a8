import { useQuery } from '@tanstack/react-query'
import type { SessionState } from '#shared/domains/session/contract.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { api, queryClient } from './api.ts'

const KEY = ['session.state']

export interface SessionActions {
  signIn: (input: { userName: string; password: string }) => Promise<void>
  unlock: (password: string) => Promise<void>
  lock: () => Promise<void>
  signOut: () => Promise<void>
}

export type SessionView = SessionActions & (SessionState | { phase: 'connecting'; person: null; clinic: null; people: [] })

/** Who is at this window. `connecting` only until the core has answered the first time. */
export function useSession(): SessionView {
  const { data } = useQuery({ queryKey: KEY, queryFn: () => api.session.state({}), staleTime: Infinity, retry: true, networkMode: 'always', placeholderData: atStart })
  return { ...(data ?? { phase: 'connecting', person: null, clinic: null, people: [] }), ...actions }
}

/** The shell has seen whether there is a clinic: the first screen takes keys while the core is still starting. */
function atStart(): SessionState | undefined {
  const phase = bridge()?.startPhase
  return phase && { phase, person: null, clinic: null, people: [] }
}

export const refreshSession = (): void => void queryClient.invalidateQueries({ queryKey: KEY })

const actions: SessionActions = {
  signIn: async (input) => enter(await api.session.signIn(input)),
  unlock: async (password) => enter(await api.session.unlock({ password })),
  lock: async () => set(await api.session.lock({})),
  signOut: async () => {
    set(await api.session.signOut({}))
    forget()
  },
}

let lastUser: string | undefined

/** Another person at the same window sees nothing of what the one before had on the screen. */
export function enter(state: SessionState): void {
  if (lastUser !== undefined && lastUser !== state.person?.userId) forget()
  lastUser = state.person?.userId
  set(state)
}

const set = (state: SessionState): void => void queryClient.setQueryData(KEY, state)
const forget = (): void => queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] })
