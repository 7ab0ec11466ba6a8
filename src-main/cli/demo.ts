import { z } from 'zod'
import { buildDemo } from '#main/domains/clinic/service.demo.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { CliCommand } from './command.ts'
import { readSecret } from './unlock.ts'

const DemoOptions = z.object({ patients: z.coerce.number().int().min(50).max(1_000_000).optional(), seed: z.coerce.number().int().min(0).optional() })

/** Makes the demo clinic in an empty folder; the file's text becomes the password of everyone in it. */
export const demoCommand: CliCommand = {
  usage: 'demo [--patients N] [--seed S] --unlock FILE          make the demo clinic; FILE holds the password for its people',
  options: { patients: { type: 'string' }, seed: { type: 'string' } },
  run: async ({ core, values, print, note }) => {
    if (typeof values.unlock !== 'string') throw refuse('UNLOCK_NEEDED')
    const options = DemoOptions.safeParse(values)
    if (!options.success) throw refuse('INVALID_INPUT', { issues: options.error.issues.map(({ path }) => ({ path, message: 'a whole number' })) })
    const started = performance.now()
    const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const { staff, building } = buildDemo(core, { password: readSecret(values.unlock), timeZone, ...options.data })
    let told = 0
    for await (const done of building) {
      if (done < told + 0.1) continue
      told = done
      note(`${Math.round(done * 100)} %`)
    }
    print(JSON.stringify({ seconds: Math.round(performance.now() - started) / 1000, people: staff.people.map(({ userName, roles }) => ({ userName, roles })) }))
    return 0
  },
}
