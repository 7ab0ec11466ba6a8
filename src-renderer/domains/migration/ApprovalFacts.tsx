import { ImportFhirInput } from '#shared/domains/migration/contract.ts'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { fileNameOf } from './view.ts'

export function ImportFacts({ input }: { input: unknown }) {
  const wanted = ImportFhirInput.safeParse(input).data
  if (!wanted) return null
  return (
    <FactList>
      <Fact label="File">{fileNameOf(wanted.path)}</Fact>
      <Fact label="Former system">{wanted.source === 'file' ? 'not named' : wanted.source}</Fact>
      <Fact label="What happens">Every chart in it is added to this clinic’s records.</Fact>
    </FactList>
  )
}
