import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { usePicture } from '#renderer/ui/picture.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import styles from './Patient.module.css'

/** A paper to look at, to be called otherwise, or to be taken away with a reason. */
export function DocumentDialog({ document, onClose }: { document: PatientDocument; onClose: () => void }) {
  const mayWrite = useMay('patient.write')
  const rename = useCommand('patients.renameDocument')
  const remove = useCommand('patients.markDocumentInError')
  const [title, setTitle] = useState(document.title)
  const [reason, setReason] = useState('')
  const refusal = rename.refusal ?? remove.refusal
  const isPicture = document.mime !== 'application/pdf'
  return (
    <Dialog title={document.title} size={860} onClose={onClose}>
      {refusal && <Notice tone="bad" title="Not saved.">{errorText(refusal)}</Notice>}
      {isPicture && document.isWhole && <Picture document={document} />}
      {!isPicture && <Notice tone="info" title="A PDF is kept, and not drawn here.">This window runs no viewer for PDF files, because such a file can carry a program. It is kept encrypted, to the bit, with its check sum.</Notice>}
      {!document.isWhole && <Notice tone="warn" title="Not all of it is here yet.">The rest is on its way from the machine where it was added.</Notice>}
      {mayWrite && (
        <div className={styles['documentActs']}>
          <TextField label="Called" maxLength={80} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          <ActionButton running={rename.isRunning} disabledReason={title.trim() === '' && 'The name is missing.'} reasonAt="hidden" onClick={() => void rename.run({ id: document.id, title }).then(onClose, () => undefined)}>Rename</ActionButton>
          <TextField label={optional('Why it is wrong here')} maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          <ActionButton running={remove.isRunning} disabledReason={reason.trim() === '' && 'Say why first.'} reasonAt="hidden" onClick={() => void remove.run({ id: document.id, reason }).then(onClose, () => undefined)}>Entered in error</ActionButton>
        </div>
      )}
    </Dialog>
  )
}

function Picture({ document: { id, mime, parts, title } }: { document: PatientDocument }) {
  const whole = useQuery({ queryKey: ['document', id], gcTime: 0, queryFn: async () => {
    let bytes = ''
    for (let part = 0; part < parts; part += 1) bytes += atob((await api.patients.documentPart({ id, part })).data)
    return { mime, data: btoa(bytes) }
  } })
  const address = usePicture(whole.data)
  return (
    <>
      <QueryState query={whole} what="The paper" />
      {address && <img className={styles['paper']} src={address} alt={title} />}
    </>
  )
}
