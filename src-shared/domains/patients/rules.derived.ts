import { foldedWords } from '../../kernel/fold.ts'
import type { Patient } from './model.ts'
import { digitsOfPhone } from './rules.phone.ts'
import { familySound, givenSound } from './rules.sounds.ts'

type Named = Pick<Patient, 'familyName' | 'givenName' | 'middleName' | 'preferredName' | 'phone'>

/** The columns by which a patient is found. Whoever writes a patient row writes these with it, whatever the row comes from. */
export interface DerivedColumns {
  phoneDigits: string | null
  familySound: string
  givenSound: string
  sortName: string
  searchNames: string
}

/** `formerNames` stay findable: somebody who married is still asked for by the old name. */
export function derivedColumns(patient: Named, formerNames: readonly string[] = []): DerivedColumns {
  return {
    phoneDigits: patient.phone === null ? null : digitsOfPhone(patient.phone),
    familySound: familySound(patient.familyName),
    givenSound: givenSound(patient.givenName),
    sortName: sortName(patient),
    searchNames: searchNames(patient, formerNames),
  }
}

/** Orders a list by family, then given name, whatever the accents and capitals; a tab sorts before every letter. */
export function sortName(patient: Pick<Patient, 'familyName' | 'givenName'>): string {
  return `${foldedWords(patient.familyName).join(' ')}\t${foldedWords(patient.givenName).join(' ')}`
}

/** Every word of every name; names of several words also as one ("delacruz"), and "O'Brien" also as "o" and "brien". */
function searchNames(patient: Named, formerNames: readonly string[]): string {
  const names = [patient.familyName, patient.givenName, patient.middleName ?? '', patient.preferredName ?? '', ...formerNames]
  const parted = names.map((name) => foldedWords(name.replace(/['’‘ʼ`´]/g, ' ')))
  const joined = parted.filter((words) => words.length > 1).map((words) => words.join(''))
  return [...new Set([...names.flatMap(foldedWords), ...parted.flat(), ...joined])].join(' ')
}
