/** Why a socket is closed, said to the other end: the first are WebSocket's own, the others ours. */
export const closeCodes = {
  ended: 1000,
  leaving: 1001,
  binary: 1003,
  tooLarge: 1009,
  /** Our own trouble with what was said; the log has it. */
  failed: 1011,
  badMessage: 4400,
  unknownMachine: 4401,
  revoked: 4403,
  silent: 4408,
  /** The same machine has connected again; the older socket is the half-open one. */
  replaced: 4409,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]
