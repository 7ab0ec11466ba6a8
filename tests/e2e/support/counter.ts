import { expect, type Locator, type Page } from '@playwright/test'

/**
 * Does what a hand does and counts it: a click or a shortcut key is one action, typing one field is one,
 * with the Enter or Tab that leaves the field.
 */
export class Counter {
  readonly #page: Page
  #count = 0
  readonly #steps: string[] = []

  constructor(page: Page) {
    this.#page = page
  }

  get count(): number {
    return this.#count
  }

  /** One shortcut; several keys of one shortcut ('G', 'D') count as written. */
  async key(keys: string): Promise<void> {
    this.#add(keys)
    await this.#page.keyboard.press(keys.replaceAll('Ctrl', 'Control'))
  }

  async click(target: Locator): Promise<void> {
    this.#add('click')
    await target.click()
  }

  /** Types into the field that has the focus: a screen that puts the focus elsewhere costs more. */
  async type(text: string, leave?: 'Enter' | 'Tab'): Promise<void> {
    this.#add('text')
    await this.#page.keyboard.type(text)
    if (leave) await this.#page.keyboard.press(leave)
  }

  /** The same in a named field, reached without a further act; the field must have the focus already. */
  async typeIn(field: Locator, text: string, leave?: 'Enter' | 'Tab'): Promise<void> {
    await expect(field).toBeFocused()
    await this.type(text, leave)
  }

  /** The task is done: its budget holds. Starts again from nothing. */
  done(task: string, budget: number): void {
    const said = `${task}: ${this.#count} of ${budget} (${this.#steps.join(' · ') || 'nothing'})`
    console.log(`  actions  ${said}`)
    expect(this.#count, said).toBeLessThanOrEqual(budget)
    this.restart()
  }

  restart(): void {
    this.#count = 0
    this.#steps.length = 0
  }

  #add(step: string): void {
    this.#count += 1
    this.#steps.push(step)
  }
}
