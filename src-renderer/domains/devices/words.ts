import { registerErrorTexts } from '#renderer/rpc/error-text.ts'

registerErrorTexts({
  SESSION_OVER: 'This session has ended already.',
})

export const doorWords: Readonly<Record<string, string>> = { window: 'Window', socket: 'Network', cli: 'Command line' }
export const profileWords = { standalone: 'On its own: records, rules and copies are on this computer' } as const
