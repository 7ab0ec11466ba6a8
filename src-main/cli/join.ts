import os from 'node:os'
import path from 'node:path'
import { Profile } from '#shared/sync/messages.ts'
import { limits } from '#shared/kernel/limits.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { makeKeyFileAt } from '#main/core/sync/unattended.ts'
import type { CliCommand } from './command.ts'

/** Makes an empty folder a member of the clinic: the code, a yes at the host, the copy, and it is ready for `cairn node`. */
export const joinCommand: CliCommand = {
  usage: 'join ADDRESS --code CODE --profile front-desk|clinical|standby [--name NAME]   make this folder a machine of the clinic',
  options: { code: { type: 'string' }, profile: { type: 'string' }, name: { type: 'string' } },
  run: async ({ core, values, positionals: [address = ''], print, note }) => {
    const profile = Profile.safeParse(values.profile)
    if (!profile.success || typeof values.code !== 'string') throw refuse(CommonError.INVALID_INPUT, { issues: [{ path: [profile.success ? 'code' : 'profile'], message: 'missing' }] })
    // A machine without a window has nobody to type a password after a power cut.
    if (typeof values['key-file'] === 'string') makeKeyFileAt(core, path.resolve(values['key-file']))
    const name = typeof values.name === 'string' ? values.name : os.hostname().slice(0, limits.name_chars)
    const client = inProcessClient(core, core.openDoor('cli'))
    for await (const step of await client.network.join({ address, code: values.code, name, profile: profile.data })) {
      print(JSON.stringify(step))
      if (step.is === 'asking') note(`Both screens show ${step.digits}. A person at the host has to allow it.`)
    }
    return 0
  },
}
