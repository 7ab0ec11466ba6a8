import type { Room } from '#shared/domains/clinic/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { freeRooms } from '#shared/domains/scheduling/rules.ts'
import { minutesBetween } from '#shared/kernel/time.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { bridge } from '#renderer/app/bridge.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, seats } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import type { DayPanel } from './useDayPanel.ts'
import type { Move } from './useMove.ts'
import type { Steps } from './useSteps.ts'
import { emptyWaitListDraft, setWaitListDraft } from './wait-list-draft.ts'

/** What can be done with one appointment; buttons and keys call the same. */
export interface AppointmentActs {
  open: (one: DayAppointment) => void
  checkIn: (one: DayAppointment) => void
  /** Without a room named: the likeliest free one. */
  room: (one: DayAppointment, room?: Room) => void
  start: (one: DayAppointment) => void
  complete: (one: DayAppointment) => void
  leave: (one: DayAppointment) => void
  move: (one: DayAppointment) => void
  noShow: (one: DayAppointment) => void
  cancel: (one: DayAppointment) => void
  /** Onto the wait list, with the appointment they have. */
  wantsEarlier: (one: DayAppointment) => void
  /** The visit by video, in the browser. */
  joinVideo: (one: DayAppointment) => void
  /** For those who write in the chart. */
  openVisit: (one: DayAppointment) => void
}

/** Undefined: the browser has it. In a plain browser there is no shell to ask. */
async function joinVideo({ id }: DayAppointment): Promise<string | undefined> {
  const outcome = await bridge()?.video.join({ appointmentId: id, seat: seats.current() ?? '' }).catch(() => 'failed' as const)
  return outcome === 'opened' ? undefined : outcome === 'no-link' ? errorText(new Refusal('NO_VIDEO_LINK')) : 'The browser could not be opened. Copy the link from the appointment.'
}

interface UseActs {
  day: Day | undefined
  rooms: readonly Room[]
  steps: Steps
  move: Move
  panel: DayPanel
  activate: (id: string) => void
}

export function useActs({ day, rooms, steps, move, panel, activate }: UseActs): AppointmentActs {
  const go = useGo()
  const { userId } = useActor()
  return {
    open: (one) => {
      activate(one.id)
      panel.open({ kind: 'details', id: one.id })
    },
    checkIn: (one) => panel.open({ kind: 'check-in', id: one.id }),
    room: (one, chosen) => {
      const room = chosen ?? freeRooms(rooms, day?.appointments ?? [], one)[0]
      if (room) void steps.room(one, room)
      else steps.say('No room is free. It opens up when a visit is done.')
    },
    start: (one) => void steps.start(one),
    complete: (one) => void steps.complete(one),
    leave: (one) => void steps.leave(one),
    move: (one) => {
      panel.close()
      activate(one.id)
      move.begin(one)
    },
    noShow: (one) => panel.open({ kind: 'no-show', id: one.id }),
    cancel: (one) => panel.open({ kind: 'cancel', id: one.id }),
    wantsEarlier: (one) => {
      setWaitListDraft(userId, { ...emptyWaitListDraft, patient: one.patient, appointmentId: one.id, typeId: one.typeId, durationMin: minutesBetween(one.startsAt, one.endsAt), note: one.reason ?? '' })
      panel.open({ kind: 'wait-list-form' })
    },
    joinVideo: (one) => void joinVideo(one).then((problem) => (problem === undefined ? steps.clearProblem() : steps.say(problem))),
    openVisit: (one) => void steps.attempt(async () => go(paths.note((await api.encounters.open({ appointmentId: one.id })).id))),
  }
}
