import { Navigate } from '@tanstack/react-router'
import { useMay } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'

/** "Open this patient" means the chart to those who treat and the file to everybody else. */
export function OpenPatientPage() {
  const patientId = useRouteParam('patientId')
  const mayChart = useMay('chart.read')
  return <Navigate to={mayChart ? paths.chart(patientId) : paths.patient(patientId)} replace />
}
