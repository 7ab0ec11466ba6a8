import type { BilledPatient } from '#shared/domains/billing/model.views.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { PrintParties, PrintParty } from '#renderer/app/print/parts.tsx'
import { age, bannerName, born, mrn, sexWord } from '#renderer/ui/format.ts'

export function Parties({ patient, now, zone }: { patient: BilledPatient; now: Instant; zone: string }) {
  return (
    <PrintParties>
      <PrintParty label="Patient">
        <strong>{bannerName(patient)}</strong>
        <span>
          {born(patient.birthDate)} · {age(patient.birthDate, dateInZone(now, zone))} · {sexWord(patient.sex)}
        </span>
        <span>MRN <span className="code">{mrn(patient.mrn)}</span></span>
      </PrintParty>
      <PrintParty label="Responsible party">
        <strong>{patient.responsible.name}</strong>
        {patient.addressLines.map((line) => <span key={line}>{line}</span>)}
      </PrintParty>
    </PrintParties>
  )
}
