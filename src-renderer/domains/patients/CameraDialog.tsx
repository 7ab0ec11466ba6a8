import { useEffect, useRef, useState } from 'react'
import { bridge } from '#renderer/app/bridge.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { IconCamera } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Patient.module.css'

interface CameraDialogProps {
  title: string
  /** What is to be in the picture: "The front of the card". */
  hint: string
  onTaken: (picture: Blob) => void
  onClose: () => void
}

/** The camera's picture, and one shot of it. The shell lets this page have a camera only while this is open; there is no sound. */
export function CameraDialog({ title, ...shot }: CameraDialogProps) {
  return (
    <Dialog title={title} size={720} onClose={shot.onClose}>
      <Shot {...shot} />
    </Dialog>
  )
}

/** Inside the dialog, so that its Enter is the dialog's. */
function Shot({ hint, onTaken, onClose }: Omit<CameraDialogProps, 'title'>) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'asking' | 'on' | 'none'>('asking')
  useEffect(() => watch(video, setState), [])
  const take = () => {
    const shown = video.current
    if (!shown || state !== 'on') return
    const canvas = document.createElement('canvas')
    canvas.width = shown.videoWidth
    canvas.height = shown.videoHeight
    canvas.getContext('2d')?.drawImage(shown, 0, 0)
    canvas.toBlob((picture) => {
      if (picture) onTaken(picture)
      onClose()
    }, 'image/jpeg', 0.92)
  }
  useKeys([{ id: 'camera.take', keys: 'Enter', label: 'Take the picture', where: 'Camera', run: take, when: () => state === 'on' }])
  return (
    <>
      {state === 'none' && <Notice tone="warn" title="There is no picture.">No camera is connected to this computer, or another program has it. Choose a file instead.</Notice>}
      <video ref={video} className={styles['camera']} data-on={state === 'on' || undefined} muted playsInline aria-label={hint} />
      <div className={styles['dialogActs']}>
        <p className={styles['cameraHint']} role="status" tabIndex={-1} data-autofocus>{state === 'on' ? hint : state === 'asking' ? 'Waiting for the camera…' : ''}</p>
        <ActionButton onClick={onClose} keys="Esc">Leave it</ActionButton>
        <ActionButton variant="filled" keyId="camera.take" icon={<IconCamera size={16} stroke={1.7} />} disabledReason={state !== 'on' && 'There is no picture yet.'} reasonAt="hidden" onClick={take}>Take the picture</ActionButton>
      </div>
    </>
  )
}

/** The back of a tablet sees paper better; a computer has one camera anyway. */
const WISH: MediaStreamConstraints = { audio: false, video: { width: { ideal: 1_920 }, height: { ideal: 1_080 } } }

function watch(video: React.RefObject<HTMLVideoElement | null>, say: (state: 'on' | 'none') => void): () => void {
  let isCurrent = true
  let stream: MediaStream | undefined
  bridge()?.camera.open()
  const stop = (): void => stream?.getTracks().forEach((track) => track.stop())
  const begin = async (): Promise<void> => {
    stream = await navigator.mediaDevices.getUserMedia(WISH)
    if (!isCurrent || !video.current) return stop()
    video.current.srcObject = stream
    await video.current.play()
    if (isCurrent) say('on')
  }
  void Promise.resolve().then(begin).catch(() => isCurrent && say('none'))
  return () => {
    isCurrent = false
    stop()
    bridge()?.camera.close()
  }
}
