import { CommitCsvInput } from '#shared/domains/migration/csv/contract.ts'
import { ImportFhirInput } from '#shared/domains/migration/contract.ts'
import { Fact, FactList } from '#renderer/ui/Card.tsx'
import { kindWords } from './words.csv.ts'
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

export function TableFacts({ input }: { input: unknown }) {
  const wanted = CommitCsvInput.safeParse(input).data
  if (!wanted) return null
  return (
    <FactList>
      <Fact label="What is in it">{kindWords[wanted.kind]}</Fact>
      <Fact label="Rows">{wanted.rowCount.toLocaleString('en-US')}</Fact>
      <Fact label="What happens">What was looked through is added to this clinic’s records. It can be taken back.</Fact>
    </FactList>
  )
}
