import { inProcessClient } from '#main/core/rpc/in-process.ts'
import type { CliCommand } from './command.ts'
import { unlockAs } from './unlock.ts'

/** A new data key for the records, in an administrator's name; every password and the printed key stay as they are. */
export const rotateKeyCommand: CliCommand = {
  usage: 'rotate-key --as ADMINISTRATOR --unlock FILE           give the records a new data key',
  options: {},
  run: async (context) => {
    const door = await unlockAs(context)
    const client = inProcessClient(context.core, door)
    const started = performance.now()
    let told = 0
    for await (const { done } of await client.clinic.rotateKey({})) {
      if (done < told + 0.1 && done < 1) continue
      told = done
      context.note(`${Math.round(done * 100)} %`)
    }
    const { dataKeyAt } = await client.clinic.keyState({})
    context.print(JSON.stringify({ dataKeyAt, seconds: Math.round(performance.now() - started) / 1000 }))
    return 0
  },
}
