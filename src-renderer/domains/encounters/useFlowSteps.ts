import { useState } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { IconDoor, IconStethoscope } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

/** The steps of the board, each with its way back. */
export function useFlowSteps() {
  const [isRunning, setRunning] = useState(false)
  const [refused, setRefused] = useState<string>()
  const take = (step: () => Promise<void>) => {
    if (isRunning) return
    setRunning(true)
    setRefused(undefined)
    step().catch((error: unknown) => setRefused(errorText(error))).finally(() => setRunning(false))
  }
  return {
    isRunning, refused,
    room: (card: DayAppointment, room: { id: string; name: string }) =>
      take(async () => {
        const { version } = await api.scheduling.room({ id: card.id, version: card.version, roomId: room.id })
        showToast({ text: `${card.patient.familyName} is in`, strong: room.name, icon: IconDoor, undo: () => api.scheduling.undo({ id: card.id, version }) })
      }),
    handOver: (card: DayAppointment) =>
      take(async () => {
        const { version } = await api.scheduling.start({ id: card.id, version: card.version })
        showToast({ text: `${card.patient.familyName} is`, strong: 'with the doctor', icon: IconStethoscope, undo: () => api.scheduling.undo({ id: card.id, version }) })
      }),
  }
}
