import { useMemo } from 'react'
import { ticketCode, ticketText } from '#shared/domains/flow/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dayDate, dateTime, time } from '#renderer/ui/format.ts'
import { QrCode } from '#renderer/ui/QrCode.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import styles from './Slip.module.css'

/**
 * The slip of the queue: the number, the clinic, when. Whoever finds one learns nothing about anybody: the code holds the
 * ticket's id, by which the desk and a kiosk of this clinic find the card.
 */
export function SlipPrintPage() {
  const appointmentId = useRouteParam('appointmentId')
  const go = useGo()
  const { clinic } = useActor()
  const zone = useZone()
  const [now, today] = [useNow(), useToday()]
  const board = useApiQuery('flow.board', { date: today })
  const day = useApiQuery('scheduling.listDay', { date: today })
  const ticket = board.data?.tickets.find((one) => one.appointmentId === appointmentId)
  const arrivedAt = day.data?.appointments.find((one) => one.id === appointmentId)?.arrivedAt ?? undefined
  const page = useMemo((): PrintDocument | undefined => ticket && {
    clinic, title: 'Your number', subtitle: dayDate(ticket.day), foot: 'Keep this slip until you are called', printed: `Printed ${dateTime(now, zone, dateInZone(now, zone))}`,
    blocks: [
      { key: 'number', node: <p className={`code ${styles['number']}`}>{ticketCode(ticket)}</p> },
      { key: 'when', node: <p className={styles['when']}>{arrivedAt ? `Here since ${time(arrivedAt, zone)}. ` : ''}Your number is shown on the screen in the waiting room, with the room to go to.</p> },
      { key: 'code', node: <div className={styles['code']}><QrCode text={ticketText(ticket)} label={`Code of number ${ticketCode(ticket)}`} /></div> },
    ],
  }, [ticket, clinic, now, zone, arrivedAt])
  if (!board.data || !day.data) return <QueryState query={board.data ? day : board} what="The slip" />
  if (!page) {
    return (
      <EmptyState title="There is no number for this visit today" action={<ActionButton onClick={() => go(paths.flow())}>Back to the flow</ActionButton>}>
        A number is given when somebody arrives, and is good for that day.
      </EmptyState>
    )
  }
  return <PrintPreview documents={[page]} fileName="slip" />
}
