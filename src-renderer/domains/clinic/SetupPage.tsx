import { useEffect, useState } from 'react'
import type { SetupDraft } from '#shared/domains/clinic/contract.ts'
import { api } from '#renderer/rpc/api.ts'
import { DemoStep } from './DemoStep.tsx'
import { JoinStep } from './JoinStep.tsx'
import './words.ts'
import { emptyDraft } from './setup-draft.ts'
import { SetupStart } from './SetupStart.tsx'
import { SetupWizard } from './SetupWizard.tsx'

/** First run: nothing exists on this computer yet, and nothing does until the last step is done. */
export function SetupPage() {
  const [draft, setDraft] = useState<SetupDraft>()
  const [way, setWay] = useState<'start' | 'wizard' | 'demo' | 'join'>('start')
  useEffect(() => {
    api.clinic.setupDraft({}).then((kept) => setDraft(kept ?? emptyDraft()), () => setDraft(emptyDraft()))
    document.title = 'Welcome · Cairn'
  }, [])
  if (!draft) return null
  if (way === 'demo') return <DemoStep onBack={() => setWay('start')} />
  if (way === 'join') return <JoinStep onBack={() => setWay('start')} />
  if (way === 'wizard') return <SetupWizard draft={draft} onChange={setDraft} onLeave={() => setWay('start')} />
  return <SetupStart resumes={draft.clinic.name.trim() || undefined} onSetUp={() => setWay('wizard')} onExplore={() => setWay('demo')} onJoin={() => setWay('join')} />
}
