import { useQuery } from '@tanstack/react-query'
import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import { api } from '#renderer/rpc/api.ts'

/** The whole paper, part by part; forgotten with the screen that shows it. */
export function useDocumentBytes({ id, parts, isWhole }: Pick<PatientDocument, 'id' | 'parts' | 'isWhole'>) {
  return useQuery({
    queryKey: ['document', id], gcTime: 0, enabled: isWhole,
    queryFn: async () => {
      let bytes = ''
      for (let part = 0; part < parts; part += 1) bytes += atob((await api.patients.documentPart({ id, part })).data)
      return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))
    },
  })
}
