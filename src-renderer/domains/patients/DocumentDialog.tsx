import { useMemo, useState } from 'react'
import type { PatientDocument } from '#shared/domains/patients/model.documents.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { bridge } from '#renderer/app/bridge.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { IconDownload, IconPrinter } from '#renderer/ui/icons.ts'
import { usePicture } from '#renderer/ui/picture.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { base64 } from './document-file.ts'
import { PdfView } from './paper/PdfView.tsx'
import { useDocumentBytes } from './paper/useDocumentBytes.ts'
import styles from './Patient.module.css'

/** A paper to look at, to be printed, saved or called otherwise, or to be taken away with a reason. */
export function DocumentDialog({ document, onClose }: { document: PatientDocument; onClose: () => void }) {
  const mayWrite = useMay('patient.write')
  const rename = useCommand('patients.renameDocument')
  const remove = useCommand('patients.markDocumentInError')
  const [title, setTitle] = useState(document.title)
  const [reason, setReason] = useState('')
  const refusal = rename.refusal ?? remove.refusal
  const bytes = useDocumentBytes(document)
  return (
    <Dialog title={document.title} size={860} onClose={onClose}>
      {refusal && <Notice tone="bad" title="Not saved.">{errorText(refusal)}</Notice>}
      {document.isWhole && <QueryState query={bytes} what="The paper" />}
      {bytes.data && (document.mime === 'application/pdf' ? <PdfView bytes={bytes.data} title={document.title} /> : <Picture bytes={bytes.data} document={document} />)}
      {!document.isWhole && <Notice tone="warn" title="Not all of it is here yet.">The rest is on its way from the machine where it was added.</Notice>}
      {document.isWhole && <TakeOut document={document} />}
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

/** On paper, or into a folder of the person's choice; either is written down as having left the clinic. */
function TakeOut({ document }: { document: PatientDocument }) {
  const go = useGo()
  const save = useCommand('patients.saveDocument')
  const [id] = useState(newId)
  const saveTo = async () => {
    const folder = await bridge()?.files.chooseFolder()
    if (folder === undefined) return
    await save.run({ id, documentId: document.id, folder }).then(({ name }) => showToast({ text: 'Saved as', strong: name, icon: IconDownload }), () => undefined)
  }
  return (
    <>
      {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
      <div className={styles['documentOut']}>
        <ActionButton icon={<IconPrinter size={16} stroke={1.7} />} onClick={() => go(paths.printDocument(document.patientId, document.id))}>Print</ActionButton>
        <ActionButton icon={<IconDownload size={16} stroke={1.7} />} running={save.isRunning} onClick={() => void saveTo()}>Save to a folder…</ActionButton>
      </div>
    </>
  )
}

function Picture({ bytes, document: { mime, title } }: { bytes: Uint8Array; document: PatientDocument }) {
  const picture = useMemo(() => ({ mime, data: base64(bytes) }), [mime, bytes])
  const address = usePicture(picture)
  return address ? <img className={styles['paper']} src={address} alt={title} /> : null
}
