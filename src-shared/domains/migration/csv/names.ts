import { foldedWords } from '../../../kernel/fold.ts'

export interface ReadName {
  readonly familyName: string
  readonly givenName: string
  readonly middleName: string | null
  readonly suffix: string | null
}

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])
const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** "LEDNER" and "ledner" are typed in a hurry; "de la Cruz" and "McPherson" are as they should be. */
export function nameCase(text: string): string {
  const name = tidy(text)
  if (name === '' || (name !== name.toUpperCase() && name !== name.toLowerCase())) return name
  return name.toLowerCase()
    .replace(/(^|[\s'’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/\bMc(\p{L})/gu, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/ (De|Del|La|Las|Los|Da|Das|Dos|Do|Von|Van|Der|Den|Y|Sans) (?=\S)/g, (word) => word.toLowerCase())
}

/** A suffix stands behind either name. */
export function splitSuffix(text: string): { name: string; suffix: string | null } {
  const words = tidy(text).split(' ')
  const last = words.at(-1)?.replace(/[.,]/g, '') ?? ''
  if (words.length < 2 || !suffixes.has(last.toLowerCase())) return { name: tidy(text).replace(/,$/, ''), suffix: null }
  const suffix = /^i/i.test(last) ? last.toUpperCase() : `${nameCase(last.toLowerCase())}.`
  return { name: words.slice(0, -1).join(' ').replace(/,$/, ''), suffix }
}

/** "Last, First M", or "First Last", where the last word but particles is the family name. */
export function splitFullName(text: string): ReadName {
  const [before = '', after] = tidy(text).split(/\s*,\s*(?=\S)(?!(?:jr|sr|ii|iii|iv)\.?$)/i)
  if (after !== undefined) {
    const family = splitSuffix(before)
    const given = splitSuffix(after)
    const [first, middle] = splitMiddle(given.name)
    return { familyName: nameCase(family.name), givenName: nameCase(first), middleName: middle, suffix: family.suffix ?? given.suffix }
  }
  const { name, suffix } = splitSuffix(before)
  const [first = '', ...rest] = name.split(' ')
  const [middle, familyName] = rest.length > 1 && /^\p{L}\.?$/u.test(rest[0] ?? '') ? [rest[0] ?? null, rest.slice(1).join(' ')] : [null, rest.join(' ')]
  return { familyName: nameCase(familyName), givenName: nameCase(first), middleName: middle, suffix }
}

/** A single letter behind the given name is the middle initial. */
export function splitMiddle(given: string): readonly [given: string, middle: string | null] {
  const match = /^(.{2,}) (\p{L})\.?$/u.exec(tidy(given))
  return match ? [match[1] ?? given, match[2] ?? null] : [tidy(given), null]
}

/** "BABY BOY", "Baby Girl A": born and not yet named. What stands there tells nobody apart. */
export const isNewbornName = (given: string): boolean => /^(baby|bb|bg|newborn|infant|twin)( (boy|girl|male|female))?( [a-c1-3])?$/.test(foldedWords(given).join(' '))

/** "fka Haley", "née Haley", "formerly Haley": what a note says of an earlier name. */
export function formerNamesIn(note: string): string[] {
  const match = /^\s*(?:f\.?k\.?a\.?|née|nee|formerly|maiden name:?)\s+(.{2,60})$/i.exec(note)
  return match ? [nameCase(match[1] ?? '')] : []
}

/**
 * A question mark inside a word, or the mark that decoders put: a letter that the file itself has lost. Answers the
 * word, so that a person sees where it was.
 */
export function lostLetterIn(text: string): string | undefined {
  return text.split(/\s+/).find((word) => /\uFFFD|[\u0080-\u009F]/.test(word) || /\p{L}\?\p{L}|^\?\p{L}{2}|\p{L}{2}\?$/u.test(word))
}
