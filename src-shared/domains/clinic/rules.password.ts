import { limits } from '../../kernel/limits.ts'
import { commonPasswords } from './rules.common-passwords.ts'

/**
 * Length and a block list, no composition rules and no expiry (NIST SP 800-63B-4, 3.1.1.2). The form runs it for an
 * instant answer with the short list, the core again with the long one before anything is written (`core/keys/block-list.ts`).
 */
export const passwordProblems = ['too-short', 'too-long', 'too-common', 'holds-name'] as const
export type PasswordProblem = (typeof passwordProblems)[number]

/** Passwords and their letters, lower case, that others have used too often. */
export type BlockList = ReadonlySet<string>

/** `words`: the clinic's name, the person's name and user name; whoever wants in tries these first. */
export function passwordProblem(password: string, words: readonly string[], list: BlockList = commonPasswords): PasswordProblem | undefined {
  const symbols = [...password.normalize('NFC')]
  if (symbols.length < limits.password_chars_min) return 'too-short'
  if (symbols.length > limits.password_chars_max) return 'too-long'
  const plain = plainOf(password)
  const names = words.flatMap((name) => [name, ...name.split(/\s+/)]).map(plainOf).filter((word) => word.length >= 3)
  const rest = names.reduce((left, word) => left.replaceAll(word, ''), plain)
  // A name with something around it is fine as long as what is left could stand for itself.
  if (rest !== plain && rest.length < NAME_REST_CHARS) return 'holds-name'
  const text = password.toLowerCase()
  if (isCommon(plain) || isListed(text, plain, list) || isMonotone(text)) return 'too-common'
  return undefined
}

const NAME_REST_CHARS = 8

/** Letters only, with the usual disguises taken off: "P@ssw0rd2026!" is "password". */
export function plainOf(text: string): string {
  const disguises: Readonly<Record<string, string>> = { '@': 'a', '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '$': 's', '7': 't', '!': 'i' }
  const letters = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}]+$/u, '').replace(/^[^\p{L}]+/u, '')
  return [...letters].map((symbol) => disguises[symbol] ?? symbol).join('').replace(/[^\p{L}]/gu, '')
}

/** The whole of it is one of the commonest passwords, or two of them, or one of them twice. */
function isCommon(plain: string): boolean {
  if (plain === '') return false
  for (let cut = 0; cut <= plain.length; cut += 1) {
    const [head, tail] = [plain.slice(0, cut), plain.slice(cut)]
    if ((head === '' || commonPasswords.has(head)) && (tail === '' || commonPasswords.has(tail))) return true
  }
  return false
}

/** In the long list as it is or dressed up, or an entry typed over and over. Two different entries may stand together: they are words. */
function isListed(text: string, plain: string, list: BlockList): boolean {
  return list.has(text) || list.has(plain) || list.has(unitOf(text)) || list.has(unitOf(plain))
}

/** The shortest piece that gives the text when it is repeated; the text itself where nothing repeats. */
function unitOf(text: string): string {
  const at = (text + text).indexOf(text, 1)
  return text.slice(0, Math.max(0, at))
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789012345678901234567890', 'qwertyuiopasdfghjklzxcvbnm', 'qazwsxedcrfvtgbyhnujmikolp']

/** Few different symbols, a short piece over and over, or a walk along the keyboard or the alphabet. */
function isMonotone(text: string): boolean {
  if (new Set(text).size < 4) return true
  for (let size = 1; size <= 4; size += 1) {
    const piece = text.slice(0, size)
    if (piece.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text) return true
  }
  const bare = text.replace(/[^a-z0-9]/g, '')
  return bare.length > 0 && rows.some((row) => [row, [...row].reverse().join('')].some((line) => (line + line).includes(bare)))
}
