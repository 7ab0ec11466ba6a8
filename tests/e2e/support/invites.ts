import type { Page } from '@playwright/test'
import { takeOver } from './acts.ts'

/** The invited person comes to a window with the code they were handed; answers with what they sign in with from then on. */
export async function acceptInvite(page: Page, userName: string, code: string): Promise<string> {
  await takeOver(page, userName, code)
  return code
}
