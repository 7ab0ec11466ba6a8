import os from 'node:os'
import type { JoinStep } from '#shared/domains/network/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import type { Profile } from '#shared/sync/messages.ts'
import type { Core } from '#main/core/core.ts'
import { deviceIdOf } from '#main/core/device.ts'
import { writeIdentity } from '#main/core/network/identity.ts'
import type { Joined } from '#main/core/network/pairing.ts'
import { takeFirstCopy } from '#main/core/sync/take-copy.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'

interface Wanted { address: string; code: string; name: string; profile: Profile }

/**
 * Makes an empty machine one of the clinic's: the code proves both ends to each other, a person at the host says yes, the
 * copy comes with its progress, and the machine follows the host from then on. Until the last step the folder counts as
 * empty, and it can be begun again; a copy that broke off goes on where it was.
 */
export async function* join({ core, signal }: StreamContext, wanted: Wanted): AsyncGenerator<JoinStep> {
  if (core.vault.state !== 'empty') throw refuse('ALREADY_SET_UP')
  const steps = new Steps()
  const work = run(core, wanted, signal, (step) => steps.push(step)).then(() => steps.end(), (error: unknown) => steps.end(error))
  yield* steps.read()
  await work
}

async function run(core: Core, wanted: Wanted, signal: AbortSignal, tell: (step: JoinStep) => void): Promise<void> {
  tell({ is: 'connecting' })
  const { identity, admission } = await paired(core, wanted, signal, (digits) => tell({ is: 'asking', digits }))
  const { secret } = await core.machine.device()
  const { fetchFirstCopy } = await import('#main/core/sync/first-copy.ts')
  const arrived = await fetchFirstCopy(core, { identity, admission, signal, onProgress: percents((doneBytes, ofBytes) => tell({ is: 'copying', doneBytes, ofBytes })) })
  tell({ is: 'checking' })
  writeIdentity(core.vault.folder, identity, secret)
  await takeFirstCopy(core, arrived)
  await core.network.start()
  tell({ is: 'done', clinicName: admission.clinicName })
}

/** Told a hundred times at most, however small the pieces are. */
function percents(tell: (done: number, of: number) => void): (done: number, of: number) => void {
  let told = -1
  return (done, of) => {
    const percent = of === 0 ? 100 : Math.floor((done / of) * 100)
    if (percent === told) return
    told = percent
    tell(done, of)
  }
}

async function paired(core: Core, { address, code, name, profile }: Wanted, signal: AbortSignal, onNumber: (digits: string) => void): Promise<Joined> {
  // The wire is read by the machines that are in a network, and by one that joins; alone it would only cost the start.
  const { joinClinic } = await import('#main/core/network/pairing.ts')
  try {
    return await joinClinic({
      address, code, signal, onNumber,
      about: { deviceId: deviceIdOf(core), name, os: `${os.platform()} ${os.release()} ${os.arch()}`.slice(0, limits.name_chars), app: core.options.appVersion ?? '', profile },
    })
  } catch (error) {
    throw error instanceof Refusal ? refuse(codes[error.code] ?? error.code, error.data) : error
  }
}

/** As the wire says it, and as the screen does. */
const codes: Readonly<Record<string, string>> = {
  PAIRING_CLOSED: 'CODE_OVER', PAIRING_WRONG_CODE: 'CODE_WRONG', PAIRING_BAD_CODE: 'CODE_WRONG', PAIRING_LOCKED: 'PAIRING_LOCKED', PAIRING_BUSY: 'CODE_OVER', PAIRING_DECLINED: 'PAIRING_DECLINED',
  PAIRING_FAILED: 'CODE_OVER', PAIRING_NOT_THE_HOST: 'HOST_IS_OTHER', PAIRING_UNREACHABLE: 'HOST_UNREACHABLE', PAIRING_CANCELLED: 'CODE_OVER', PAIRING_BAD_ADDRESS: 'ADDRESS_UNREADABLE',
}

/** What one side tells and the other reads at its own pace. */
class Steps {
  readonly #waiting: JoinStep[] = []
  #end: { error: unknown } | undefined
  #wake = (): void => {}

  push(step: JoinStep): void {
    this.#waiting.push(step)
    this.#wake()
  }

  end(error?: unknown): void {
    this.#end = { error }
    this.#wake()
  }

  async *read(): AsyncGenerator<JoinStep> {
    for (;;) {
      const step = this.#waiting.shift()
      if (step) yield step
      else if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error
        return
      } else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
