import type { LogState, Verification } from '#shared/domains/audit/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { count, dateTime } from '#renderer/ui/format.ts'
import { IconShieldCheck } from '#renderer/ui/icons.ts'
import { LongWork, Notice } from '#renderer/ui/states.tsx'
import { findingText } from './view.ts'
import { verifying } from './work.ts'
import styles from './Activity.module.css'

/** Each event carries a seal over the one before it: walking all of them shows whether one was touched. */
export function VerifyPanel({ state, onClose }: { state: LogState | undefined; onClose: () => void }) {
  const work = verifying.use()
  const run = () => void verifying.start(null)
  useKeys([{ id: 'audit.verify-now', keys: 'Ctrl+Enter', label: 'Verify all events', where: 'Verify', run }])
  return (
    <SidePanel
      title="Verify the log" icon={IconShieldCheck} width={440}
      onClose={() => {
        verifying.clear()
        onClose()
      }}
      footer={<ActionButton variant="filled" keyId="audit.verify-now" running={work.phase === 'running'} onClick={run}>Verify all events</ActionButton>}
    >
      <div className={styles['panel']}>
        {work.phase === 'running' && <LongWork title="Verifying, events" done={work.progress?.done ?? 0} total={work.progress?.total ?? state?.events} note="Everybody goes on working meanwhile." onStop={verifying.stop} />}
        {work.phase === 'stopped' && <Notice tone="info">Stopped. Nothing was found out and nothing was changed.</Notice>}
        {work.phase === 'failed' && <Notice tone="bad">{errorText(work.error)}</Notice>}
        {work.phase === 'done' && work.result && <Result verification={work.result} />}
        {state && <Standing state={state} />}
        <p className={styles['explain']}>
          Note the fingerprint on paper from time to time. Whoever would write the whole log anew can change everything on this computer, but not your paper: an export shows whether the log still holds that moment.
        </p>
      </div>
    </SidePanel>
  )
}

function Result({ verification: { rows, finding } }: { verification: Verification }) {
  if (!finding) return <Notice tone="ok" title="All as it was written.">{count(rows, 'event')}: none altered, missing, inserted or in another’s place.</Notice>
  return (
    <Notice tone="bad" title={findingText(finding)}>
      {finding.kind === 'anchor-file' ? 'It was written anew from the log.' : `${count(rows, 'event')} before it ${rows === 1 ? 'fits' : 'fit'}. Change nothing more, keep this computer’s folder as it is, and call whoever looks after your security.`}
    </Notice>
  )
}

function Standing({ state: { events, oldestAt, keptUntil, full, tail, anchor } }: { state: LogState }) {
  const zone = useZone()
  const today = useToday()
  const at = (instant: string): string => dateTime(instant, zone, today)
  return (
    <FactList>
      <Fact label="Events">{events.toLocaleString('en-US')}{oldestAt && ` since ${at(oldestAt)}`}</Fact>
      {keptUntil && <Fact label="The oldest is kept until">{at(keptUntil)} at least</Fact>}
      <Fact label="All verified">{full ? `${at(full.at)}${full.byName ? ` by ${full.byName}` : ''}: ${full.finding ? findingText(full.finding) : 'all as written'}` : 'Not yet'}</Fact>
      <Fact label="At this start">{tail ? `${tail.finding ? findingText(tail.finding) : tail.rows === 0 ? 'nothing since the last signed' : `the last ${count(tail.rows, 'event')} as written`}` : 'Looking through the newest'}</Fact>
      {anchor && <Fact label="Last signed">Event {anchor.seq.toLocaleString('en-US')}, {at(anchor.at)}</Fact>}
      {anchor && <Fact label="Fingerprint for paper"><span className="code">{anchor.fingerprint}</span></Fact>}
    </FactList>
  )
}
