/**
 * What travels over a window's port. Answers go as one JSON string: a string crosses processes in a third of the time
 * that the same objects take, and a call is one message each way.
 */
export type PortRequest =
  | { id: number; path: readonly string[]; input: unknown; seat?: string }
  | { id: number; cancel: true }

export type PortReply =
  | { id: number; json: string }
  | { id: number; error: { code: string; data?: unknown } }
  /** A stream has begun; its pieces follow until `end` or an error. */
  | { id: number; stream: true }
  | { id: number; piece: string }
  | { id: number; end: true }
