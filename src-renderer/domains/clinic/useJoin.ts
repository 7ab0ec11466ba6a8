import { useEffect, useRef, useState } from 'react'
import type { FoundHost, JoinStep } from '#shared/domains/network/model.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { api, type StreamInput } from '#renderer/rpc/api.ts'
import { refreshSession } from '#renderer/rpc/session.ts'

/** The hosts that answer on this network, for as long as somebody looks; undefined until the first answer. */
export function useHosts(): readonly FoundHost[] | undefined {
  const [hosts, setHosts] = useState<readonly FoundHost[]>()
  useEffect(() => {
    const stop = new AbortController()
    const follow = async () => {
      for await (const found of await api.network.findHosts({}, { signal: stop.signal })) if (!stop.signal.aborted) setHosts(found)
    }
    // Nothing found is the same to a person as not being able to look: the address can be typed.
    follow().catch(() => setHosts((known) => known ?? []))
    return () => stop.abort()
  }, [])
  return hosts
}

export interface Join {
  step: JoinStep | undefined
  error: unknown
  begin: (input: StreamInput<'network.join'>) => void
  stop: () => void
}

/** Joining, from the first word to the sign-in screen; stopping leaves this computer as empty as it was. */
export function useJoin(): Join {
  const [step, setStep] = useState<JoinStep>()
  const [error, setError] = useState<unknown>()
  const stopper = useRef<AbortController>(undefined)
  useEffect(() => () => stopper.current?.abort(), [])
  const run = async (input: StreamInput<'network.join'>, own: AbortController) => {
    try {
      for await (const next of await api.network.join(input, { signal: own.signal })) {
        if (!own.signal.aborted) setStep(next)
        if (next.is === 'done') return refreshSession()
      }
      if (!own.signal.aborted) setError(refuse('INTERNAL'))
    } catch (failure) {
      if (!own.signal.aborted) setError(failure)
    }
    setStep(undefined)
  }
  return {
    step, error,
    begin: (input) => {
      if (step) return
      stopper.current = new AbortController()
      setError(undefined)
      setStep({ is: 'connecting' })
      void run(input, stopper.current)
    },
    stop: () => {
      stopper.current?.abort()
      setStep(undefined)
    },
  }
}
