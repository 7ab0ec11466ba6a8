interface Entry { at: number; tie: number; run: () => void }

/** What happens next, in virtual time: a binary heap over (time, order of entry). */
export class Agenda {
  readonly #heap: Entry[] = []
  #tie = 0
  now: number

  constructor(startMs: number) {
    this.now = startMs
  }

  in(ms: number, run: () => void): void {
    this.#push({ at: this.now + Math.max(0, ms), tie: (this.#tie += 1), run })
  }

  /** Runs the next entry that is due by then; false when there is none. */
  step(untilMs: number): boolean {
    const first = this.#heap[0]
    if (!first || first.at > untilMs) return false
    this.#pop()
    this.now = first.at
    first.run()
    return true
  }

  #push(entry: Entry): void {
    const heap = this.#heap
    let at = heap.push(entry) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    heap[0] = last
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      if (left < heap.length && this.#isBefore(left, least)) least = left
      if (right < heap.length && this.#isBefore(right, least)) least = right
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, two] = [this.#heap[a], this.#heap[b]]
    return one !== undefined && two !== undefined && (one.at < two.at || (one.at === two.at && one.tie < two.tie))
  }

  #swap(a: number, b: number): void {
    const [one, two] = [this.#heap[a], this.#heap[b]]
    if (!one || !two) return
    this.#heap[a] = two
    this.#heap[b] = one
  }
}
