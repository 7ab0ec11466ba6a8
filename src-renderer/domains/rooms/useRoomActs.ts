import { useState } from 'react'
import { OPEN_END, type Outage } from '#shared/domains/rooms/model.ts'
import type { Stranded } from '#shared/domains/scheduling/model.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

export interface Place { id: string; name: string }
export interface RoomActs {
  problem: string | undefined
  mark(room: Place, state: 'clean' | 'cleaning'): Promise<boolean>
  /** From now on without an end, or as it is planned. False: it was not done. */
  takeOut(place: Place, isRoom: boolean, planned?: Pick<Outage, 'startsAt' | 'endsAt' | 'reason'>): Promise<boolean>
  bringBack(place: Place, outage: Outage): Promise<boolean>
}

/** What is done on the board, each with its toast and its undo. */
export function useRoomActs(onStranded: (visits: readonly Stranded[]) => void): RoomActs {
  const [problem, setProblem] = useState<string>()
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    try {
      await act()
      setProblem(undefined)
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    }
  }
  const mark: RoomActs['mark'] = (room, state) => attempt(async () => {
    await api.rooms.mark({ id: newId(), roomId: room.id, state })
    showToast({ text: room.name, strong: state === 'clean' ? 'is clean' : 'is to be cleaned', undo: () => mark(room, state === 'clean' ? 'cleaning' : 'clean') })
  })
  const bringBack: RoomActs['bringBack'] = (place, outage) => attempt(async () => {
    await api.rooms.bringBack({ id: outage.id, at: nowInstant() })
    onStranded([])
    showToast({ text: place.name, strong: 'is in service again' })
  })
  const takeOut: RoomActs['takeOut'] = (place, isRoom, planned = { startsAt: nowInstant(), endsAt: OPEN_END, reason: 'Out of service' }) => attempt(async () => {
    const { outage, stranded } = await api.rooms.takeOut({
      id: newId(), roomId: isRoom ? place.id : null, equipmentId: isRoom ? null : place.id, ...planned,
    })
    onStranded(stranded)
    showToast({ text: place.name, strong: planned.startsAt > nowInstant() ? 'is planned to be out of service' : 'is out of service', undo: () => bringBack(place, outage) })
  })
  return { problem, mark, takeOut, bringBack }
}
