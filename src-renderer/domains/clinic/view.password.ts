import { limits } from '#shared/kernel/limits.ts'

/** What to do about a password that is refused, in one sentence. */
export function passwordAdvice(problem: string | undefined): string {
  switch (problem) {
    case 'too-short': return `At least ${limits.password_chars_min} characters. Three or four words are easy to remember and hard to guess.`
    case 'too-long': return `At most ${limits.password_chars_max} characters.`
    case 'holds-name': return 'It is little more than a name that others know. Add words that have nothing to do with you or the clinic.'
    default: return 'This is among the first that others would try. Choose words that do not belong together.'
  }
}
