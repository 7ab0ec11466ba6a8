import { type PointerEvent, useRef, useState } from 'react'
import { extend, pathOf, pointOn, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, type Stroke, writeStrokes } from '#shared/domains/consents/rules.signature.ts'
import { limits } from '#shared/kernel/limits.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import styles from './Consents.module.css'

interface SignaturePadProps {
  strokes: readonly Stroke[]
  onChange: (strokes: readonly Stroke[]) => void
  /** Who signs. */
  name: string
}

/** Room for the signature of somebody with a pen, a mouse or a finger. What is kept are the strokes. */
export function SignaturePad({ strokes, onChange, name }: SignaturePadProps) {
  const [drawing, setDrawing] = useState<Stroke>()
  const pointer = useRef<number>(undefined)
  const at = (event: { clientX: number; clientY: number }, field: Element) => pointOn(field.getBoundingClientRect(), event.clientX, event.clientY)
  const isFull = writeStrokes(strokes).length > limits.signature_chars - FULL_MARGIN

  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (pointer.current !== undefined || isFull || event.button !== 0) return
    pointer.current = event.pointerId
    event.currentTarget.setPointerCapture?.(event.pointerId)
    setDrawing([at(event, event.currentTarget)])
  }
  const draw = (event: PointerEvent<SVGSVGElement>) => {
    if (event.pointerId !== pointer.current || !drawing) return
    // A quick hand makes several points between two frames.
    const seen = event.nativeEvent.getCoalescedEvents?.() ?? []
    const points = (seen.length > 0 ? seen : [event.nativeEvent]).map((one) => at(one, event.currentTarget))
    setDrawing(drawing.length > STROKE_POINTS_MAX ? drawing : points.reduce(extend, drawing))
  }
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (event.pointerId !== pointer.current) return
    pointer.current = undefined
    if (drawing) onChange([...strokes, drawing])
    setDrawing(undefined)
  }
  const isEmpty = strokes.length === 0 && !drawing
  return (
    <div className={styles['pad']}>
      <svg
        viewBox={`0 0 ${SIGNATURE_WIDTH} ${SIGNATURE_HEIGHT}`} role="img" aria-label={isEmpty ? `Signature of ${name}, empty` : `Signature of ${name}`} data-signature
        onPointerDown={begin} onPointerMove={draw} onPointerUp={end} onPointerCancel={end}
      >
        <path className={styles['padLine']} d={`M40 ${SIGNATURE_HEIGHT - 40}H${SIGNATURE_WIDTH - 40}`} />
        <path className={styles['ink']} d={pathOf(drawing ? [...strokes, drawing] : strokes)} />
      </svg>
      <div className={styles['padFoot']}>
        <span>{isEmpty ? `${name} signs here` : name}</span>
        <ActionButton variant="subtle" size="compact-xs" disabledReason={isEmpty && 'Nothing is drawn yet'} reasonAt="hidden" onClick={() => onChange([])}>Clear</ActionButton>
      </div>
    </div>
  )
}

/** One stroke of this many points takes at most half the room. */
const STROKE_POINTS_MAX = 700
const FULL_MARGIN = 6_000

/** A signature as it is on record. */
export function SignatureDrawing({ strokes, name }: { strokes: readonly Stroke[]; name: string }) {
  return (
    <svg className={styles['drawing']} viewBox={`0 0 ${SIGNATURE_WIDTH} ${SIGNATURE_HEIGHT}`} role="img" aria-label={`Signature of ${name}`}>
      <path className={styles['ink']} d={pathOf(strokes)} />
    </svg>
  )
}
