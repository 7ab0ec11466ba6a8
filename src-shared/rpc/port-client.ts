import type { CallFunction } from './client.ts'
import type { CallOptions } from './define.ts'
import { refuse, type Refusal } from './errors.ts'
import type { PortReply, PortRequest } from './port-protocol.ts'

export interface PortClient {
  call: CallFunction
  /** Every message that comes from the port. */
  receive(reply: PortReply): void
  /** The port is gone: what waits is refused with CONNECTION_LOST, because whether it was carried out is not known. */
  lose(): void
}

interface Waiting {
  resolve(output: unknown): void
  reject(refusal: Refusal): void
  pieces?: Pieces
}

/** The caller's half of the port protocol; it only needs a way to send. */
export function createPortClient(send: (request: PortRequest) => void): PortClient {
  const waiting = new Map<number, Waiting>()
  let next = 0

  function call(path: readonly string[], input: unknown, options?: CallOptions): Promise<unknown> {
    if (options?.signal?.aborted) return Promise.reject(stopped())
    next += 1
    const id = next
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      options?.signal?.addEventListener('abort', () => cancel(id))
      send({ id, path, input, ...(options?.seat === undefined ? {} : { seat: options.seat }) })
    })
  }

  function cancel(id: number): void {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    // A stream ends at once, also one that has not begun yet; any other call runs to its end, and nobody looks at it.
    send({ id, cancel: true })
    if (one.pieces) one.pieces.end()
    else one.reject(stopped())
  }

  function receive(reply: PortReply): void {
    const one = waiting.get(reply.id)
    if (!one) return
    if ('stream' in reply) {
      one.pieces = createPieces(() => cancel(reply.id))
      one.resolve(one.pieces.iterable)
    } else if ('piece' in reply) one.pieces?.push(JSON.parse(reply.piece))
    else settle(reply.id, one, reply)
  }

  function settle(id: number, one: Waiting, reply: Exclude<PortReply, { stream: true } | { piece: string }>): void {
    waiting.delete(id)
    if ('json' in reply) one.resolve(JSON.parse(reply.json))
    else if ('end' in reply) one.pieces?.end()
    else {
      const refusal = refuse(reply.error.code, reply.error.data)
      if (one.pieces) one.pieces.end(refusal)
      else one.reject(refusal)
    }
  }

  return {
    call, receive,
    lose: () => {
      for (const [id, one] of waiting) settle(id, one, { id, error: { code: 'CONNECTION_LOST' } })
    },
  }
}

/** For the caller alone, who asked for it and knows: it is never shown. */
const stopped = (): Refusal => refuse('STOPPED')

interface Pieces {
  iterable: AsyncIterable<unknown>
  push(piece: unknown): void
  end(refusal?: Refusal): void
}

/** Keeps what came until it is asked for, in order. */
function createPieces(onStop: () => void): Pieces {
  const kept: unknown[] = []
  let ended: { refusal: Refusal | undefined } | undefined
  let wake = (): void => {}
  const more = (): Promise<void> => new Promise((resume) => (wake = resume))

  async function* read(): AsyncGenerator<unknown> {
    try {
      for (;;) {
        while (kept.length > 0) yield kept.shift()
        if (ended?.refusal) throw ended.refusal
        if (ended) return
        await more()
      }
    } finally {
      if (!ended) onStop()
    }
  }
  return {
    iterable: { [Symbol.asyncIterator]: read },
    push: (piece) => {
      kept.push(piece)
      wake()
    },
    end: (refusal) => {
      ended ??= { refusal }
      wake()
    },
  }
}
