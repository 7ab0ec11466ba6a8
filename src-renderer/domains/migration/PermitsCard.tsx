import { ImportFhirInput } from '#shared/domains/migration/contract.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { usePermits } from '#renderer/app/approval/two-person.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { fileNameOf } from './view.ts'

export type ImportInput = ImportFhirInput

/** What was asked for and has been approved since: one run each, within a day. */
export function PermitsCard({ onRun }: { onRun: (input: ImportInput) => void }) {
  const permits = usePermits('migration.importFhir')
  const zone = useZone()
  const today = useToday()
  return permits.map(({ id, input, decidedBy, expiresAt }) => {
    const wanted = ImportFhirInput.safeParse(input).data
    return wanted && (
      <Notice key={id} tone="ok" title={`${decidedBy?.name ?? ''} approved importing ${fileNameOf(wanted.path)}.`} action={<ActionButton onClick={() => onRun(wanted)}>Import it now</ActionButton>}>
        Until {dateTime(expiresAt, zone, today)}, once.
      </Notice>
    )
  })
}
