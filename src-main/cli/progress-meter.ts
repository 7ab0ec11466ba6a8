import type { CliContext } from './command.ts'

/** A line for each tenth of the file: readable in a log and on a terminal. */
export function progressMeter(context: CliContext): (share: number, what: string) => void {
  let told = -1
  return (share, what) => {
    const tenth = Math.floor(share * 10)
    if (tenth <= told) return
    told = tenth
    context.note(`${tenth * 10} %: ${what}`)
  }
}
