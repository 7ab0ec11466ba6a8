import { useEffect, useReducer, useState } from 'react'
import type { PairingStep } from '#shared/domains/network/model.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'

type Waiting = Extract<PairingStep, { is: 'waiting' }>
type Asking = Extract<PairingStep, { is: 'asking' }>

export interface Pairing {
  /** The code as long as it is good; undefined before the first answer. */
  shown: Waiting | undefined
  /** Somebody has typed it and waits for a yes. */
  asking: Asking | undefined
  triesLeft: number | undefined
  paired: string | undefined
  over: Extract<PairingStep, { is: 'over' }>['why'] | undefined
  problem: string | undefined
}

const nothing: Pairing = { shown: undefined, asking: undefined, triesLeft: undefined, paired: undefined, over: undefined, problem: undefined }

/** Pure: the dialog after one more step of the stream. */
export function afterStep(now: Pairing, step: PairingStep): Pairing {
  switch (step.is) {
    case 'waiting':
      return { ...nothing, shown: step }
    case 'asking':
      return { ...now, asking: step, triesLeft: undefined }
    case 'wrong':
      return { ...now, asking: undefined, triesLeft: step.triesLeft }
    case 'paired':
      return { ...now, asking: undefined, paired: step.name }
    case 'over':
      // The first end is the reason; what follows it is only the stream closing.
      return { ...now, asking: undefined, over: now.over ?? step.why }
  }
}

/** A code is shown for as long as this is mounted, and a new one with each `again`. */
export function usePairing(): Pairing & { again: () => void } {
  const [round, setRound] = useState(0)
  const [state, dispatch] = useReducer((now: Pairing, next: PairingStep | { problem: string } | 'begin'): Pairing => {
    if (next === 'begin') return nothing
    return 'problem' in next ? { ...now, asking: undefined, problem: next.problem } : afterStep(now, next)
  }, nothing)
  useEffect(() => {
    const stop = new AbortController()
    const follow = async () => {
      for await (const step of await api.network.pair({}, { signal: stop.signal })) {
        if (stop.signal.aborted) return
        dispatch(step)
      }
      if (!stop.signal.aborted) dispatch({ is: 'over', why: 'closed' })
    }
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) dispatch({ problem: errorText(error) })
    })
    return () => stop.abort()
  }, [round])
  return {
    ...state,
    again: () => {
      dispatch('begin')
      setRound((before) => before + 1)
    },
  }
}
