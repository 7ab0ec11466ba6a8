import type { FindDuplicatesInput } from '#shared/domains/patients/contract.ts'
import type { Candidate } from '#shared/domains/patients/model.ts'
import { canCompare, datesLike, likenessOf, PHONE_DIGITS_MIN, type Identity } from '#shared/domains/patients/rules.duplicates.ts'
import { nicknamesOf } from '#shared/domains/patients/rules.nicknames.ts'
import { digitsOfPhone } from '#shared/domains/patients/rules.phone.ts'
import { familySound, givenSound, soundOf } from '#shared/domains/patients/rules.sounds.ts'
import { foldedWords } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.finding.ts'

const CANDIDATES_SHOWN = 5

/** Who may be the person that is being typed in, best first, with the reasons. */
export function findDuplicates(context: ReadContext, input: FindDuplicatesInput): Candidate[] {
  const { db, now, zone } = context
  const found = likeliest(db, input)
    .filter(({ person }) => person.id !== input.exceptId)
    .slice(0, CANDIDATES_SHOWN)
  context.audit({ terms: foldedWords(`${input.familyName} ${input.givenName}`), itemIds: found.map(({ person }) => person.id) })
  return found
    .map(({ person }) => {
      const insurance = repository.firstPayer(db, person.id)
      const { score, likelihood, comparisons } = likenessOf(input, { ...person, insurance })
      const seenAt = repository.lastSeenAt(db, person.id, now)
      const { middleName: _middle, suffix: _suffix, ...patient } = person
      return { patient, score, likelihood: likelihood === 'likely' ? 'likely' : 'possible', comparisons, insurance, lastSeenOn: seenAt && dateInZone(seenAt, zone) }
    })
}

/** The ids of those who are too alike to be registered beside without a reason. */
export function likelyDuplicates(db: ReadDb, identity: Identity, except: readonly Id[] = []): Id[] {
  return likeliest(db, identity).filter(({ likelihood, person }) => likelihood === 'likely' && !except.includes(person.id)).map(({ person }) => person.id).slice(0, CANDIDATES_SHOWN)
}

function likeliest(db: ReadDb, identity: Identity) {
  if (!canCompare(identity)) return []
  const wanted = { ...identity, phone: identity.phone && digitsOfPhone(identity.phone) } // Read once, not beside each candidate.
  return [...candidates(db, wanted).values()]
    .map((person) => ({ person, ...likenessOf(wanted, person) }))
    .filter(({ likelihood }) => likelihood !== 'unlikely')
    .toSorted((a, b) => b.score - a.score || a.person.mrn - b.person.mrn)
}

/** Enough to see every real candidate, few enough that a keystroke stays cheap at a million patients. */
const ROWS = { sameSound: 40, otherSound: 10, sameBirth: 200, samePhone: 20, soundAndBirth: 40 }

/** Brings everybody whom one of the indexes puts beside the wanted person (with the phone as digits); the rule decides. */
function candidates(db: ReadDb, wanted: Identity): Map<Id, repository.KnownPerson> {
  const found = new Map<Id, repository.KnownPerson>()
  const add = (people: readonly repository.KnownPerson[]): number => {
    for (const person of people) found.set(person.id, person)
    return people.length
  }
  if (wanted.phone && wanted.phone.length >= PHONE_DIGITS_MIN) add(repository.byPhone(db, wanted.phone, ROWS.samePhone))
  if (foldedWords(wanted.familyName).length > 0 && foldedWords(wanted.givenName).length > 0) addByName(db, wanted, add)
  if (wanted.birthDate !== null) add(repository.byBirth(db, wanted.birthDate, ROWS.sameBirth))
  return found
}

function addByName(db: ReadDb, wanted: Identity, add: (people: readonly repository.KnownPerson[]) => number): void {
  const [family, given] = [familySound(wanted.familyName), givenSound(wanted.givenName)]
  const others = [...nicknamesOf(foldedWords(wanted.givenName)[0] ?? '')].map(soundOf).filter((sound) => !sound.startsWith(given))
  const isCommon = add(repository.bySound(db, family, given, ROWS.sameSound)) === ROWS.sameSound
  for (const sound of new Set(others)) add(repository.bySound(db, family, sound, ROWS.otherSound))
  add(repository.bySound(db, given, family, ROWS.otherSound)) // Family and given name the wrong way round.
  // Of a common name the first page may miss the one with this birth date, or with a slip in it.
  if (!isCommon || wanted.birthDate === null) return
  add(repository.bySoundAndBirth(db, family, given, [wanted.birthDate, ...datesLike(wanted.birthDate)], ROWS.soundAndBirth))
}
