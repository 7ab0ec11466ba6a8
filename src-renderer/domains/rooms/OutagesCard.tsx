import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { OPEN_END, type Outage } from '#shared/domains/rooms/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { instantInZone, type PlainDate } from '#shared/kernel/time.ts'
import { useMay, useNow, useToday, useZone } from '#renderer/app/actor.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { minuteOf } from '#renderer/ui/minute-of.ts'
import type { Place, RoomActs } from './useRoomActs.ts'
import styles from './Rooms.module.css'

interface OutagesCardProps { rooms: readonly Place[]; pieces: readonly Place[]; outages: readonly Outage[]; now: string; acts: RoomActs }

/** What is planned to be out of service, and the form for one more: a painter on Friday, a calibration. */
export function OutagesCard({ rooms, pieces, outages, now, acts }: OutagesCardProps) {
  const [today, zone, mayManage] = [useToday(), useZone(), useMay('resource.manage')]
  const planned = outages.filter((one) => one.startsAt > now)
  const placeOf = (one: Outage): Place | undefined => [...rooms, ...pieces].find((place) => place.id === (one.roomId ?? one.equipmentId))
  if (!mayManage && planned.length === 0) return null
  return (
    <Card title="Planned out of service" note={planned.length > 0 ? String(planned.length) : undefined}>
      {planned.length === 0 && <p className={styles['meta']}>Nothing is planned.</p>}
      <ul role="list" className={styles['planned']}>
        {planned.map((one) => {
          const place = placeOf(one)
          const name = place?.name ?? 'Not in use any more'
          return (
            <li key={one.id}>
              <span><strong>{name}</strong> {dateTime(one.startsAt, zone, today)}{one.endsAt === OPEN_END ? ' on' : ` to ${dateTime(one.endsAt, zone, today)}`}, {one.reason}</span>
              {mayManage && place && <ActionButton size="compact-xs" aria-label={`Take back: ${name}`} onClick={() => void acts.bringBack(place, one)}>Take back</ActionButton>}
            </li>
          )
        })}
      </ul>
      {mayManage && <PlanForm rooms={rooms} pieces={pieces} acts={acts} />}
    </Card>
  )
}

function PlanForm({ rooms, pieces, acts }: Omit<OutagesCardProps, 'outages' | 'now'>) {
  const [zone, now, today] = [useZone(), useNow(), useToday()]
  const places = [...rooms, ...pieces]
  const [placeId, setPlaceId] = useState('')
  const [reason, setReason] = useState('')
  const [first, setFirst] = useState<PlainDate | undefined>(today)
  const [last, setLast] = useState<PlainDate | undefined>()
  const [text, setText] = useState({ from: '', to: '' })
  const place = places.find((one) => one.id === placeId) ?? places[0]
  const [from, to] = [text.from.trim() === '' ? 0 : minuteOf(text.from), text.to.trim() === '' ? 1440 : minuteOf(text.to)]
  const startsAt = first && from !== undefined ? instantInZone(first, from, zone) : undefined
  const endsAt = last === undefined ? OPEN_END : to === undefined ? undefined : instantInZone(last, to, zone)
  const missing = !startsAt || !endsAt ? 'A day or time cannot be read.' : endsAt <= startsAt ? 'It ends after it begins.' : endsAt <= now ? 'That is over.' : reason.trim() === '' ? 'Say why.' : undefined
  const plan = async () => {
    if (!place || !startsAt || !endsAt || missing) return
    if (await acts.takeOut(place, rooms.includes(place), { startsAt: startsAt > now ? startsAt : now, endsAt, reason: reason.trim() })) setReason('')
  }
  if (!place) return null
  return (
    <form className={styles['plan']} aria-label="Plan an outage" onSubmit={(event) => { event.preventDefault(); void plan() }}>
      <FieldRow>
        <NativeSelect label="Room or piece" data={places.map((one) => ({ value: one.id, label: one.name }))} value={place.id} onChange={(event) => setPlaceId(event.currentTarget.value)} />
        <TextField label="Why" autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </FieldRow>
      <FieldRow>
        <DateField label="First day" kind="day" value={first} onChange={setFirst} />
        <TextField label={optional('From')} autoComplete="off" value={text.from} onChange={(event) => { const typed = event.currentTarget.value; setText((now_) => ({ ...now_, from: typed })) }} />
      </FieldRow>
      <FieldRow>
        <DateField label={optional('Last day')} kind="day" value={last} onChange={setLast} />
        <TextField label={optional('To')} autoComplete="off" value={text.to} onChange={(event) => { const typed = event.currentTarget.value; setText((now_) => ({ ...now_, to: typed })) }} />
      </FieldRow>
      <div className={styles['end']}><ActionButton type="submit" disabledReason={missing} reasonAt="left">Plan it</ActionButton></div>
    </form>
  )
}
