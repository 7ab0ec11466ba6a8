import { answerProof } from '#main/domains/session/service.proof.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import { placesOf } from '../platform/last-words.ts'
import { memberById } from './host-store.ts'
import type { HostDuties } from './serve.ts'
import { Snapshots } from './snapshot.ts'

/** What a host answers beside commands and rows: whole copies, and whether a password is right. */
export function hostDuties(core: Core): HostDuties {
  const snapshots = new Snapshots(core)
  // Not given: the machine asks again when it has connected again.
  const failed = (error: unknown): void => core.logger.error(placesOf(error), 'a machine was not answered')
  return {
    snapshot: ({ profile, atLeast }, peer) => void snapshots.ready(profile, atLeast).then((ready) => peer.send(ready)).catch((error: unknown) => {
      failed(error)
      peer.send({ t: 'snapshot-failed', code: error instanceof Refusal ? error.code : 'UNEXPECTED' })
    }),
    snapshotFile: (deviceId, id) => {
      const member = memberById(core.vault.reader, deviceId)
      return member?.revokedAt === null ? snapshots.file(member.profile, id) : undefined
    },
    prove: (deviceId, asked, peer) => void answerProof(core, deviceId, asked).then((proved) => peer.send(proved)).catch(failed),
    close: () => snapshots.close(),
  }
}
