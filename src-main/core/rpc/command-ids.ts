import { createHash } from 'node:crypto'
import { uuidFromBytes, type Id } from '#shared/kernel/ids.ts'

/**
 * Ids for the rows a command makes, derived from the command's own id (or of a row that there is one of for another, from that one's): the same command executed again, here or on
 * another machine, makes the same rows. The leading 48 bits keep the command's time, so that the ids sort with it.
 */
export function idsOf(commandId: Id): () => Id {
  let count = 0
  const time = Buffer.from(commandId.replaceAll('-', '').slice(0, 12), 'hex')
  return () => {
    count += 1
    const tail = createHash('sha256').update(`${commandId}:${count}`).digest()
    return uuidFromBytes(Buffer.concat([time, tail.subarray(0, 10)]), 7)
  }
}
