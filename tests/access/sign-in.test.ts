import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

it('R22: an old keyring put back beside the records does not bring an old password back', async () => {
  const world = await makeWorld()
  const { client } = world.stranger()
  const keyrings = fs.readdirSync(world.folder).filter((name) => name.startsWith('keyring')).map((name) => ({ file: path.join(world.folder, name), text: fs.readFileSync(path.join(world.folder, name), 'utf8') }))
  await client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD })
  await client.session.changePassword({ oldPassword: ADMIN_PASSWORD, newPassword: 'a heron in the reeds' })
  await client.session.signOut({})
  for (const { file, text } of keyrings) fs.writeFileSync(file, text)
  expect((await refusalOf(client.session.signIn({ userName: 'administrator', password: ADMIN_PASSWORD }))).code).toBe('SIGN_IN_REFUSED')
})
