import { useState } from 'react'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { FlowSettingsCard } from './flow/FlowSettingsCard.tsx'
import { CoverCard } from './CoverCard.tsx'
import { HolidaysCard } from './HolidaysCard.tsx'
import { MissedCard } from './MissedCard.tsx'
import { ProviderTabs } from './ProviderTabs.tsx'
import { TimeOffCard } from './TimeOffCard.tsx'
import { TypesCard } from './TypesCard.tsx'
import { WeekCard } from './WeekCard.tsx'
import styles from './Schedule.module.css'

/** The frame that appointments stand in: who is in when, time taken out, and what kinds of visit there are. */
export function SchedulePage() {
  const today = useToday()
  const mayFees = useMay('fee.write')
  const mayCover = useMay('cover.write')
  const maySet = useMay('clinic.manage')
  const [chosen, setChosen] = useState<string>()
  const day = useApiQuery('scheduling.listDay', { date: today })
  const providers = day.data?.providers ?? []
  const provider = providers.find((one) => one.id === chosen) ?? providers[0]
  return (
    <Screen title="Hours">
      <QueryState query={day} what="The hours" />
      {day.data && !provider && <EmptyState title="Nobody sees patients yet">Mark a person as provider under Staff; their hours are set here.</EmptyState>}
      {day.data && provider && (
        <div className={styles['page']}>
          <ProviderTabs providers={providers} chosenId={provider.id} onChoose={setChosen} />
          <div className={styles['cards']}>
            <WeekCard key={provider.id} provider={provider} hours={day.data.hours} />
            <TimeOffCard key={`off ${provider.id}`} provider={provider} />
            {mayCover && <CoverCard key={`cover ${provider.id}`} provider={provider} />}
            <TypesCard />
            {maySet && <FlowSettingsCard />}
            {mayFees && <MissedCard />}
            <HolidaysCard />
          </div>
        </div>
      )}
    </Screen>
  )
}
