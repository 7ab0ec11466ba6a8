import { can } from '#shared/access/permissions.ts'
import type { ListCursor } from '#shared/domains/patients/contract.ts'
import type { Glance, PatientMatch, PatientRow } from '#shared/domains/patients/model.ts'
import { likenessOf } from '#shared/domains/patients/rules.duplicates.ts'
import { byRelevance, matchedBy, parseSearch } from '#shared/domains/patients/rules.search.ts'
import { soundOf } from '#shared/domains/patients/rules.sounds.ts'
import { foldedWords } from '#shared/kernel/fold.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { dateInZone, dayBounds, minuteOfDay, type PlainDate } from '#shared/kernel/time.ts'
import { fileIfKnown } from '#main/core/access/opened.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.finding.ts'

/** Whole names before beginnings of names, the very MRN before both. */
export function search(context: ReadContext, { text, limit }: { text: string; limit: number }): PatientMatch[] {
  const { db, scope, now, zone } = context
  const query = parseSearch(text, dateInZone(now, zone))
  if (query.begins === undefined) return shown(context, text, [])
  const found = new Map<string, PatientRow>()
  const add = (rows: readonly PatientRow[]): void => rows.forEach((row) => found.size < limit && found.set(row.id, row))
  const exact = query.mrn === undefined ? undefined : repository.rowByMrn(db, scope, query.mrn)
  if (exact) add([exact])
  if (query.whole) add(repository.hits(db, scope, query.whole, limit))
  if (found.size < limit) add(repository.hits(db, scope, query.begins, limit))
  return shown(context, text, byRelevance(query, [...found.values()])).map((row) => ({ ...row, matchedBy: matchedBy(query, row) }))
}

/** Who was shown for which words goes into the activity log: the words as hashes, the people as ids. */
function shown<T extends { id: Id }>(context: ReadContext, text: string, rows: T[]): T[] {
  context.audit({ terms: foldedWords(text), itemIds: rows.map((row) => row.id) })
  return rows
}

const SAME_SOUND_ROWS = 100
const CLOSEST_ROWS = 3

/** Each name part is tried as the family name, by its sound; the other parts and a date decide who comes first. */
export function closest(context: ReadContext, text: string): PatientRow[] {
  const { db, scope, now, zone } = context
  const query = parseSearch(text, dateInZone(now, zone))
  const ranked = query.names.flatMap((familyName) => {
    const givenName = query.names.find((name) => name !== familyName) ?? ''
    return repository.byFamilySound(db, scope, soundOf(familyName), SAME_SOUND_ROWS).map(({ middleName: _m, suffix: _s, ...row }) => {
      const wanted = { familyName, givenName, birthDate: query.dates[0] ?? null, sex: null, phone: null }
      const isBornThen = query.terms.some((term) => term.columns.includes('birth') && row.birthDate.replaceAll('-', '').startsWith(term.text))
      return { row, score: likenessOf(wanted, row).score + (isBornThen ? 30 : 0) + (row.familyName.toLowerCase().startsWith(familyName.slice(0, 3)) ? 5 : 0) }
    })
  })
  return shown(context, text, ranked.toSorted((a, b) => b.score - a.score).slice(0, CLOSEST_ROWS).map(({ row }) => row))
}

export function list(context: ReadContext, { after, limit }: { after: ListCursor | null; limit: number }): { rows: PatientRow[]; next: ListCursor | null } {
  const page = repository.pageAfter(context.db, context.scope, after, limit)
  context.audit({ terms: after ? [after.id] : [], itemIds: page.rows.map((row) => row.id) })
  return page
}

export function glance(context: ReadContext, ids: readonly Id[]): { on: PlainDate; patients: Glance[] } {
  const { db, actor, now, zone } = context
  const on = dateInZone(now, zone)
  const nothing = (id: Id): Glance => ({ id, insurance: null, lastSeenOn: null, today: null })
  if (!can(actor, 'patient.details')) return { on, patients: ids.map(nothing) }
  const day = dayBounds(on, zone)
  return {
    on,
    patients: ids.map((id) => {
      const file = fileIfKnown(context, id)
      if (!file) return nothing(id)
      const seenAt = repository.lastSeenAt(db, file, now)
      const visit = repository.openVisitBetween(db, file, day)
      return {
        id, insurance: repository.firstPayer(db, file), lastSeenOn: seenAt && dateInZone(seenAt, zone),
        today: visit ? { minute: minuteOfDay(visit.startsAt, zone), roomName: visit.roomName } : null,
      }
    }),
  }
}
