import type { FindDuplicatesInput } from '#shared/domains/patients/contract.ts'
import type { Candidate } from '#shared/domains/patients/model.ts'
import { canCompare, datesLike, likenessOf, PHONE_DIGITS_MIN, type Identity } from '#shared/domains/patients/rules.duplicates.ts'
import { nicknamesOf } from '#shared/domains/patients/rules.nicknames.ts'
import { digitsOfPhone } from '#shared/domains/patients/rules.phone.ts'
import { familySound, givenSound, soundOf } from '#shared/domains/patients/rules.sounds.ts'
import { foldedWords } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { fileIfKnown } from '#main/core/access/opened.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.finding.ts'

const CANDIDATES_SHOWN = 5

/** Who may be the person that is being typed in, best first, with the reasons. */
export function findDuplicates(context: ReadContext, input: FindDuplicatesInput): Candidate[] {
  const { db, now, zone } = context
  const found = likeliest(context, input)
    .filter(({ person }) => person.id !== input.exceptId)
    .slice(0, CANDIDATES_SHOWN)
  context.audit({ terms: foldedWords(`${input.familyName} ${input.givenName}`), itemIds: found.map(({ person }) => person.id) })
  return found
    .flatMap(({ person }) => {
      const file = fileIfKnown(context, person.id)
      if (!file) return []
      const insurance = repository.firstPayer(db, file)
      const { score, likelihood, comparisons } = likenessOf(input, { ...person, insurance })
      const seenAt = repository.lastSeenAt(db, file, now)
      const { middleName: _middle, suffix: _suffix, ...patient } = person
      return [{ patient, score, likelihood: likelihood === 'likely' ? 'likely' as const : 'possible' as const, comparisons, insurance, lastSeenOn: seenAt && dateInZone(seenAt, zone) }]
    })
}

/** The ids of those who are too alike to be registered beside without a reason. Of somebody restricted nobody is told: two records of one person are merged by those who may know. */
export function likelyDuplicates(asking: Asking, identity: Identity, except: readonly Id[] = []): Id[] {
  return likeliest(asking, identity).filter(({ likelihood, person }) => likelihood === 'likely' && !except.includes(person.id)).map(({ person }) => person.id).slice(0, CANDIDATES_SHOWN)
}

type Asking = Pick<ReadContext, 'db' | 'scope'>

function likeliest(asking: Asking, identity: Identity) {
  if (!canCompare(identity)) return []
  const wanted = { ...identity, phone: identity.phone && digitsOfPhone(identity.phone) } // Read once, not beside each candidate.
  return [...candidates(asking, wanted).values()]
    .map((person) => ({ person, ...likenessOf(wanted, person) }))
    .filter(({ likelihood }) => likelihood !== 'unlikely')
    .toSorted((a, b) => b.score - a.score || a.person.mrn - b.person.mrn)
}

/** Enough to see every real candidate, few enough that a keystroke stays cheap at a million patients. */
const ROWS = { sameSound: 40, otherSound: 10, sameBirth: 200, samePhone: 20, soundAndBirth: 40 }

/** Brings everybody whom one of the indexes puts beside the wanted person (with the phone as digits); the rule decides. */
function candidates(asking: Asking, wanted: Identity): Map<Id, repository.KnownPerson> {
  const { db, scope } = asking
  const found = new Map<Id, repository.KnownPerson>()
  const add = (people: readonly repository.KnownPerson[]): number => {
    for (const person of people) found.set(person.id, person)
    return people.length
  }
  if (wanted.phone && wanted.phone.length >= PHONE_DIGITS_MIN) add(repository.byPhone(db, scope, wanted.phone, ROWS.samePhone))
  if (foldedWords(wanted.familyName).length > 0 && foldedWords(wanted.givenName).length > 0) addByName(asking, wanted, add)
  if (wanted.birthDate !== null) add(repository.byBirth(db, scope, wanted.birthDate, ROWS.sameBirth))
  return found
}

function addByName({ db, scope }: Asking, wanted: Identity, add: (people: readonly repository.KnownPerson[]) => number): void {
  const [family, given] = [familySound(wanted.familyName), givenSound(wanted.givenName)]
  const others = [...nicknamesOf(foldedWords(wanted.givenName)[0] ?? '')].map(soundOf).filter((sound) => !sound.startsWith(given))
  const isCommon = add(repository.bySound(db, scope, family, given, ROWS.sameSound)) === ROWS.sameSound
  for (const sound of new Set(others)) add(repository.bySound(db, scope, family, sound, ROWS.otherSound))
  add(repository.bySound(db, scope, given, family, ROWS.otherSound)) // Family and given name the wrong way round.
  // Of a common name the first page may miss the one with this birth date, or with a slip in it.
  if (!isCommon || wanted.birthDate === null) return
  add(repository.bySoundAndBirth(db, scope, family, given, [wanted.birthDate, ...datesLike(wanted.birthDate)], ROWS.soundAndBirth))
}
