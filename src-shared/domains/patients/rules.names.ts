import { foldedWords } from '../../kernel/fold.ts'
import { areNicknames } from './rules.nicknames.ts'
import { familyWords, soundOf } from './rules.sounds.ts'

interface FullName {
  familyName: string
  givenName: string
  middleName?: string | null
}

type Family = 'equal' | 'sounds-alike' | 'typing-slip' | 'part-of' | 'begins' | 'different'
type Given = Family | 'nickname'

/** How much two names are alike, each part for itself. The first one may still be in the middle of being typed. */
export function compareNames(wanted: FullName, known: FullName): { family: Family; given: Given; isSwapped: boolean } {
  const family = compareFamily(wanted.familyName, known.familyName)
  const given = compareGiven(givenWords(wanted), givenWords(known))
  return { family, given, isSwapped: family === 'different' && given === 'different' && isSwapped(wanted, known) }
}

const givenWords = (name: FullName): string[] => foldedWords(`${name.givenName} ${name.middleName ?? ''}`)

function compareFamily(wanted: string, known: string): Family {
  const [whole, other] = [foldedWords(wanted).join(''), foldedWords(known).join('')]
  if (whole === other) return 'equal'
  return compareWords(familyWords(wanted), familyWords(known), whole, other)
}

/** The middle name counts as a given one on both sides: "Maria Elena" is also "Maria", and is also "Elena". */
function compareGiven(wanted: readonly string[], known: readonly string[]): Given {
  const [first, other] = [wanted[0] ?? '', known[0] ?? '']
  if (wanted.join('') === known.join('') || (first === other && (wanted.length === 1 || known.length === 1) && first.length > 1)) {
    return wanted.length === known.length ? 'equal' : 'part-of'
  }
  if (areNicknames(first, other)) return 'nickname'
  return compareWords(wanted, known, first, other)
}

function compareWords(wanted: readonly string[], known: readonly string[], whole: string, other: string): Family {
  const [fewer, more] = wanted.length <= known.length ? [wanted, known] : [known, wanted]
  if (fewer.length > 0 && fewer.every((word) => word.length > 1 && more.includes(word))) return 'part-of'
  if (soundOf(wanted[0] ?? '') === soundOf(known[0] ?? '') && Math.min(whole.length, other.length) > 1) return 'sounds-alike'
  if (slips(whole, other) <= slipsAllowed(Math.min(whole.length, other.length))) return 'typing-slip'
  if (whole !== '' && (other.startsWith(whole) || (other.length === 1 && whole.startsWith(other)))) return 'begins'
  return 'different'
}

/** Family name in the place of the given one, and the other way round. */
function isSwapped(wanted: FullName, known: FullName): boolean {
  const same = (a: string, b: string): boolean => {
    const [x, y] = [foldedWords(a).join(''), foldedWords(b).join('')]
    return x !== '' && (x === y || soundOf(x) === soundOf(y))
  }
  return same(wanted.familyName, known.givenName) && same(wanted.givenName, known.familyName)
}

/** Short names differ by a letter and are other names: Ana and Eva, Kim and Tim. */
const slipsAllowed = (letters: number): number => (letters >= 8 ? 2 : letters >= 4 ? 1 : 0)

/** Letters to add, drop, change or turn around to make one of the other (optimal string alignment). */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
