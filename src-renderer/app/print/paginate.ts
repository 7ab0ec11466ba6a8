/** One piece of a printed document that must not be torn: a table row, a paragraph, a block of totals. */
export interface BlockSize {
  height: number
  /** Stays on the sheet of the block that follows: a heading with its table, the last row with its totals. */
  keepWithNext?: boolean
  /** Height of what is repeated at the top of a sheet that begins with this block: the head of its table. */
  repeatHeight?: number
}

/**
 * Puts blocks on sheets, in order. `first` is the room on the first sheet, `rest` on the others. A block that
 * is higher than a sheet gets one of its own: cut off is better than lost without a word.
 */
export function paginate(blocks: readonly BlockSize[], first: number, rest: number): number[][] {
  const sheets: number[][] = [[]]
  let left = first
  for (const group of groups(blocks)) {
    const height = group.reduce((sum, index) => sum + (blocks[index]?.height ?? 0), 0)
    const sheet = sheets.at(-1) ?? []
    if (height > left && sheet.length > 0) {
      const repeated = blocks[group[0] ?? 0]?.repeatHeight ?? 0
      sheets.push([...group])
      left = rest - height - repeated
    } else {
      sheet.push(...group)
      left -= height
    }
  }
  return sheets
}

/** Runs of blocks that keep together. */
function groups(blocks: readonly BlockSize[]): number[][] {
  const result: number[][] = []
  let open: number[] = []
  blocks.forEach((block, index) => {
    open.push(index)
    if (!block.keepWithNext) {
      result.push(open)
      open = []
    }
  })
  return open.length > 0 ? [...result, open] : result
}
