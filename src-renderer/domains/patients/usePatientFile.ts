import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { usePicture } from '#renderer/ui/picture.ts'

/** The patient's file and photo, live. */
export function usePatientFile(patientId: string) {
  const mayPhoto = useMay('patient.history')
  const file = useApiQuery('patients.get', { id: patientId })
  const hasPhoto = file.data?.photoTakenAt != null
  const photo = useApiQuery('patients.photo', { patientId }, { enabled: mayPhoto && hasPhoto })
  return { file, photo: usePicture(hasPhoto ? photo.data : undefined) }
}
