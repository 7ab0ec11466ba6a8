import { useRef, useState } from 'react'
import type { AttentionItem } from '#shared/domains/network/model.ts'
import type { Slot } from '#shared/domains/scheduling/model.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { useGo } from '../navigation.ts'
import { type Step, takenBy } from './view.ts'

export interface Steps {
  take: (step: Step) => void
  isRunning: boolean
  /** Why the last step was not done. */
  problem: string | undefined
  /** Alternatives of a newer refusal: the ones the item came with are gone. */
  offered: readonly Slot[] | undefined
}

/** Does a next step by the real command, and settles the item when that has gone through; never before. */
export function useSteps(item: AttentionItem): Steps {
  const go = useGo()
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [offered, setOffered] = useState<readonly Slot[]>()
  const busy = useRef(false)
  const idOf = useSameId()

  const run = async (step: Step): Promise<void> => {
    switch (step.act) {
      case 'open':
        return go(step.path)
      case 'book':
        await api.scheduling.book({ ...step.input, id: idOf(`${step.input.providerId} ${step.input.startsAt}`) })
        break
      case 'move':
        await move(step)
        break
      case 'keep-mine':
        await keepMine(step)
        break
      case 'settle':
        break
    }
    await api.network.settle({ id: item.id, how: step.act === 'settle' ? step.how : 'done-again' })
    showToast({ text: 'Settled:', strong: step.label })
  }
  const take = (step: Step): void => {
    // Two presses before the first is drawn would be two acts.
    if (busy.current) return
    busy.current = true
    setRunning(true)
    setProblem(undefined)
    run(step)
      .catch((error: unknown) => {
        setProblem(errorText(error))
        const taken = error instanceof Refusal ? takenBy(error) : undefined
        if (taken) setOffered(taken.alternatives)
      })
      .finally(() => {
        busy.current = false
        setRunning(false)
      })
  }
  return { take, isRunning, problem, offered }
}

/** As it stands now: others may have changed it since the refusal. */
async function move({ appointmentId, to }: Extract<Step, { act: 'move' }>): Promise<void> {
  const { appointment } = await api.scheduling.details({ id: appointmentId })
  // A room goes with a provider and a time; at another one it is chosen when the patient is called.
  await api.scheduling.move({ id: appointmentId, version: appointment.version, providerId: to.providerId, startsAt: to.startsAt, roomId: null })
}

async function keepMine({ patientId, changes }: Extract<Step, { act: 'keep-mine' }>): Promise<void> {
  const { patient } = await api.patients.get({ id: patientId })
  // What stands there now is what this person has just looked at: from here the change is theirs.
  const was = Object.fromEntries(Object.keys(changes).map((field) => [field, patient[field as keyof typeof patient]])) // The fields of a patient.
  await api.patients.update({ id: patientId, was, changes })
}

/** Tried again after a lost connection, one step is one booking. */
function useSameId(): (attempt: string) => string {
  const known = useRef(new Map<string, string>())
  return (attempt) => {
    const id = known.current.get(attempt) ?? newId()
    known.current.set(attempt, id)
    return id
  }
}
