import { useState } from 'react'
import { canLeave } from '#shared/domains/scheduling/rules.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

export interface Leave {
  /** Said by somebody, or by the payment that was the last thing to do. Undefined for those who have no part in the flow. */
  leave: ((appointmentId: string, whom: string, by: 'hand' | 'payment') => Promise<void>) | undefined
  problem: string | undefined
}

/** Who has paid at the check-out, or has nothing to pay, leaves. */
export function useLeave(): Leave {
  const may = useMay('appointment.write')
  const [problem, setProblem] = useState<string>()
  const leave: Leave['leave'] = async (id, whom, by) => {
    try {
      const { appointment } = await api.scheduling.details({ id })
      const stays = canLeave(appointment) ? undefined : appointment.leftAt === null ? `Not done: the visit of ${whom} is not over yet.` : `${whom} has left already.`
      // Who pays while the visit goes on leaves later, and nothing has to be said about that.
      setProblem(by === 'hand' ? stays : undefined)
      if (stays) return
      const { version } = await api.scheduling.leave({ id, version: appointment.version })
      showToast({ text: whom, strong: 'has left', undo: () => api.scheduling.undo({ id, version }) })
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  return { leave: may ? leave : undefined, problem }
}
