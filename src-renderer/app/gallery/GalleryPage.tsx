import { useEffect, useState } from 'react'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { IconCalendarEvent, IconLock } from '#renderer/ui/icons.ts'
import { stateLooks, StateTag, type VisitState } from '#renderer/ui/StateTag.tsx'
import { AllDone, EmptyState, FailedPart, LoadingSkeleton, LongWork, NotFound } from '#renderer/ui/states.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { useKeys } from '../keys/keys.tsx'
import { Screen } from '../Screen.tsx'
import styles from './GalleryPage.module.css'

/** All states of a screen side by side; in development only. */
export function GalleryPage() {
  const [isStopping, setStopping] = useState(false)
  useKeys([{ id: 'gallery.add', keys: 'L', label: 'Add a patient', where: 'States', run: () => undefined }])
  useEffect(() => {
    showToast({ text: 'Moved to', strong: '11:45 am', icon: IconCalendarEvent, undo: () => undefined })
  }, [])
  return (
    <Screen title="States">
      <div className={styles['grid']}>
        <Card title="Empty, first time">
          <EmptyState title="No one on the wait list" action={<ActionButton keyId="gallery.add">Add a patient</ActionButton>}>
            Patients who want an earlier time appear here and are matched to free slots.
          </EmptyState>
        </Card>
        <Card title="Empty, all done">
          <AllDone title="No results to read">Last one signed off 4:12 pm. Five orders are still out, the next is due tomorrow.</AllDone>
        </Card>
        <Card title="Nothing found">
          <NotFound title="No patient matches “lopezz 1985”" closest={{ label: 'Lopes, Mariana, born 30 Mar 1985', onOpen: () => undefined }} action={<ActionButton keys="Ctrl+Shift+N">Register “lopezz”</ActionButton>} />
        </Card>
        <Card title="Loading, shown only after 200 ms" flush>
          <LoadingSkeleton withPerson />
        </Card>
        <Card title="Form: error at the field, after leaving it">
          <div className={styles['stack']}>
            <TextField label="Member number" defaultValue="MH 5520 18" error="Two digits are missing: Meridian numbers have 12 characters." />
            <div className={styles['row']}>
              <ActionButton>Fix later</ActionButton>
              <ActionButton disabledReason="Two digits are missing." reasonAt="hidden">
                Save insurance
              </ActionButton>
            </div>
          </div>
        </Card>
        <Card title="Screen could not be shown" flush>
          <FailedPart title="The results list could not be opened." code="E-4193" onRetry={() => undefined}>
            Your draft note is safe. The rest of Cairn works.
          </FailedPart>
        </Card>
        <Card title="Disabled, with the reason next to it">
          <div className={styles['stack']}>
            <ActionButton disabledReason="A diagnosis is missing. Go to Assessment">Sign and charge</ActionButton>
            <ActionButton icon={<IconLock size={15} stroke={1.7} />} disabledReason="Needs a billing clerk or the owner.">
              Refund
            </ActionButton>
            <div className={styles['row']}>
              {(Object.keys(stateLooks) as VisitState[]).map((state) => (
                // Object.keys gives strings; the table has exactly these keys.
                <StateTag key={state} state={state} />
              ))}
              <StateTag state="booked" unsent />
              <Unconfirmed />
            </div>
          </div>
        </Card>
        <Card title="Buttons">
          <div className={styles['row']}>
            <ActionButton variant="filled" keys="Ctrl+Enter">
              Take $50.00
            </ActionButton>
            <ActionButton keys="W">Walk-in</ActionButton>
            <ActionButton variant="subtle">Compare</ActionButton>
            <ActionButton variant="filled" color="clay">
              Void invoice
            </ActionButton>
            <ActionButton running>Saving</ActionButton>
          </div>
        </Card>
        <Card title="Long work, can be stopped">
          <LongWork title="Importing patients" done={8412} total={12960} secondsLeft={40} note="3 rows set aside so far." onStop={() => setStopping(true)} isStopping={isStopping} />
        </Card>
      </div>
    </Screen>
  )
}
