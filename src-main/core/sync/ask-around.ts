import type { Id } from '#shared/kernel/ids.ts'
import { distinctAddresses, parseAddress, type Address } from '#shared/sync/address.ts'
import { ToNode } from '#shared/sync/messages.ts'
import type { Core } from '../core.ts'
import { dial } from '../network/dial.ts'
import { readFrame, sendFrame } from '../network/frames.ts'
import type { NetworkIdentity } from '../network/identity.ts'
import { readSync } from './context.ts'
import { lastEpoch } from './epochs.ts'
import { listMembers, standbyAddresses } from './host-store.ts'
import type { Replica } from './succession.ts'

type Stands = Extract<ToNode, { t: 'stands' }>

/** How long one machine has to answer: a slow one that is taken for dead could cost what only it has. */
const ANSWER_MS = 8_000

export interface Around {
  /** Some other machine has the host in reach, whatever it looks like from here. */
  hostAnswers: boolean
  /** Every other standby of the clinic, also those that did not answer. */
  replicas: Replica[]
}

/** Asks the machines that could be further than this one, all at once; who does not answer is named as that. */
export async function askAround(core: Core, { identity, addresses }: { identity: NetworkIdentity; addresses: readonly string[] }): Promise<Around> {
  const answers = new Map<Id, Stands>()
  await Promise.all(distinctAddresses([...standbyAddresses(core.vault.reader), ...addresses]).flatMap((text) => parseAddress(text) ?? []).map(async (address) => {
    const answer = await ask(address, identity)
    if (answer) answers.set(answer.deviceId, answer.stands)
  }))
  const db = core.vault.reader
  const hostId = lastEpoch(db)?.epoch.hostId
  const { epoch } = readSync(db)
  const others = listMembers(db).filter((one) => one.profile === 'standby' && one.revokedAt === null && one.id !== core.node.deviceId && one.id !== hostId)
  return {
    // Of an older epoch it is no host any more, and that it answers keeps nobody from being one.
    hostAnswers: [...answers.values()].some((one) => one.hostAnswers && one.epoch >= epoch),
    replicas: others.map(({ id, name }) => {
      const found = answers.get(id)
      return { deviceId: id, name, epoch: found?.epoch ?? 0, cursor: found?.cursor ?? 0, isStandby: true, isReachable: found !== undefined }
    }),
  }
}

function ask(address: Address, identity: NetworkIdentity): Promise<{ deviceId: Id; stands: Stands } | undefined> {
  return new Promise((resolve) => {
    let hangUp = (): void => {}
    const end = (answer?: { deviceId: Id; stands: Stands }): void => {
      clearTimeout(timer)
      hangUp()
      resolve(answer)
    }
    const timer = setTimeout(() => end(), ANSWER_MS)
    hangUp = dial(address, identity, ({ socket, hostId }) => {
      hangUp = () => socket.terminate()
      socket.once('close', () => end())
      socket.on('message', (data, isBinary) => {
        const frame = readFrame(ToNode, data, isBinary)
        if (frame.is === 'message' && frame.message.t === 'stands') end({ deviceId: hostId, stands: frame.message })
      })
      sendFrame(socket, { t: 'where' })
    }, () => end())
  })
}
