import { useState } from 'react'
import type { FamilyMember } from '#shared/domains/patients/model.family.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { lacksGuarantor } from '#shared/domains/patients/rules.family.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ageSex, listName, nearDate, phone as phoneText, time } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { AddRelativeDialog } from './AddRelativeDialog.tsx'
import { GuarantorDialog } from './GuarantorDialog.tsx'
import styles from './Patient.module.css'
import { relationWords } from './words.family.ts'

/** Relatives, and everybody whose bills the same party answers for; who may not be known is not in it. */
export function FamilyCard({ patient }: { patient: Patient }) {
  const today = useToday()
  const go = useGo()
  const mayWrite = useMay('patient.write')
  const mayAccount = useMay('account.read')
  const family = useApiQuery('patients.family', { patientId: patient.id })
  const [asking, setAsking] = useState<'relative' | 'guarantor'>()
  const data = family.data
  const payer = data?.guarantor
  return (
    <Card
      title="Family" flush
      aside={mayWrite && data && (
        <>
          <ActionButton variant="subtle" size="compact-xs" onClick={() => setAsking('guarantor')}>Move the account to…</ActionButton>
          <ActionButton variant="subtle" size="compact-xs" onClick={() => setAsking('relative')}>Add relative</ActionButton>
        </>
      )}
    >
      <QueryState query={family} what="The family" />
      {data && (
        <>
          <div className={styles['row']}>
            <div className={styles['rowText']}>
              <b>{payer ? (payer.patient ? listName(payer.patient) : payer.person?.name) : 'Answers for their own bills'}</b>
              <span>{payer ? ['Responsible party', payer.person ? 'not a patient here' : undefined, payer.person?.phone && phoneText(payer.person.phone)].filter(Boolean).join(' · ') : 'Responsible party'}</span>
            </div>
            {lacksGuarantor(data, patient.birthDate, today) && <Tag tone="warn">Minor without a responsible party</Tag>}
            {data.isUnclear && <Tag tone="warn">Two are named since a merge: say which</Tag>}
            {mayAccount && <ActionButton variant="subtle" size="compact-xs" onClick={() => go(paths.account(patient.id))}>Account</ActionButton>}
          </div>
          {data.members.length > 0 && <ul className={styles['rows']} aria-label="Family">{data.members.map((member) => <Member key={member.patient.id} of={patient} member={member} mayWrite={mayWrite} />)}</ul>}
          {asking === 'relative' && <AddRelativeDialog patient={patient} onClose={() => setAsking(undefined)} />}
          {asking === 'guarantor' && <GuarantorDialog patient={patient} family={data} onClose={() => setAsking(undefined)} />}
        </>
      )}
    </Card>
  )
}

function Member({ of, member, mayWrite }: { of: Patient; member: FamilyMember; mayWrite: boolean }) {
  const { patient, kind, relationId, isGuarantor, isSharingGuarantor, nextVisitAt } = member
  const today = useToday()
  const zone = useZone()
  const go = useGo()
  const unlink = useCommand('patients.unlinkRelative')
  const link = useCommand('patients.linkRelative')
  const takeOff = () => relationId !== null && kind !== null && void unlink.run({ id: relationId, patientId: of.id }).then(() => {
    showToast({ text: 'Link taken away:', strong: listName(patient), undo: () => link.run({ id: newId(), patientId: of.id, relativeId: patient.id, kind }) })
  }, () => undefined)
  return (
    <li className={styles['row']}>
      <button type="button" className={styles['rowLink']} onClick={() => go(paths.patient(patient.id))}>
        <span className={styles['rowText']}>
          <b>{listName(patient)} <span className={styles['plain']}>{ageSex(patient.birthDate, patient.sex, today)}</span></b>
          <span>{[kind ? relationWords[kind] : 'Same responsible party', nextVisitAt ? `next visit ${nearDate(dateInZone(nextVisitAt, zone), today)} ${time(nextVisitAt, zone)}` : 'no visit ahead'].join(' · ')}</span>
        </span>
      </button>
      {unlink.refusal && <Notice tone="bad">{errorText(unlink.refusal)}</Notice>}
      {patient.deceasedOn && <Tag tone="bad">Deceased</Tag>}
      {patient.inactiveReason && <Tag>Inactive</Tag>}
      {isGuarantor ? <Tag tone="info">Pays</Tag> : isSharingGuarantor && <Tag>Same account</Tag>}
      {mayWrite && relationId !== null && <ActionButton variant="subtle" size="compact-xs" aria-label={`Take the link to ${listName(patient)} away`} running={unlink.isRunning} onClick={takeOff}>Remove</ActionButton>}
    </li>
  )
}
