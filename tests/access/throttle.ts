import { limits } from '#shared/kernel/limits.ts'
import { beginDeviceAttempt } from '#main/domains/session/service.throttle.ts'
import type { Scene } from './scene.ts'

const held = new WeakMap<Scene, (() => void)[]>()

/** Has this machine seen as many failed attempts as it looks at in a minute? The clock of a scene stands still. */
export function throttle(scene: Scene, isThrottled: boolean): void {
  const before = held.get(scene)
  if (isThrottled === (before !== undefined)) return
  if (isThrottled) held.set(scene, Array.from({ length: limits.sign_in_device_fails_per_minute }, () => beginDeviceAttempt(scene.world.core)))
  else {
    before?.forEach((takeBack) => takeBack())
    held.delete(scene)
  }
}
