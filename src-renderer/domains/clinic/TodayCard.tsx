import type { DayFigures } from '#shared/domains/scheduling/contract.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { dayDate, wholeDollars } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'

/** The day in numbers: visits from the schedule, money from the ledger. */
export function TodayCard({ day, today }: { day: DayFigures | undefined; today: PlainDate }) {
  const { clinic } = useActor()
  const money = useApiQuery('billing.dayTotals', { date: today, limit: 1 })
  return (
    <Card title="Today" note={dayDate(today)} flush>
      <FactList>
        <Fact label="Visits done">{day?.kept ?? 0}</Fact>
        <Fact label="Still to come">{day?.ahead ?? 0}</Fact>
        <Fact label="Missed, cancelled">{`${day?.missed ?? 0}, ${day?.cancelled ?? 0}`}</Fact>
        {money.data && <Fact label="Billed">{wholeDollars(money.data.chargesCents, clinic.currency)}</Fact>}
        {money.data && <Fact label="Received">{wholeDollars(money.data.takenCents, clinic.currency)}</Fact>}
      </FactList>
      {money.isError && <QueryState query={money} what="The money of today" />}
    </Card>
  )
}
