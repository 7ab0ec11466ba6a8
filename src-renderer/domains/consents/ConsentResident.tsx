import { lazy, Suspense } from 'react'
import { useAskedConsent } from '#renderer/app/asked.ts'

const ConsentDialog = lazy(async () => ({ default: (await import('./ConsentDialog.tsx')).ConsentDialog }))

/** The dialog in which a patient signs, wherever it is asked for. */
export function ConsentResident() {
  const asked = useAskedConsent()
  return asked === undefined ? null : <Suspense fallback={null}><ConsentDialog key={asked.patientId} {...asked} /></Suspense>
}
