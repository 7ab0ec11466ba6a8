import fs from 'node:fs'
import path from 'node:path'
import { endHere } from '#main/domains/network/service.revoked.ts'
import type { ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { rememberAddress } from '../network/identity.ts'
import { placesOf } from '../platform/last-words.ts'
import type { LinkDuties } from './link.ts'
import { answerReady, heardOfHost } from './succession.ts'
import { takeCopy } from './take-copy.ts'

/** Until a copy that could not be made, fetched or put in its place is asked for again. */
const RETRY_MS = 30_000

type Ready = Extract<ToNode, { t: 'snapshot-ready' }>

/** Where a whole copy arrives; a cut download goes on from what lies there. */
export const copyFile = (folder: string): string => path.join(folder, 'copy.download')

/** What a member does about news that are no rows: another host, a whole copy, the end of its place on the list. */
export function memberDuties(core: Core): LinkDuties {
  const failed = (error: unknown): void => core.logger.error(placesOf(error), 'the copy was not taken')
  let isTaking = false
  let needed = 0
  let retry: NodeJS.Timeout | undefined
  // What failed is tried again, and not at once: a full disk is full a second later too.
  const later = (again: () => void): void => {
    clearTimeout(retry)
    retry = setTimeout(again, RETRY_MS).unref()
  }
  const take = async (ready: Ready): Promise<void> => {
    const { link } = core.network
    if (!link || isTaking) return
    isTaking = true
    try {
      const file = copyFile(core.vault.folder)
      await link.client.download({ id: ready.id, sha256: ready.sha256, bytes: ready.bytes, toFile: file })
      await takeCopy(core, { file, ready })
      fs.rmSync(file, { force: true })
      // From here the feed goes on.
      void core.network.start()
    } catch (error) {
      later(() => void core.network.start())
      throw error
    } finally {
      isTaking = false
    }
  }
  return {
    snapshotNeeded: (atLeast) => {
      needed = atLeast
      core.network.link?.send({ t: 'snapshot', atLeast })
    },
    revoked: () => {
      endHere(core)
      void core.network.stop()
    },
    other: (message) => {
      switch (message.t) {
        case 'snapshot-ready':
          void take(message).catch(failed)
          break
        case 'snapshot-failed':
          core.logger.warn({ code: message.code }, 'the host could not make a copy')
          later(() => void core.network.link?.send({ t: 'snapshot', atLeast: needed }))
          break
        case 'proved':
          core.node.reach.proved(message)
          break
        case 'ready-to-host':
          void answerReady(core, message).then((ready) => core.network.link?.send(ready)).catch(failed)
          break
        case 'epoch':
          if (message.address !== '') rememberAddress(core.vault.folder, message.address)
          if (heardOfHost(core, message) !== 'nothing-new') void core.network.start()
          break
        default:
      }
    },
  }
}
