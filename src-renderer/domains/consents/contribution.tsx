import { lazy } from 'react'
import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconFileCheck } from '#renderer/ui/icons.ts'
import { ConsentResident } from './ConsentResident.tsx'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

export const consentsContribution: Contribution = {
  domain: 'consents',
  routes: [
    { path: paths.consentForms(), may: 'clinic.manage', page: async () => (await import('./ConsentFormsPage.tsx')).ConsentFormsPage },
    { path: '/print/consent/$consentId', fullWindow: true, may: 'patient.details', page: async () => (await import('./print/ConsentPrintPage.tsx')).ConsentPrintPage },
  ],
  commands: [{ id: 'consents.forms', label: 'Consent forms: what patients sign', icon: IconFileCheck, may: 'clinic.manage', run: ({ go }) => go(paths.consentForms()) }],
  PatientCard: lazy(async () => ({ default: (await import('./ConsentsCard.tsx')).ConsentsCard })),
  Resident: ConsentResident,
}
