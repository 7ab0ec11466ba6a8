import { access } from '#shared/domains/access/contract.ts'
import { patients } from '#shared/domains/patients/contract.ts'
import { scheduling } from '#shared/domains/scheduling/contract.ts'
import { staffName } from '#renderer/app/actor.tsx'
import type { FactsProps } from '#renderer/app/contribution.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { count, date, listName, mrn } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'

export function RestrictFacts({ input, said }: FactsProps) {
  const wanted = access.restrictPatient.input.safeParse(input).data
  const people = useApiQuery('access.listPeople', {})
  if (!people.data || !wanted) return <QueryState query={people} what="The people of the clinic" />
  const named = people.data.filter((one) => wanted.allowedUserIds.includes(one.userId))
  return (
    <FactList>
      <Fact label="Patient"><PatientName id={wanted.patientId} /></Fact>
      <Fact label="Found only by"><strong>{named.map((one) => staffName(one.staff)).join(', ')}</strong></Fact>
      {wanted.reason !== said && <Fact label="Because">{wanted.reason}</Fact>}
    </FactList>
  )
}

export function LiftFacts({ input }: { input: unknown }) {
  const wanted = access.unrestrictPatient.input.safeParse(input).data
  if (!wanted) return null
  return (
    <FactList>
      <Fact label="Patient"><PatientName id={wanted.patientId} /></Fact>
      <Fact label="What happens">The whole clinic finds this patient again.</Fact>
    </FactList>
  )
}

export function DiedFacts({ input }: { input: unknown }) {
  const wanted = patients.update.input.safeParse(input).data
  if (!wanted) return null
  const { deceasedOn, ...others } = wanted.changes
  return (
    <FactList>
      <Fact label="Patient"><PatientName id={wanted.id} /></Fact>
      <Fact label="Died">{deceasedOn ? date(deceasedOn) : 'Not: the date is taken back'}</Fact>
      {Object.keys(others).length > 0 && <Fact label="With it">{count(Object.keys(others).length, 'other change', 'other changes')}</Fact>}
    </FactList>
  )
}

export function DeathFacts({ input }: { input: unknown }) {
  const wanted = scheduling.recordDeath.input.safeParse(input).data
  if (!wanted) return null
  return (
    <FactList>
      <Fact label="Patient"><PatientName id={wanted.patientId} /></Fact>
      <Fact label="Died">{date(wanted.deceasedOn)}</Fact>
      <Fact label="What happens">Everything booked ahead is called off; nobody is called any more.</Fact>
    </FactList>
  )
}

export function ReversalFacts({ input, said }: FactsProps) {
  const wanted = scheduling.reverseDeath.input.safeParse(input).data
  if (!wanted) return null
  return (
    <FactList>
      <Fact label="Patient"><PatientName id={wanted.patientId} /></Fact>
      <Fact label="What happens">The patient has not died. What was called off comes back where the time is free.</Fact>
      {wanted.reason !== said && <Fact label="Because">{wanted.reason}</Fact>}
    </FactList>
  )
}

/** Whoever approves may be one of those who do not find the patient; then no name is shown, and none is needed to say no. */
function PatientName({ id }: { id: string }) {
  const { data, error } = useApiQuery('patients.get', { id })
  if (data) return <>{listName(data.patient)} <span className="code">MRN {mrn(data.patient.mrn)}</span></>
  return <>{error ? 'Restricted, and not shown to you. Ask whoever wants it who it is.' : ''}</>
}
