import { expect, it } from 'vitest'
import { minimumFields } from '#shared/access/fields.ts'
import type { Role } from '#shared/access/roles.ts'
import { callByName } from './probe.ts'
import { builderOf } from './catalogue.ts'
import { beyondMinimum, filledPaths, minimumOf } from './minimum.ts'
import { makeScene } from './scene.ts'

it('R02: a minimum cell shows what its allow-list names of the whole answer, and the list is the one that people wrote', async () => {
  const scene = await makeScene()
  for (const [procedure, byRole] of Object.entries(minimumFields)) {
    const input = builderOf(procedure, 'team')(scene, 'doctor')
    const whole = await callByName(scene.world.as('doctor'), procedure, input)
    for (const role of Object.keys(byRole) as Role[]) { // Its keys are roles.
      const shown = await callByName(scene.world.as(role), procedure, input)
      expect([procedure, role, filledPaths(shown).toSorted()]).toEqual([procedure, role, minimumOf(procedure, role, whole).toSorted()])
      expect([procedure, role, beyondMinimum(procedure, role, shown)]).toEqual([procedure, role, []])
    }
  }
})
