import { type DragEvent, type RefObject, useState } from 'react'
import type { PickedFile } from '#renderer/app/attention/file-work.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { ActionButton } from './ActionButton.tsx'
import { IconFileImport, IconUpload } from './icons.ts'
import styles from './FilePick.module.css'

interface FilePickProps {
  /** Button: "Choose FHIR file". */
  label: string
  /** What kind of file, in a sentence. */
  hint: string
  /** Endings the dialog offers first: ".json,.ndjson". */
  accept: string
  /** Id of the registered key that opens the dialog. */
  keyId?: string
  chosen?: PickedFile | undefined
  isBusy?: boolean
  /** The screen has a more likely next step than choosing a file. */
  isQuiet?: boolean
  onPick: (file: PickedFile) => void
  /** The input itself: a key of the screen clicks it to open the dialog. */
  input: RefObject<HTMLInputElement | null>
}

/** A place for one file: choose it or drop it. Only where it lies is handed on; the core reads it itself. */
export function FilePick({ label, hint, accept, keyId, chosen, isBusy = false, isQuiet = chosen !== undefined, onPick, input }: FilePickProps) {
  const [isOver, setOver] = useState(false)
  const files = bridge()?.files
  const take = (file: File | undefined | null) => {
    const path = file && files?.pathOf(file)
    if (file && path && !isBusy) onPick({ name: file.name, path })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div
      className={styles['place']} data-over={isOver} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
    >
      <IconFileImport size={22} stroke={1.6} aria-hidden />
      <div className={styles['words']}>
        {chosen && <strong>{chosen.name}</strong>}
        {hint}
      </div>
      <div className={styles['act']}>
        <ActionButton
          variant={isQuiet ? 'default' : 'filled'} icon={<IconUpload size={16} stroke={1.8} />} running={isBusy} onClick={() => input.current?.click()}
          {...(keyId ? { keyId } : {})} disabledReason={files ? undefined : 'Files are chosen in Cairn’s own window.'} reasonAt="left"
        >
          {chosen ? 'Choose another' : label}
        </ActionButton>
        <input
          ref={input} type="file" accept={accept} hidden aria-label={label}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = '' // The same file can be chosen again after it was changed.
          }}
        />
      </div>
    </div>
  )
}
