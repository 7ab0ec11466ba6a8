import { useEffect, useRef, useState } from 'react'
import type { OpenDrawer } from '#shared/domains/billing/model.drawer.ts'
import { cashOf, differenceCents, expectedCents, proposedLeft, toBankCents } from '#shared/domains/billing/rules.drawer.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { MoneyField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { money, nearDate, time } from '#renderer/ui/format.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { differenceText } from './view.drawer.ts'
import { methodWords } from './words.ts'
import styles from './billing.module.css'

/** Outlives a visit to another screen: whoever is called away while counting goes on with the figure. */
let kept: { by: string; number: number; counted: number | undefined; left: number | undefined; reason: string } | undefined

/** What the ledger says is shown once a figure is typed: a count that knows the answer finds no mistake. */
export function DrawerCount({ drawer, isFocused }: { drawer: OpenDrawer; isFocused: boolean }) {
  const { userId: by } = useActor()
  const zone = useZone()
  const today = useToday()
  const before = kept?.number === drawer.number && kept.by === by ? kept : undefined
  const [counted, setCounted] = useState(before?.counted)
  const [left, setLeft] = useState(before?.left)
  const [reason, setReason] = useState(before?.reason ?? '')
  const [wasTried, setTried] = useState(false)
  const [id] = useState(newId)
  const close = useCommand('billing.closeDrawer')
  const countField = useRef<HTMLInputElement>(null)
  const reasonField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFocused) countField.current?.focus()
  }, [isFocused])
  useEffect(() => void (kept = { by, number: drawer.number, counted, left, reason }), [by, drawer.number, counted, left, reason])

  const cash = { floatCents: drawer.floatCents, ...cashOf(drawer.byMethod) }
  const difference = counted === undefined ? undefined : differenceCents(cash, counted)
  const leftCents = left ?? proposedLeft(drawer.floatCents, counted ?? drawer.floatCents)
  const submit = async () => {
    setTried(true)
    if (counted === undefined || counted < 0) return countField.current?.focus()
    if (difference !== 0 && !reason.trim()) return reasonField.current?.focus()
    if (leftCents > counted) return
    const done = await close.run({ id, number: drawer.number, paymentIds: drawer.paymentIds, countedCents: counted, leftCents, reason: difference === 0 ? null : reason.trim() }).catch(() => undefined)
    if (!done) return
    kept = undefined
    // What is pressed next is for the screen and not another sum.
    for (const field of [countField, reasonField]) field.current?.blur()
    showToast({ text: `Closed, ${money(toBankCents(done))} to the bank:`, strong: `close ${done.number}` })
  }
  return (
    <Form where="Drawer" submitLabel="Close the drawer" onSubmit={() => void submit()}>
      <Card title="Count the drawer" note={drawer.lastClosedAt ? `last closed ${nearDate(dateInZone(drawer.lastClosedAt, zone), today)}, ${time(drawer.lastClosedAt, zone)}` : 'never closed yet'}>
        <div className={styles['stack']}>
          <MoneyField ref={countField} label="Cash in the drawer" cents={counted} onChange={setCounted} error={wasTried && (counted === undefined || counted < 0) ? 'Write what you counted: 412.50. An empty drawer is 0.' : undefined} />
          <MoneyField label="Stays in the drawer" cents={leftCents} onChange={setLeft} error={counted !== undefined && leftCents > counted ? 'More than was counted.' : undefined} />
          {difference !== undefined && difference !== 0 && (
            <TextField ref={reasonField} label="Why it differs" value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} error={wasTried && !reason.trim() ? 'Say why, or what was done to find it.' : undefined} />
          )}
          <p className={styles['hint']} aria-live="polite">
            {difference === undefined ? 'The ledger’s figure is shown when a count is written.' : <strong className={styles['check']} data-tone={difference === 0 ? 'ok' : 'warn'}>{differenceText(difference)}</strong>}
          </p>
          {counted !== undefined && (
            <FactList>
              <Fact label="In the drawer before"><Money cents={cash.floatCents} /></Fact>
              <Fact label="Cash taken"><Money cents={cash.cashInCents} /></Fact>
              <Fact label="Cash given back"><Money cents={0 - cash.cashOutCents} /></Fact>
              <Fact label={<strong>Should be in it</strong>}><Money cents={expectedCents(cash)} strong /></Fact>
              <Fact label="To the bank"><Money cents={Math.max(0, toBankCents({ countedCents: counted, leftCents }))} /></Fact>
            </FactList>
          )}
          {close.refusal && <Notice tone="bad">{errorText(close.refusal)}</Notice>}
          {drawer.hasMore && <Notice tone="info">More was taken than one close can hold. Close this part, then count the rest.</Notice>}
          <div>
            <ActionButton variant="filled" type="submit" keyId="form.submit" running={close.isRunning}>Close the drawer</ActionButton>
          </div>
        </div>
      </Card>
      <OtherMoney drawer={drawer} />
    </Form>
  )
}

function OtherMoney({ drawer }: { drawer: OpenDrawer }) {
  const others = drawer.byMethod.filter((one) => one.method !== 'cash')
  if (others.length === 0) return null
  return (
    <Card title="Also taken" note="compare with the terminal">
      <FactList>
        {others.map((one) => <Fact key={one.method} label={`${methodWords[one.method]}, ${one.count}`}><Money cents={one.takenCents - one.refundedCents} /></Fact>)}
      </FactList>
    </Card>
  )
}
