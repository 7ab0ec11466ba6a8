import { useEffect, useState } from 'react'

export type PickerSearch<T> = (text: string, signal: AbortSignal) => Promise<readonly T[]>

interface Found<T> {
  text: string
  options: readonly T[]
}

/**
 * Asks on each keystroke (the answers come from this machine) and lets no older answer replace a newer one. The
 * last answers stay until the next are there, so that the list does not blink. `search` must be stable.
 */
export function usePickerSearch<T>(search: PickerSearch<T>, text: string, fewestLetters: number): { options: readonly T[]; isSettled: boolean } {
  const [found, setFound] = useState<Found<T>>({ text: '', options: [] })
  const wanted = text.trim()
  const isWanted = wanted.length >= fewestLetters
  useEffect(() => {
    if (!isWanted) return undefined
    const abort = new AbortController()
    search(wanted, abort.signal).then(
      (options) => {
        if (!abort.signal.aborted) setFound({ text: wanted, options })
      },
      () => {
        if (!abort.signal.aborted) setFound({ text: wanted, options: [] })
      },
    )
    return () => abort.abort()
  }, [search, wanted, isWanted])
  return { options: isWanted ? found.options : [], isSettled: isWanted && found.text === wanted }
}
