import { FileButton } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { IconCamera, IconUpload } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Refusal } from '#shared/rpc/errors.ts'
import { CameraDialog } from './CameraDialog.tsx'
import styles from './Patient.module.css'
import { smallPhoto } from './photo.ts'

/** A face beside the name keeps two namesakes apart. */
export function PhotoCard({ patientId, photo }: { patientId: string; photo: string | undefined }) {
  const set = useCommand('patients.setPhoto')
  const remove = useCommand('patients.removePhoto')
  const [problem, setProblem] = useState<string>()
  const [isFilming, setFilming] = useState(false)
  const choose = async (file: Blob | null) => {
    if (!file) return
    setProblem(undefined)
    try {
      await set.run({ patientId, data: await smallPhoto(file) })
    } catch (error) {
      setProblem(errorText(error instanceof Refusal ? error : new Refusal('PHOTO_NOT_READABLE')))
    }
  }
  return (
    <Card title="Photo">
      <div className={styles['photo']}>
        {photo && <img src={photo} alt="The patient" width={72} height={72} />}
        <ActionButton icon={<IconCamera size={16} stroke={1.7} />} onClick={() => setFilming(true)}>Take a photo</ActionButton>
        <FileButton onChange={(file) => void choose(file)} accept="image/jpeg,image/png">
          {({ onClick }) => (
            <ActionButton icon={<IconUpload size={16} stroke={1.7} />} running={set.isRunning} onClick={onClick}>
              {photo ? 'Choose another picture' : 'Choose a picture'}
            </ActionButton>
          )}
        </FileButton>
        {photo && (
          <ActionButton variant="subtle" running={remove.isRunning} onClick={() => void remove.run({ patientId })}>
            Remove photo
          </ActionButton>
        )}
      </div>
      {isFilming && <CameraDialog title="Photo of the patient" hint="The face, from the front" onTaken={(picture) => void choose(picture)} onClose={() => setFilming(false)} />}
      {problem && <Notice tone="bad" title="Not kept.">{problem}</Notice>}
    </Card>
  )
}
