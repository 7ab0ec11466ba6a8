import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import type { Person } from '#shared/domains/session/contract.ts'
import { roleWords } from '#renderer/app/Header.tsx'

/** "Front desk", "Doctor, Administrator". */
export const rolesOf = (roles: Person['roles']): string => roles.map((role) => roleWords[role]).join(', ')

/** "4.2 GB", "109 MB": as a person reads a size, with one decimal below ten. */
export function bytes(amount: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let value = amount
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** Who a bare letter picks: the next person, after the chosen one, whose given or family name begins with it. */
export function personByLetter<T extends Person>(people: readonly T[], letter: string, chosen: string | undefined): T | undefined {
  const starts = (name: string): boolean => name.toLocaleLowerCase('en-US').startsWith(letter.toLocaleLowerCase('en-US'))
  const at = people.findIndex((one) => one.userId === chosen)
  const rotated = [...people.slice(at + 1), ...people.slice(0, at + 1)]
  return rotated.find((one) => starts(one.givenName) || starts(one.familyName))
}

/** What is wrong with a user name, in the words that stand beside the button. */
export function userNameAdvice(userName: string): string {
  if (userName.trim() === '') return 'The user name is missing.'
  return isGenericUserName(userName) ? 'This stands for a job or a place and would be shared. Take the person’s own name.' : 'The user name takes letters, digits, dot and dash, and starts with a letter.'
}
