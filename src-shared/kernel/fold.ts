/** Letters that Unicode does not take apart into a letter and a mark. */
const whole: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ĸ: 'k', ŋ: 'n',
}

/** Most names, and the short way round for them. */
const plain = /^[ -~]*$/

/** Text as people compare it: small letters, no marks ("Muñoz" and "MUNOZ" are one, and so are "Łukasz" and "lukasz"). */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħıĸŋ]/g, (letter) => whole[letter] ?? letter)
}

/** The words of a text, folded: letters and digits only. An apostrophe belongs to its word, a hyphen parts two. */
export function foldedWords(text: string): string[] {
  return fold(text).replace(/['’‘ʼ`´]/g, '').split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}
