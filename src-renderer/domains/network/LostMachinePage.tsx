import { useMemo } from 'react'
import type { Member } from '#shared/domains/network/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { worksheet } from './worksheet.tsx'

/** What to write down and do when a machine is lost or stolen, on paper: it goes into the clinic's file of incidents. */
export function LostMachinePage() {
  const id = useRouteParam('deviceId')
  const go = useGo()
  const query = useApiQuery('network.members', {})
  const member = query.data?.find((one) => one.id === id)
  if (!query.data) return <QueryState query={query} what="The machine" />
  if (!member) return <EmptyState title="This machine is not on the list" action={<ActionButton onClick={() => go(paths.devices())}>To the machines</ActionButton>} />
  return <Preview member={member} onClose={() => go(paths.devices())} />
}

function Preview({ member, onClose }: { member: Member; onClose: () => void }) {
  const { clinic, name } = useActor()
  const zone = useZone()
  const now = useNow()
  const page = useMemo(() => worksheet({ member, clinic, by: name, now, today: dateInZone(now, zone) }), [member, clinic, name, now, zone])
  return <PrintPreview documents={[page]} fileName="lost-machine" onClose={onClose} />
}
