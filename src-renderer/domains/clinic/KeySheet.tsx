import { type ReactNode, useMemo, useState } from 'react'
import type { RecoverySheet } from '#shared/domains/clinic/contract.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { PrintDesk } from '#renderer/app/print/PrintPreview.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { time } from '#renderer/ui/format.ts'
import { IconBuildingBank, IconCameraOff, IconCircleCheck, IconPrinter, IconShieldLock } from '#renderer/ui/icons.ts'
import { recoveryDocument, type SheetClinic } from './RecoverySheet.tsx'
import { TypedGroups, typedReady } from './TypedGroups.tsx'
import styles from './Setup.module.css'

export interface KeySheet {
  /** The preview in place of everything else, while somebody prints. */
  printing: ReactNode
  /** The key with three groups covered, and what to do with the paper. */
  card: ReactNode
  /** The three groups, typed back from paper. */
  form: ReactNode
  typed: { number: number; text: string }[]
  /** Why it is not done yet; undefined when it is. */
  missing: string | undefined
  setWrong: (wrong: readonly number[]) => void
}

/** Print, cover three groups, type them back from paper: for the first key and for each later one. */
export function useKeySheet({ clinic, sheet, where, onSubmit }: { clinic: SheetClinic; sheet: RecoverySheet | undefined; where: string; onSubmit: () => void }): KeySheet {
  const [isPrinting, setPrinting] = useState(false)
  const [printed, setPrinted] = useState<string>()
  const [texts, setTexts] = useState<Readonly<Record<number, string>>>({})
  const [wrong, setWrong] = useState<readonly number[]>([])
  const documents = useMemo(() => (sheet ? [1, 2].map((copy) => recoveryDocument(clinic, sheet.groups, copy)) : []), [clinic, sheet])
  useKeys([{ id: 'setup.print', keys: 'Ctrl+P', label: 'Print the recovery key', where, inFields: true, run: () => setPrinting(true) }])
  const asked = sheet?.asked ?? []
  return {
    printing: isPrinting && sheet && (
      <PrintDesk documents={documents} fileName="recovery-key" onClose={() => setPrinting(false)} onPrinted={() => { setPrinted(nowInstant()); setPrinting(false) }} />
    ),
    card: <KeyColumns sheet={sheet} printed={printed && time(printed, clinic.timeZone)} onPrint={() => setPrinting(true)} />,
    form: sheet && (
      <TypedGroups
        asked={asked} typed={texts} wrong={wrong} onSubmit={onSubmit}
        onChange={(number, text) => {
          setTexts({ ...texts, [number]: text })
          setWrong(wrong.filter((one) => one !== number))
        }}
      />
    ),
    typed: asked.map((number) => ({ number, text: texts[number] ?? '' })),
    missing: printed ? typedReady(asked, texts) : 'The sheet has not been printed yet.',
    setWrong,
  }
}

function KeyColumns({ sheet, printed, onPrint }: { sheet: RecoverySheet | undefined; printed: string | undefined; onPrint: () => void }) {
  return (
    <div className={styles['keyColumns']}>
      <section className={styles['keyCard']} aria-label="Recovery key">
        <div className={styles['keyHead']}>
          <h2>Recovery key</h2>
          {printed && (
            <span>
              <IconCircleCheck size={16} stroke={1.8} /> 2 copies printed {printed}
            </span>
          )}
        </div>
        <ol className={styles['groups']}>
          {(sheet?.groups ?? []).map((group, index) => (
            <li key={index + 1}>
              <small>{index + 1}</small>
              {sheet?.asked.includes(index + 1) ? <em>on paper</em> : <strong className="unmistakable">{group}</strong>}
            </li>
          ))}
        </ol>
        <div className={styles['acts']}>
          <ActionButton keyId="setup.print" icon={<IconPrinter size={16} stroke={1.7} />} variant={printed ? 'default' : 'filled'} onClick={onPrint}>
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
