import { chainColumns, type Cell } from '#main/core/audit/chain.ts'
import { prepared } from '#main/core/db/statements.ts'
import type { ReadDb } from '#main/core/db/types.ts'
import type { Bounds, EventQuery } from './repository.ts'

export interface ExportRow {
  seq: number
  /** The cells as the chain covers them. */
  cells: Cell[]
  /** The mac of the row before it, so that a row can be checked although its neighbours were not asked for. */
  prev: string | null
  mac: string | null
  person: string | null
  patient: string | null
  mrn: number | null
}

interface Given extends Omit<EventQuery, 'outcome'> {
  outcome: string | null
  after: number
  before: number
  limit: number
}

const wanted = [
  '(:patientId is null or e.patient_id = :patientId)', '(:actorId is null or e.actor_id = :actorId)', '(:action is null or e.action = :action)',
  '(:outcome is null or e.outcome = :outcome)', '(:from is null or e.at >= :from)', '(:to is null or e.at < :to)', '(:term is null or instr(e.terms, :term) > 0)',
].join(' and ')

const reads = prepared((db: ReadDb) => ({
  /** The cells of a row in the order of the chain, which Drizzle would give by name. */
  page: db.$client.prepare<Given>(`
    select ${chainColumns.map((name) => `e.${name}`).join(', ')}, (select hex(p.mac) from audit_events p where p.seq = e.seq - 1), hex(e.mac),
      s.given_name || ' ' || s.family_name, pt.family_name || ', ' || pt.given_name, pt.mrn
    from audit_events e
    left join user_accounts u on u.id = e.actor_id left join staff_members s on s.id = u.staff_id
    left join patients pt on pt.id = e.patient_id
    where e.seq > :after and e.seq < :before and ${wanted} order by e.seq limit :limit`).raw(),
}))

/** Oldest first, as the chain goes. */
export function exportRows(db: ReadDb, query: EventQuery, { before }: Bounds, after: number, limit: number): ExportRow[] {
  return (reads(db).page.all({ ...query, after, before, limit }) as Cell[][]).map((values) => { // The columns asked for.
    const [prev, mac, person, patient, mrn] = values.splice(chainColumns.length)
    return {
      seq: Number(values[0]), cells: values, prev: lower(prev), mac: lower(mac),
      person: text(person), patient: text(patient), mrn: typeof mrn === 'number' ? mrn : null,
    }
  })
}


const text = (value: Cell | undefined): string | null => (typeof value === 'string' ? value : null)
const lower = (value: Cell | undefined): string | null => (typeof value === 'string' && value !== '' ? value.toLowerCase() : null)
