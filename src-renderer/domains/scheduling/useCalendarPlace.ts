import { useEffect, useRef, useState } from 'react'
import { useCurrentPath, useShowAddress } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { partsOf, placeFrom, type CalendarPlace } from './view.place.ts'

/** A function steps from where the last key led, even when that is not drawn yet. */
export type PlaceChange = Partial<CalendarPlace> | ((now: CalendarPlace) => Partial<CalendarPlace>)

/**
 * Where in the calendar somebody is. The state leads and the address follows, because keys come faster than addresses
 * change; an address that is none of ours (a link, the rail) leads in its turn.
 */
export function useCalendarPlace(): [CalendarPlace, (change: PlaceChange) => void] {
  const path = useCurrentPath()
  const [place, setPlace] = useState(() => placeFrom(path))
  const showAddress = useShowAddress()
  const latest = useRef(place)
  /** Addresses on their way, the last one last. */
  const written = useRef<string[]>([path])
  useEffect(() => {
    const at = written.current.lastIndexOf(path)
    if (at >= 0) written.current = written.current.slice(at)
    else {
      written.current = [path]
      latest.current = placeFrom(path)
      setPlace(latest.current)
    }
  }, [path])
  const change = (to: PlaceChange): void => {
    const next = { ...latest.current, ...(typeof to === 'function' ? to(latest.current) : to) }
    const address = paths.calendar(...partsOf(next))
    latest.current = next
    setPlace(next)
    if (address === written.current.at(-1)) return
    written.current.push(address)
    showAddress(address)
  }
  return [place, change]
}
