import * as z from 'zod'
import type { Id } from '../../../kernel/ids.ts'
import { mappedTypes, SkipReason } from '../model.ts'
import type { ImportRows, Mapped, MappedType, Skipped } from '../model.ts'
import { mapAllergy } from './allergy.ts'
import { mapCondition } from './condition.ts'
import { mapEncounter } from './encounter.ts'
import { mapImmunization } from './immunization.ts'
import { mappingFor } from './mapper.ts'
import type { Mapping, Outcome } from './mapper.ts'
import { mapMedication } from './medication.ts'
import { mapObservation } from './observation.ts'
import { mapPatient } from './patient.ts'
import { mapProcedure } from './procedure.ts'
import { AnyResource, referencesOf, rowId } from './references.ts'
import type { Entry, MappingContext } from './references.ts'
import { mapReport } from './report.ts'
import { noRows, type MutableRows } from '../rules.units.ts'

const Bundle = z.looseObject({ resourceType: z.literal('Bundle'), entry: z.array(z.unknown()).optional() })
const BundleEntry = z.looseObject({ fullUrl: z.string().max(2_000).optional(), resource: z.unknown() })

const mappers: { readonly [T in MappedType]: (resource: unknown, mapping: Mapping) => Outcome<ImportRows[T][number]> } = {
  Patient: mapPatient,
  Encounter: mapEncounter,
  Condition: mapCondition,
  AllergyIntolerance: mapAllergy,
  MedicationRequest: mapMedication,
  Observation: mapObservation,
  Immunization: mapImmunization,
  Procedure: mapProcedure,
  DiagnosticReport: mapReport,
}

/** Others point to these; their names are read where they are pointed to. */
const NAMES: readonly string[] = ['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication']

/**
 * What Cairn takes of one line: a Bundle of any type, or a single resource as bulk exports write
 * them. The same input gives the same rows with the same ids, whenever and wherever it is read.
 */
export function mapBundle(json: unknown, context: MappingContext): Mapped {
  const { entries, broken } = entriesOf(json)
  const collector = newCollector()
  collector.skipped.push(...broken)
  const references = referencesOf(entries, context.source)
  for (const type of mappedTypes) {
    for (const entry of entries) {
      if (entry.resource.resourceType !== type) continue
      const identity = references.identity(entry)
      if (identity === undefined) {
        collector.skipped.push(skippedEntry(entry, SkipReason.noId))
        continue
      }
      take(collector, entry, type, rowId(context, type, identity), mappingFor(context, references, entry, type, identity))
    }
  }
  for (const entry of entries) {
    if (isMapped(entry.resource.resourceType)) continue
    const reason = NAMES.includes(entry.resource.resourceType) ? SkipReason.nameOnly : SkipReason.notMappedYet
    collector.skipped.push(skippedEntry(entry, reason))
  }
  return { rows: joined(collector), skipped: collector.skipped }
}

function entriesOf(json: unknown): { entries: Entry[]; broken: Skipped[] } {
  const bundle = Bundle.safeParse(json)
  const raw: unknown[] = bundle.success ? (bundle.data.entry ?? []) : [{ resource: json }]
  const entries: Entry[] = []
  const broken: Skipped[] = []
  for (const [index, one] of raw.entries()) {
    const entry = BundleEntry.safeParse(one)
    const resource = AnyResource.safeParse(entry.data?.resource)
    if (resource.success) entries.push({ fullUrl: entry.data?.fullUrl, resource: resource.data })
    else broken.push({ resourceType: '', id: '', reason: SkipReason.invalid, path: bundle.success ? `entry.${index}` : 'resourceType' })
  }
  return { entries, broken }
}

type Collector = {
  readonly rows: MutableRows
  readonly skipped: Skipped[]
  readonly seen: Set<Id>
  /** Ids that resources of this line would have had; what points to them must not point to nothing. */
  readonly refused: Set<Id>
  /** Rows of an observation with parts, by the id that it would have had as a whole. */
  readonly parts: Map<Id, readonly Id[]>
}

function newCollector(): Collector {
  return { rows: noRows(), skipped: [], seen: new Set(), refused: new Set(), parts: new Map() }
}

function take<T extends MappedType>(collector: Collector, entry: Entry, type: T, id: Id, mapping: Mapping): void {
  if (collector.seen.has(id)) {
    collector.skipped.push(skippedEntry(entry, SkipReason.repeated))
    return
  }
  collector.seen.add(id)
  const outcome = mappers[type](entry.resource, mapping)
  if (!('rows' in outcome)) return leave(collector, entry, id, outcome.reason, outcome.path)
  const patientId = outcome.rows.map((row) => ('patientId' in row ? row.patientId : undefined)).find((one) => one !== undefined)
  if (patientId !== undefined && collector.refused.has(patientId)) return leave(collector, entry, id, SkipReason.patientSkipped)
  collector.rows[type].push(...outcome.rows)
  if (outcome.rows.length !== 1 || outcome.rows[0]?.id !== id) collector.parts.set(id, outcome.rows.map((row) => row.id))
}

function leave(collector: Collector, entry: Entry, id: Id, reason: SkipReason, path?: string): void {
  collector.refused.add(id)
  collector.skipped.push(skippedEntry(entry, reason, path))
}

/** Visits that were not taken are no longer pointed to, and reports point to the rows that there are. */
function joined({ rows, refused, parts }: Collector): ImportRows {
  const visit = <R extends { readonly encounterId: Id | null }>(row: R): R => (row.encounterId !== null && refused.has(row.encounterId) ? { ...row, encounterId: null } : row)
  const results = (ids: readonly Id[]): Id[] => [...new Set(ids.flatMap((id) => parts.get(id) ?? (refused.has(id) ? [] : [id])))]
  return {
    ...rows,
    Observation: rows.Observation.map(visit),
    Procedure: rows.Procedure.map(visit),
    DiagnosticReport: rows.DiagnosticReport.map((row) => ({ ...visit(row), resultIds: results(row.resultIds) })),
  }
}

function skippedEntry(entry: Entry, reason: SkipReason, path?: string): Skipped {
  const { resourceType, id = '' } = entry.resource
  return { resourceType, id: id.slice(0, 64), reason, ...(path === undefined ? {} : { path }) }
}

function isMapped(type: string): type is MappedType {
  return mappedTypes.some((one) => one === type)
}
