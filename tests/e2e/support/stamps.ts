import type { Page } from '@playwright/test'

/** Notes the clock of the machine at the next key press that does something. */
export function stampKey(at: Page): Promise<void> {
  return at.evaluate(() => {
    const noted = globalThis as { stamp?: number } // Read by stampOf.
    delete noted.stamp
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Control') return
      window.removeEventListener('keydown', onKey, true)
      noted.stamp = performance.timeOrigin + event.timeStamp
    }
    window.addEventListener('keydown', onKey, true)
  })
}

/** Notes the clock of the machine when the row of this patient is drawn in that state; windows of one computer read the same one, also those of two apps. */
export function stampWhen(at: Page, state: string): Promise<void> {
  return at.evaluate((source) => {
    const noted = globalThis as { stamp?: number } // Read by stampOf.
    delete noted.stamp
    const observer = new MutationObserver(() => {
      const row = document.querySelector('[role="row"][aria-label*="Thistlewood, Zenobia"]')
      if (!row || !new RegExp(source).test(row.getAttribute('aria-label') ?? '')) return
      observer.disconnect()
      noted.stamp = performance.timeOrigin + performance.now()
    })
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] })
  }, state)
}

export async function stampOf(at: Page): Promise<number> {
  const stamp = await at.waitForFunction(() => (globalThis as { stamp?: number }).stamp)
  return Number(await stamp.jsonValue())
}
