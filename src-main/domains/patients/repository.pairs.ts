import { and, desc, eq, isNull, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { duplicateDecisions, duplicatePairs, duplicateQueue } from '#drizzle/schema/merges.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { DuplicateCursor } from '#shared/domains/patients/contract.merge.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { mayKnow } from '#main/core/access/predicates.ts'
import type { Scope } from '#main/core/access/scope.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb, WriteDb } from '#main/core/db/types.ts'
import type { KnownPerson } from './repository.finding.ts'

const value = (name: string) => sql.placeholder(name)
const [a, b] = [alias(patients, 'a'), alias(patients, 'b')]
const columnsOf = (t: typeof a | typeof b) => ({
  id: t.id, mrn: t.mrn, familyName: t.familyName, givenName: t.givenName, middleName: t.middleName, suffix: t.suffix, sex: t.sex, birthDate: t.birthDate, phone: t.phone, deceasedOn: t.deceasedOn, inactiveReason: t.inactiveReason,
})

/** Likeliest first, by the index; a pair of which the caller may not know both is left out before the limit. */
export const pairsPage = (db: ReadDb) =>
  db.select({ score: duplicatePairs.score, a: columnsOf(a), b: columnsOf(b) }).from(duplicatePairs)
    .innerJoin(a, eq(a.id, duplicatePairs.aId)).innerJoin(b, eq(b.id, duplicatePairs.bId))
    .where(and(
      sql`(${duplicatePairs.score}, ${duplicatePairs.aId}, ${duplicatePairs.bId}) < (${value('score')}, ${value('aId')}, ${value('bId')})`,
      isNull(a.mergedIntoId), isNull(b.mergedIntoId), mayKnow(a.id), mayKnow(b.id),
      notExists(db.select({ one: sql`1` }).from(duplicateDecisions).where(and(eq(duplicateDecisions.aId, duplicatePairs.aId), eq(duplicateDecisions.bId, duplicatePairs.bId)))),
    ))
    .orderBy(desc(duplicatePairs.score), desc(duplicatePairs.aId), desc(duplicatePairs.bId)).limit(value('limit'))

/** Whom an index puts beside one person: born the same day, of the same sounds, either way round, or with the same phone. Asked for nobody: see below. */
const CANDIDATES = 400
const candidatesSql = `select o.id, o.mrn, o.family_name as familyName, o.given_name as givenName, o.middle_name as middleName, o.suffix, o.sex, o.birth_date as birthDate, o.phone, o.deceased_on as deceasedOn, o.inactive_reason as inactiveReason
  from patients o where o.merged_into_id is null and o.id <> :id and o.id in (
    select id from patients where birth_date = :birthDate
    union select id from patients where family_sound = :familySound and given_sound = :givenSound
    union select id from patients where family_sound = :givenSound and given_sound = :familySound
    union select id from patients where phone_digits = :phoneDigits) limit ${CANDIDATES}`

const reads = prepared((db: ReadDb) => ({
  page: pairsPage(db).prepare(),
  queued: db.select().from(duplicateQueue).limit(value('limit')).prepare(),
  person: db.select({ ...columnsOf(a), familySound: a.familySound, givenSound: a.givenSound, phoneDigits: a.phoneDigits }).from(a).where(and(eq(a.id, value('id')), isNull(a.mergedIntoId))).prepare(),
  candidates: db.$client.prepare(candidatesSql),
  pairsOf: db.select({ aId: duplicatePairs.aId, bId: duplicatePairs.bId, score: duplicatePairs.score }).from(duplicatePairs).where(or(eq(duplicatePairs.aId, value('id')), eq(duplicatePairs.bId, value('id')))).prepare(),
}))

type Stored = Omit<KnownPerson, 'sex' | 'inactiveReason'> & { sex: string; inactiveReason: string | null }
export interface StoredPair { score: number; a: KnownPerson; b: KnownPerson }
const toPerson = (row: Stored): KnownPerson => row as KnownPerson // The CHECK on sex holds the model's constants.

/** Ahead of every score and every id. */
const FIRST: DuplicateCursor = { score: 1_000, aId: 'g', bId: 'g' }

export const pairsAfter = (db: ReadDb, { values }: Scope, after: DuplicateCursor | null, limit: number): StoredPair[] =>
  reads(db).page.all({ ...values, ...(after ?? FIRST), limit }).map((row) => ({ score: row.score, a: toPerson(row.a), b: toPerson(row.b) }))

// What the machine does by itself: it compares rows and tells nobody what is in them.

export const isAnybodyQueued = (db: ReadDb): boolean => reads(db).queued.get({ limit: 1 }) !== undefined

/** The next to be compared with the others. */
export function takeFromQueue(db: WriteDb, limit: number): Id[] {
  const next = reads(db).queued.all({ limit }).map((row) => row.patientId)
  for (const id of next) db.delete(duplicateQueue).where(eq(duplicateQueue.patientId, id)).run()
  return next
}

interface SoughtPerson extends KnownPerson { familySound: string; givenSound: string; phoneDigits: string | null }

/** Undefined for one who was merged or, where a command was taken back, is nobody any more. */
export const personById = (db: ReadDb, id: Id): SoughtPerson | undefined => reads(db).person.get({ id }) as SoughtPerson | undefined // As above.
export const candidatesOf = (db: ReadDb, { id, birthDate, familySound, givenSound, phoneDigits }: SoughtPerson): KnownPerson[] =>
  reads(db).candidates.all({ id, birthDate, familySound, givenSound, phoneDigits }) as KnownPerson[] // The columns of the select.

/** True where something is another way than before. */
export function replacePairs(db: WriteDb, id: Id, alike: readonly { otherId: Id; score: number }[]): boolean {
  const pairs = alike.map(({ otherId, score }) => (id < otherId ? { aId: id, bId: otherId, score } : { aId: otherId, bId: id, score }))
  const text = (all: readonly { aId: Id; bId: Id; score: number }[]): string => all.map(({ aId, bId, score }) => `${aId} ${bId} ${score}`).toSorted().join()
  const before = reads(db).pairsOf.all({ id })
  if (text(before) === text(pairs)) return false
  db.delete(duplicatePairs).where(or(eq(duplicatePairs.aId, id), eq(duplicatePairs.bId, id))).run()
  for (const pair of pairs) db.insert(duplicatePairs).values(pair).run()
  return true
}
