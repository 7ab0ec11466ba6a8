import type { ReactNode } from 'react'
import type { AllergyList, ChartPatient, CurrentVisit } from '#shared/domains/encounters/model.chart.ts'
import { useActor, useMay, useNow, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { bannerAllergies, bannerPatient, visitTagText } from './chart-banner.ts'
import { time } from './format.ts'
import { PatientBanner } from './PatientBanner.tsx'
import { usePicture } from './picture.ts'
import { StateTag } from './StateTag.tsx'

interface ChartBannerProps {
  patient: ChartPatient
  allergies: AllergyList
  visit: CurrentVisit | null
  /** Read through a break-glass that ends then: everyone who looks at the screen sees it. */
  glassUntil: string | null
  action?: ReactNode
}

/** The one patient banner of the chart screens, with the state of today's visit. */
export function ChartBanner({ patient, allergies, visit, glassUntil, action }: ChartBannerProps) {
  const now = useNow()
  const { staffId } = useActor()
  const zone = useZone()
  const mayPhoto = useMay('patient.history')
  const photo = useApiQuery('patients.photo', { patientId: patient.id }, { enabled: patient.hasPhoto && mayPhoto })
  const picture = usePicture(photo.data)
  const tag = visit && visitTagText(visit, now, visit.providerId === staffId)
  return (
    <PatientBanner
      patient={{ ...bannerPatient(patient), ...(picture ? { photo: picture } : {}) }}
      allergies={bannerAllergies(allergies)}
      state={visit && <StateTag state={visit.status}>{tag}</StateTag>}
      stateNote={visit?.reason}
      warning={glassUntil && `Opened in an emergency · closes ${time(glassUntil, zone)} · reviewed by a privacy officer`}
      action={action}
    />
  )
}
