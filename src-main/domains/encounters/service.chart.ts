import type { ListObservationsInput } from '#shared/domains/encounters/contract.ts'
import type {
  Chart, ChartPatient, CurrentVisit, DayFact, DraftRow, ImmunizationRow, MeasuredObservation, NoteDetail, NoteRow, PageInput, ProcedureRow, ReportRow, Visit, VisitRow,
} from '#shared/domains/encounters/model.chart.ts'
import type { MedicationStatement, Observation, Problem } from '#shared/domains/encounters/model.ts'
import { vitalOf, type VitalKind, type VitalTrend } from '#shared/domains/encounters/model.vitals.ts'
import { visitOfToday, wasRecordedThen } from '#shared/domains/encounters/rules.ts'
import { dateInZone, dayBounds, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import * as lists from './repository.chart.ts'
import * as facts from './repository.facts.ts'
import * as repository from './repository.ts'
import { allergyListOf } from './service.facts.ts'

/** Points of a sparkline; blood pressure has a chart of its own and shows a year of visits. */
const TREND_POINTS = 8
const PRESSURE_POINTS = 24
const SUMMARY_ROWS = 8
/** Enough laboratory rows to find the newest of each of the tests that the card shows. */
const RESULTS_LOOKED_AT = 40

/** The whole summary in one round trip. What it costs does not depend on how much the patient has. */
export function openChart(context: ReadContext, patientId: string): Chart {
  const { db, actor } = context
  context.audit({ patientId, entityId: patientId })
  const patient = requirePatient(db, patientId)
  const { today, visit } = todayOf(context, patientId)
  const notes = lists.notesPage(db, lists.firstPage(patientId, SUMMARY_ROWS))
  const visits = lists.visitsPage(db, lists.firstPage(patientId, SUMMARY_ROWS))
  const { trends, by } = trendsOf(db, patientId)
  return {
    patient, today, visit,
    allergies: allergyListOf(db, patientId),
    problems: facts.activeProblems(db, patientId),
    medications: facts.currentMedications(db, patientId, today),
    vitals: trends,
    vitalsBy: by === null ? null : lists.staffNameOf(db, by),
    lastVisit: lastVisitOf(visits, notes),
    results: newestOfEach(lists.recentResults(db, patientId, RESULTS_LOOKED_AT)),
    notes: notes.filter((note) => note.status === 'signed'),
    visits,
    drafts: notes.filter((note) => note.status === 'draft' && note.author.id === actor.staffId),
  }
}

/** One visit with everything in it. Looking at it is looking at the chart. */
export function openVisit(context: ReadContext, encounterId: string): Visit {
  const { db } = context
  const encounter = repository.encounterById(db, encounterId)
  if (!encounter) throw refuse(CommonError.NOT_FOUND)
  context.audit({ patientId: encounter.patientId, entityId: encounter.patientId })
  const { today, visit } = todayOf(context, encounter.patientId)
  return {
    encounter, today,
    visit: visit?.encounterId === encounter.id ? visit : null,
    provider: encounter.providerId ? lists.providerName(db, encounter.providerId) : null,
    patient: requirePatient(db, encounter.patientId),
    allergies: allergyListOf(db, encounter.patientId),
    problems: facts.activeProblems(db, encounter.patientId),
    medications: facts.currentMedications(db, encounter.patientId, today),
    observations: lists.observationsOfVisit(db, encounter.id),
    diagnoses: repository.diagnosesOf(db, encounter.id),
    notes: lists.notesOfVisit(db, encounter.id).map((one) => noteDetail(db, one)),
  }
}

export function listNotes(context: ReadContext, input: PageInput): NoteRow[] {
  context.audit({ patientId: input.patientId })
  return lists.notesPage(context.db, lists.pageOf(input))
}

export function listObservations(context: ReadContext, input: ListObservationsInput): MeasuredObservation[] {
  context.audit({ patientId: input.patientId })
  const page = lists.pageOf(input)
  return input.code === null ? lists.observationsOfKind(context.db, page, input.category) : lists.observationsOfCode(context.db, page, input.code)
}

export function listVisits(context: ReadContext, input: PageInput): VisitRow[] {
  context.audit({ patientId: input.patientId })
  return lists.visitsPage(context.db, lists.pageOf(input))
}

export const listProblems = (context: ReadContext, patientId: string): Problem[] => facts.allProblems(lookedAt(context, patientId), patientId)
export const listMedications = (context: ReadContext, patientId: string): MedicationStatement[] => facts.allMedications(lookedAt(context, patientId), patientId)
export const listAllergies = (context: ReadContext, patientId: string) => allergyListOf(lookedAt(context, patientId), patientId)
export const listImmunizations = (context: ReadContext, input: PageInput): ImmunizationRow[] => lists.immunizationsPage(lookedAt(context, input.patientId), lists.pageOf(input))
export const listProcedures = (context: ReadContext, input: PageInput): ProcedureRow[] => lists.proceduresPage(lookedAt(context, input.patientId), lists.pageOf(input))

function lookedAt(context: ReadContext, patientId: string): ReadDb {
  context.audit({ patientId })
  return context.db
}

export function listReports(context: ReadContext, input: PageInput): ReportRow[] {
  const db = lookedAt(context, input.patientId)
  const reports = lists.reportsPage(db, lists.pageOf(input))
  const results = lists.resultsOf(db, reports.map((report) => report.id))
  return reports.map((report) => ({ ...report, results: results.filter((one) => one.reportId === report.id).map((one) => one.observation) }))
}

export function myDrafts(context: ReadContext): DraftRow[] {
  const drafts = lists.draftsOf(context.db, context.actor.userId)
  context.audit({ itemIds: [...new Set(drafts.map((draft) => draft.patient.id))] })
  return drafts
}

export function listDayFacts(context: ReadContext, date: PlainDate): DayFact[] {
  const { from, to } = dayBounds(date, context.zone)
  const found = lists.dayFacts(context.db, from, to)
  context.audit({ itemCount: found.length })
  return found
}

function requirePatient(db: ReadDb, patientId: string): ChartPatient {
  const patient = lists.chartPatient(db, patientId)
  if (!patient) throw refuse(CommonError.NOT_FOUND)
  return patient
}

interface Day { zone: string; today: PlainDate; from: Instant; to: Instant }

let lastDay: Day | undefined

/** The clinic's day around this moment. Asking the time zone's rules costs as much as half a chart, and a day is long. */
function dayOf({ now, zone }: Pick<ReadContext, 'now' | 'zone'>): Day {
  if (lastDay && lastDay.zone === zone && lastDay.from <= now && now < lastDay.to) return lastDay
  const today = dateInZone(now, zone)
  lastDay = { zone, today, ...dayBounds(today, zone) }
  return lastDay
}

function todayOf(context: ReadContext, patientId: string): { today: PlainDate; visit: CurrentVisit | null } {
  const { today, from, to } = dayOf(context)
  return { today, visit: visitOfToday(lists.appointmentsOfDay(context.db, patientId, from, to)) ?? null }
}

function trendsOf(db: ReadDb, patientId: string): { trends: VitalTrend[]; by: string | null } {
  let last: { at: string; recordedAt: string; recordedBy: string } | undefined
  const trends = [...lists.lastVitals(db, patientId, pointsOf)].flatMap(([kind, rows]): VitalTrend[] => {
    const newest = rows[0]
    if (newest && (!last || newest.at > last.at)) last = newest
    const points = rows.toReversed().flatMap((row) => {
      const value = vitalOf(row)?.value
      return value === undefined ? [] : [{ id: row.id, value, at: row.at, encounterId: row.encounterId }]
    })
    return points.length > 0 ? [{ kind, points }] : []
  })
  return { trends, by: last && wasRecordedThen(last.at, last.recordedAt) ? last.recordedBy : null }
}

const pointsOf = (kind: VitalKind): number => (kind === 'systolic' || kind === 'diastolic' ? PRESSURE_POINTS : TREND_POINTS)

/** The last visit that is over, with the note that was signed in it. */
function lastVisitOf(visits: readonly VisitRow[], notes: readonly NoteRow[]): Chart['lastVisit'] {
  const visit = visits.find((one) => one.status === 'finished')
  if (!visit) return null
  return { ...visit, note: notes.find((note) => note.encounterId === visit.id && note.status === 'signed') ?? null }
}

function newestOfEach(observations: readonly Observation[]): Observation[] {
  const seen = new Set<string>()
  return observations.filter(({ code, label }) => {
    const key = code || label
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }).slice(0, SUMMARY_ROWS)
}

function noteDetail(db: ReadDb, { note, author, signer }: lists.NoteWithNames): NoteDetail {
  const isSigned = note.status === 'signed'
  return { ...note, author, signer, addenda: isSigned ? lists.addendaOf(db, note.id) : [], copies: isSigned ? [] : repository.openCopies(db, note.id) }
}
