import fs from 'node:fs'
import path from 'node:path'
import { passwordProblem, type BlockList, type PasswordProblem } from '#shared/domains/clinic/rules.password.ts'
import type { Core } from '../core.ts'

const lists = new Map<string, BlockList>()

/**
 * The rule for passwords with the long list of leaked ones, which is too large for the page. Whatever gives a person a
 * password asks here, not the shared rule. A missing list stops it: a weak password must not come in unseen.
 */
export function passwordProblemAt(core: Core, password: string, words: readonly string[]): PasswordProblem | undefined {
  return passwordProblem(password, words, listIn(core.options.resourcesFolder))
}

function listIn(folder: string): BlockList {
  const known = lists.get(folder)
  if (known) return known
  const list = new Set(fs.readFileSync(path.join(folder, 'passwords/common.txt'), 'utf8').split('\n').filter(Boolean))
  lists.set(folder, list)
  return list
}
