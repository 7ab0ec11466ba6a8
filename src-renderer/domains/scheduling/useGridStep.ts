import { useState } from 'react'
import { keepPreference } from '#renderer/app/preferences.ts'

/** Minutes of one step of the grid; blocks are as high as their time, so a finer grid is a taller one. */
export const gridSteps = [5, 10, 15] as const
export type GridStep = (typeof gridSteps)[number]

const USUAL: GridStep = 15
const remembered = 'cairn.calendar.step'

/** Of this machine: a small screen and a clinic of ten-minute visits want another grid. */
export function useGridStep(): { step: GridStep; next: () => void } {
  const [step, setStep] = useState<GridStep>(() => gridSteps.find((one) => String(one) === localStorage.getItem(remembered)) ?? USUAL)
  return {
    step,
    next: () => {
      const other = gridSteps[(gridSteps.indexOf(step) + gridSteps.length - 1) % gridSteps.length] ?? USUAL
      setStep(other)
      keepPreference(remembered, other === USUAL ? '' : String(other))
    },
  }
}
