import type { CodeSet, SearchCodesInput } from '#shared/domains/codes/contract.ts'
import { CodeSystem, CodeSystemSchema, type Code } from '#shared/domains/codes/model.ts'
import { dotted, icd10YearInForce, isOutdatedIcd10 } from '#shared/domains/codes/rules.ts'
import { codeSearch, ftsQuery, matchesWords } from '#shared/domains/codes/rules.search.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.ts'

/** How many of a person's own codes are looked through before the whole set is. */
const OWN_CODES = 200

/** The first page of answers: codes that begin so, then what this person uses, then the common ones, then all in the order of the set. */
export function searchCodes({ db, actor }: ReadContext, { system, text, billableOnly, limit }: SearchCodesInput): Code[] {
  const set = repository.setOf(db, system)
  if (!set) return []
  const span = repository.spanOf(set, system, billableOnly)
  const { words, codePrefix } = codeSearch(text)
  if (words.length === 0) return repository.mostUsedCodes(db, span, actor.userId, limit)
  const found = new Map<string, Code>()
  const add = (codes: readonly Code[]): void => {
    for (const code of codes) if (found.size < limit && !found.has(code.code)) found.set(code.code, code)
  }
  if (codePrefix !== undefined) add(repository.codesByPrefix(db, span, prefixIn(system, codePrefix), limit))
  if (found.size < limit) add(repository.mostUsedCodes(db, span, actor.userId, OWN_CODES).filter((code) => matchesWords(code.label, words)))
  if (found.size < limit) add(repository.codesByWords(db, span, ftsQuery(words), limit))
  return [...found.values()]
}

/** Codes are kept with their dot: 'E116' asks for what begins with 'E11.6'. */
function prefixIn(system: CodeSystem, plain: string): string {
  return system === CodeSystem.icd10cm ? dotted(plain) : plain
}

export function listSets({ db, now, zone }: ReadContext): CodeSet[] {
  const today = dateInZone(now, zone)
  return repository.listSets(db).map(({ generation: _generation, ...row }) => {
    const system = CodeSystemSchema.parse(row.system)
    return { ...row, system, outdatedBy: outdatedBy(system, row.edition, today) }
  })
}

function outdatedBy(system: CodeSystem, edition: string, today: PlainDate): string | null {
  return system === CodeSystem.icd10cm && isOutdatedIcd10(edition, today) ? icd10YearInForce(today) : null
}

/** A code of the set in use, for domains that record one. */
export function findCode({ db }: Pick<ReadContext, 'db'>, system: CodeSystem, code: string): Code | undefined {
  const set = repository.setOf(db, system)
  return set && repository.codeOf(db, { system, generation: set.generation }, code)
}

/** Somebody recorded this code: their next search puts it first. */
export function noteCodeUse({ db, actor, now }: WriteContext, system: CodeSystem, code: string): void {
  repository.noteUse(db, { system, code, userId: actor.userId, at: now })
}
