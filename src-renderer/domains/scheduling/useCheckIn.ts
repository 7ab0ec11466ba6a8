import { useRef, useState } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useActor, useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { askForConsent } from '#renderer/app/asked.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { printNow } from '#renderer/app/print/print-now.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { money, receipt } from '#renderer/ui/format.ts'
import { IconReceipt2 } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { dropCheckInDraft, nextPayment, useCheckInDraft } from './check-in-draft.ts'
import { checkInOf, stoneKeys, type CheckIn, type StoneKey } from './view.check-in.ts'

/** What a check-in knows, what is typed in it, and what it does. */
export function useCheckIn(one: DayAppointment, onArrive: () => Promise<unknown>) {
  const { userId, clinic } = useActor()
  const today = useToday()
  const zone = useZone()
  const go = useGo()
  const isAway = isOutOfReach(useNetwork())
  const may = { account: useMay('account.read'), take: useMay('payment.take'), insurance: useMay('insurance.write'), write: useMay('patient.write') }
  const about = { patientId: one.patientId }
  const file = useApiQuery('patients.get', { id: one.patientId })
  const check = useApiQuery('patients.identityCheck', about)
  const forms = useApiQuery('consents.listForms', {})
  const consents = useApiQuery('consents.listForPatient', about)
  const account = useApiQuery('billing.account', { ...about, limit: 20 }, { enabled: may.account })
  const key = `${userId} ${one.id}`
  const [draft, change] = useCheckInDraft(key)
  const [chosen, choose] = useState<StoneKey>()
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const isKnown = file.data !== undefined && check.data !== undefined && forms.data !== undefined && consents.data !== undefined && (!may.account || account.data !== undefined)
  const known: CheckIn | undefined = isKnown
    ? checkInOf({ visit: one, file: file.data, check: check.data, forms: forms.data, consents: consents.data, account: account.data, today, zone, currency: clinic.currency })
    : undefined
  const amountCents = draft.amountCents === undefined ? known?.copayDueCents : (draft.amountCents ?? undefined)
  const takes = may.take && known !== undefined && known.copayDueCents > 0

  const running = useRef<{ what: 'confirm' | 'arrive' | 'other'; done: Promise<unknown> }>(undefined)
  /**
   * One act after the other, and none twice: who presses Space and Ctrl Enter faster than the disk has both done. What an
   * act is refused with is said in the panel.
   */
  const run = async (act: () => Promise<unknown>, what: 'confirm' | 'arrive' | 'other' = 'other'): Promise<boolean> => {
    const before = running.current
    if (before?.what === what) return false
    setRunning(true)
    setProblem(undefined)
    const work = (before?.done ?? Promise.resolve()).then(act)
    const own = { what, done: work.catch(() => undefined) }
    running.current = own
    try {
      await work
      return true
    } catch (error) {
      setProblem(errorText(error))
      return false
    } finally {
      if (running.current === own) {
        running.current = undefined
        setRunning(false)
      }
    }
  }
  const confirmIdentity = () => api.patients.confirmIdentity({ id: newId(), patientId: one.patientId })
  const verify = async () => {
    for (const coverage of known?.unverified ?? []) await api.patients.verifyCoverage({ id: coverage.id })
  }
  const sign = (): void => {
    const formIds = known?.toSign.map(({ form }) => form.formId) ?? []
    if (formIds.length > 0) askForConsent({ patientId: one.patientId, formIds, appointmentId: one.id })
  }
  /** What the chosen stone asks for; without a choice everything that only needs a word. */
  const confirm = (which: StoneKey | undefined = chosen): void => {
    const isOpen = (name: StoneKey): boolean => known?.stones.some((stone) => stone.key === name && !stone.isReady && (stone.isToConfirm || name === 'consent')) ?? false
    const wanted: readonly StoneKey[] = which ? [which] : isOpen('identity') || isOpen('insurance') ? ['identity', 'insurance'] : ['consent']
    const does = (name: StoneKey): boolean => wanted.includes(name) && isOpen(name)
    if (does('consent') && may.write) return sign()
    void run(async () => {
      if (does('identity') && may.write) await confirmIdentity()
      if (does('insurance') && may.insurance) await verify()
    }, 'confirm')
  }

  const arrive = async (): Promise<void> => {
    await onArrive()
    dropCheckInDraft(key)
  }
  const takeAndArrive = (): void => {
    if (!takes) return void run(arrive, 'arrive')
    if (!amountCents || amountCents <= 0) return setProblem('Write the amount that the patient pays, or press Copay later.')
    void run(async () => {
      const payment = await api.billing.takePayment({ id: draft.paymentId, patientId: one.patientId, invoiceId: null, amountCents, method: draft.method })
      change({ paymentId: nextPayment(key), amountCents: undefined })
      showToast({ text: `Took ${money(amountCents, clinic.currency)}${isAway ? ', not confirmed yet' : ''}, receipt`, strong: receipt(payment.receiptNumber), icon: IconReceipt2 })
      await arrive()
      await printNow(go, 'receipt', payment.id)
    }, 'arrive')
  }
  return {
    known, file, failed: [file, check, forms, consents, account].find((query) => query.isError), draft, change, chosen, choose, problem, isRunning, may, amountCents, takes, sign, confirm, run, confirmIdentity, takeAndArrive,
    arrive: () => void run(arrive, 'arrive'),
    firstOpen: known && stoneKeys.find((name) => known.stones.some((stone) => stone.key === name && !stone.isReady)),
  }
}

export type CheckInState = ReturnType<typeof useCheckIn>
