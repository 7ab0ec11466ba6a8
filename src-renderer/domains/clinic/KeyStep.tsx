import { Progress } from '@mantine/core'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { RecoverySheet, SetupDraft } from '#shared/domains/clinic/contract.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { PrintDesk } from '#renderer/app/print/PrintPreview.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { time } from '#renderer/ui/format.ts'
import { IconBuildingBank, IconCameraOff, IconCircleCheck, IconPrinter, IconShieldLock } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { finishSetup } from './finish-setup.ts'
import { recoveryDocument } from './RecoverySheet.tsx'
import { SetupFrame, type StepMark } from './SetupFrame.tsx'
import { TypedGroups, typedReady } from './TypedGroups.tsx'
import styles from './Setup.module.css'

interface KeyStepProps { draft: SetupDraft; password: string; frame: { steps: readonly StepMark[]; note: string; title: string; lead: string }; back: ReactNode }

/** Print, cover three groups, type them back from paper: only then is anything made. */
export function KeyStep({ draft, password, frame, back }: KeyStepProps) {
  const [sheet, setSheet] = useState<RecoverySheet>()
  const [isPrinting, setPrinting] = useState(false)
  const [printed, setPrinted] = useState<string>()
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({})
  const [wrong, setWrong] = useState<readonly number[]>([])
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    api.clinic.drawRecoveryKey({}).then(setSheet, (error: unknown) => setProblem(errorText(error)))
  }, [])
  const documents = useMemo(() => (sheet ? [1, 2].map((copy) => recoveryDocument(draft, sheet.groups, copy)) : []), [draft, sheet])
  useKeys([{ id: 'setup.print', keys: 'Ctrl+P', label: 'Print the recovery key', where: 'Set-up', inFields: true, run: () => setPrinting(true) }])
  if (isPrinting && sheet) {
    return <PrintDesk documents={documents} fileName="recovery-key" onClose={() => setPrinting(false)} onPrinted={() => { setPrinted(nowInstant()); setPrinting(false) }} />
  }
  const asked = sheet?.asked ?? []
  const groups = asked.map((number) => ({ number, text: typed[number] ?? '' }))
  const missing = !printed ? 'The sheet has not been printed yet.' : typedReady(asked, typed)
  const finish = async () => {
    if (missing || done !== undefined) return
    setProblem(undefined)
    try {
      const checked = await api.clinic.checkRecoveryGroups({ typed: groups })
      setWrong(checked.wrong)
      if (checked.wrong.length > 0) return
      setDone(0)
      await finishSetup({ draft, password, typed: groups, onProgress: setDone })
    } catch (error) {
      setProblem(errorText(error))
      setDone(undefined)
    }
  }
  return (
    <SetupFrame
      {...frame}
      footer={
        <>
          {back}
          <ActionButton variant="filled" type="submit" form="typed-groups" keys="Enter" running={done !== undefined} disabledReason={missing} reasonAt="left">
            {`Open ${draft.clinic.name.trim() || 'the clinic'}`}
          </ActionButton>
        </>
      }
    >
      <div className={styles['keyColumns']}>
        <section className={styles['keyCard']} aria-label="Recovery key">
          <div className={styles['keyHead']}>
            <h2>Recovery key</h2>
            {printed && (
              <span>
                <IconCircleCheck size={16} stroke={1.8} /> 2 copies printed {time(printed, draft.clinic.timeZone)}
              </span>
            )}
          </div>
          <ol className={styles['groups']}>
            {(sheet?.groups ?? []).map((group, index) => (
              <li key={index + 1}>
                <small>{index + 1}</small>
                {asked.includes(index + 1) ? <em>on paper</em> : <strong className="unmistakable">{group}</strong>}
              </li>
            ))}
          </ol>
          <div className={styles['acts']}>
            <ActionButton keyId="setup.print" icon={<IconPrinter size={16} stroke={1.7} />} variant={printed ? 'default' : 'filled'} onClick={() => setPrinting(true)}>
              {printed ? 'Print again' : 'Print 2 copies'}
            </ActionButton>
            <span className={styles['hint']}>The last group is a check: a slip of the pen is noticed.</span>
          </div>
        </section>
        <ul role="list" className={styles['advice']}>
          <Advice icon={<IconShieldLock size={22} stroke={1.5} />} title="One copy in the safe">or a locked drawer in the clinic</Advice>
          <Advice icon={<IconBuildingBank size={22} stroke={1.5} />} title="One copy somewhere else">with your lawyer or bank</Advice>
          <Advice icon={<IconCameraOff size={22} stroke={1.5} />} title="No photo, no e-mail">a picture of it can be stolen</Advice>
        </ul>
      </div>
      {sheet && <TypedGroups asked={asked} typed={typed} wrong={wrong} onChange={(number, text) => { setTyped({ ...typed, [number]: text }); setWrong(wrong.filter((one) => one !== number)) }} onSubmit={() => void finish()} />}
      {problem && <Notice tone="bad">{problem}</Notice>}
      {done !== undefined && <Progress value={Math.max(8, done * 100)} aria-label="Making the clinic" mt={12} />}
    </SetupFrame>
  )
}

function Advice({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>
        <strong>{title}</strong>
        {children}
      </span>
    </li>
  )
}
