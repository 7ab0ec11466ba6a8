import { sql, type AnyColumn, type SQL } from 'drizzle-orm'

/**
 * The row rules as SQL, the one place where they stand. Each takes the column that names the patient and is put into the
 * WHERE of the statement itself; the values come with `scope.values`. `src-shared/access/rules.ts` says the same in
 * TypeScript, and tests/commands/access.rules.test.ts asks both the same questions.
 */

type Column = AnyColumn | SQL
const value = (name: string): SQL => sql`${sql.placeholder(name)}`

const isPatient = sql`${value('isPatient')} = 1`
/** A literal subquery that does not look at the row: SQLite runs it once for a statement. */
const mySelf = sql`(select s.patient_id from self_patients s where s.user_id = ${value('me')})`
/** Me and everyone whom I cover today. */
const myStaffIds = sql`(select ${value('myStaff')} union all select c.provider_id from cover_list c
  where c.by_staff_id = ${value('myStaff')} and c.until_on >= ${value('scopeToday')} and c.from_on <= ${value('scopeToday')} and c.removed_at is null)`
const myUserIds = sql`(select ${value('me')} union all select u.id from cover_list c join user_accounts u on u.staff_id = c.provider_id
  where c.by_staff_id = ${value('myStaff')} and c.until_on >= ${value('scopeToday')} and c.from_on <= ${value('scopeToday')} and c.removed_at is null)`

/** I have broken the glass over this patient and the hour is not over. */
export const hasBrokenGlass = (patientId: Column): SQL =>
  sql`exists (select 1 from break_glass g where g.user_id = ${value('me')} and g.patient_id = ${patientId} and g.ends_at > ${value('scopeNow')})`

/** When my live break-glass over this patient ends. */
export const glassEndsAt = (patientId: Column): SQL =>
  sql`(select max(g.ends_at) from break_glass g where g.user_id = ${value('me')} and g.patient_id = ${patientId} and g.ends_at > ${value('scopeNow')})`

/** Restricted, and I am not among those whom the restriction lets in: for me this patient is not there. */
const isKeptFromMe = (patientId: Column): SQL => sql`exists (select 1 from restricted_patients r where r.patient_id = ${patientId} and r.lifted_at is null
  and not exists (select 1 from restricted_allowed w where w.restriction_id = r.id and w.user_id = ${value('me')}))`

/** The patients of `isKeptFromMe` as a list, for statements that walk a full-text index and must leave them out before they count. */
export const numbersKeptFromMe = sql`(select p.mrn from restricted_patients r join patients p on p.id = r.patient_id where r.lifted_at is null
  and not exists (select 1 from restricted_allowed w where w.restriction_id = r.id and w.user_id = ${value('me')})
  and not exists (select 1 from break_glass g where g.user_id = ${value('me')} and g.patient_id = r.patient_id and g.ends_at > ${value('scopeNow')}))`

/** May I know that this patient exists. Staff: unless restricted. Patients: themselves. */
export const mayKnow = (patientId: Column): SQL =>
  sql`(case when ${isPatient} then ${patientId} in ${mySelf} else (not ${isKeptFromMe(patientId)} or ${hasBrokenGlass(patientId)}) end)`

/** Other people's time on the day stays visible as taken; to a patient it does not. */
export const maySeeSlot = (patientId: Column): SQL => sql`(not (${isPatient}) or ${patientId} in ${mySelf})`

const isOnCareTeam = (patientId: Column): SQL => sql`(${value('isClinician')} = 1 and (
  exists (select 1 from appointments a where a.patient_id = ${patientId} and a.starts_at >= ${value('seenFrom')} and a.starts_at < ${value('seenTo')}
    and a.status <> 'cancelled' and a.provider_id in ${myStaffIds})
  or exists (select 1 from care_team_members m where m.patient_id = ${patientId} and m.staff_id in ${myStaffIds}
    and m.ended_at is null and m.from_on <= ${value('scopeToday')} and (m.until_on is null or m.until_on >= ${value('scopeToday')}))
  or (${value('isNurse')} = 1 and exists (select 1 from appointments a where a.patient_id = ${patientId} and a.starts_at >= ${value('flowFrom')} and a.starts_at < ${value('flowTo')}
    and a.status <> 'cancelled'))
  or exists (select 1 from clinical_notes n where n.patient_id = ${patientId} and (n.author_id in ${myUserIds} or n.signed_by in ${myUserIds}))))`

/** May I read this patient's chart. */
export const mayReadChart = (patientId: Column): SQL => sql`(case when ${isPatient} then ${patientId} in ${mySelf}
  else (${hasBrokenGlass(patientId)} or (${isOnCareTeam(patientId)} and not ${isKeptFromMe(patientId)})) end)`

export const isMyself = (patientId: Column): SQL => sql`${patientId} in ${mySelf}`

interface NoteColumns { patientId: AnyColumn; authorId: AnyColumn; status: AnyColumn; sensitivity: AnyColumn }

/** May I know that this note exists. Patients: what is signed and no sensitive note. Staff without patients of their own (an administrator behind glass): no sensitive note. */
export const mayKnowNote = ({ authorId, status, sensitivity }: NoteColumns): SQL => sql`(case ${sensitivity}
  when 'normal' then (not (${isPatient}) or ${status} = 'signed')
  when 'sensitive' then (${authorId} = ${value('me')} or (not (${isPatient}) and ${value('isClinician')} = 1))
  else ${authorId} = ${value('me')} end)`

/** May I read its words. Nobody breaks the glass over a psychotherapy note. */
export const mayReadNote = ({ patientId, authorId, sensitivity }: NoteColumns): SQL => sql`(${sensitivity} = 'normal' or ${authorId} = ${value('me')}
  or (${sensitivity} = 'sensitive' and ${hasBrokenGlass(patientId)}))`

/** Patients see what was found in a visit once it is signed (released = signed and not held). */
export const isReleased = (encounterId: AnyColumn): SQL => sql`(not (${isPatient}) or ${encounterId} is null
  or exists (select 1 from encounters e where e.id = ${encounterId} and e.status = 'finished'))`
