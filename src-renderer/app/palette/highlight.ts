export interface Piece {
  text: string
  matched: boolean
}

/** Letters without marks, one for one, so that positions in the folded text are positions in the original. */
export function fold(text: string): string {
  return [...text].map((letter) => letter.normalize('NFD')[0]?.toLocaleLowerCase('en-US') ?? letter).join('')
}

/** Cuts a text where the words of the query match the beginning of one of its words ("lop 1958"). */
export function highlight(text: string, query: string): Piece[] {
  const letters = [...text]
  const folded = [...fold(text)]
  const hit = letters.map(() => false)
  for (const word of fold(query).split(/[\s,]+/).filter(Boolean)) {
    const at = wordStart(folded, word)
    if (at !== -1) for (let index = at; index < at + [...word].length; index += 1) hit[index] = true
  }
  const pieces: Piece[] = []
  letters.forEach((letter, index) => {
    const matched = hit[index] ?? false
    const last = pieces.at(-1)
    if (last && last.matched === matched) last.text += letter
    else pieces.push({ text: letter, matched })
  })
  return pieces
}

function wordStart(folded: readonly string[], word: string): number {
  const text = folded.join('')
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? ' ')) return at
  }
  return -1
}

/** True when every word of the query begins a word of the label: how commands are found. */
export function matchesLabel(label: string, query: string): boolean {
  const words = fold(label).split(/[^\p{L}\p{N}]+/u)
  return fold(query).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)))
}
