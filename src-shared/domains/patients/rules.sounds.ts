import { foldedWords } from '../../kernel/fold.ts'

/**
 * Sound keys: two spellings of one name get the same key, so that an index finds "Lopes" when "Lopez" was registered.
 * In the manner of Metaphone (consonants only, an opening vowel is kept as A), with the confusions that are common where
 * English and Spanish names stand on one list: s/z/soft c, b/v, j/soft g/initial x and y, silent h, hard c/k/q/hard g.
 * It is coarse on purpose; rules.duplicates.ts compares what it brings.
 */
export function soundOf(word: string): string {
  const letters = word.replace(/[^a-z]/g, '')
  if (letters === '') return word // Another script: the folded word is its own key.
  const simple = spellings.reduce((text, [from, to]) => text.replace(from, to), letters)
  const opening = /^[aeiou]/.test(simple) ? 'A' : ''
  const codes = simple.replace(/[aeiouy]+/g, ' ').replace(/(.)\1+/g, '$1').replaceAll(' ', '')
  return (opening + codes.toUpperCase()).slice(0, KEY_CHARS) || 'A'
}

const KEY_CHARS = 8

/** In this order: longer spellings before the letters that they hold. Capitals are finished codes. */
const spellings: readonly (readonly [RegExp, string])[] = [
  // Openings.
  [/^(kn|gn|pn)/, 'n'], [/^wr/, 'r'], [/^ps/, 's'], [/^wh/, 'w'], [/^ng/, 'n'], [/^x(?=[aeiou])/, 'j'], [/^y(?=[aeiou])/, 'j'], [/^i(?=[aeou])/, 'j'],
  // Groups.
  [/sch/g, 'X'], [/tch/g, 'X'], [/ch(?=[rl])/g, 'k'], [/ch/g, 'X'], [/sh/g, 'X'], [/ph/g, 'f'], [/th/g, 't'], [/rh/g, 'r'], [/wh/g, 'w'],
  [/ck/g, 'k'], [/cq/g, 'k'], [/dt$/, 't'], [/t[sz]/g, 's'], [/sc(?=[eiy])/g, 's'], [/dg(?=[eiy])/g, 'j'], [/gn/g, 'n'], [/mb$/, 'm'],
  [/gh(?=[aeiou])/g, 'g'], [/gh/g, ''], [/gu(?=[eiy])/g, 'k'], [/qu(?=[eiy])/g, 'k'],
  // Single letters.
  [/c(?=[eiy])/g, 's'], [/g(?=[eiy])/g, 'j'], [/[cqg]/g, 'k'], [/[zx]/g, 's'], [/v/g, 'b'], [/h/g, ''], [/(?!^)w/g, ''],
]

/** "de la Cruz" and "Cruz" are looked for under the same key. */
const particles = new Set(['de', 'del', 'della', 'di', 'da', 'dos', 'das', 'do', 'la', 'las', 'los', 'el', 'al', 'y', 'van', 'von', 'der', 'den', 'ter', 'le', 'st', 'saint', 'san', 'bin', 'ibn'])

/** The words of a family name that carry it; all of them when nothing else is left. */
export function familyWords(familyName: string): string[] {
  const words = foldedWords(familyName)
  const carrying = words.filter((word) => !particles.has(word))
  return carrying.length > 0 ? carrying : words
}

/** Of the first carrying word: "García Márquez" is also "García", and a name joined by marriage keeps its first half. */
export const familySound = (familyName: string): string => soundOf(familyWords(familyName)[0] ?? '')

/** Of the first given name: "Maria Elena" is also "Maria". */
export const givenSound = (givenName: string): string => soundOf(foldedWords(givenName)[0] ?? '')
