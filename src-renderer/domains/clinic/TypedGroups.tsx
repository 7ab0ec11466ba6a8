import { TextField } from '#renderer/ui/fields.tsx'
import { IconCheck } from '#renderer/ui/icons.ts'
import styles from './Setup.module.css'

type Typed = Readonly<Record<number, string>>
const bare = (text: string | undefined): string => (text ?? '').toUpperCase().replace(/[\s-]/g, '')

/** What is still missing, in words; undefined when three whole groups stand there. */
export function typedReady(asked: readonly number[], typed: Typed): string | undefined {
  const open = asked.find((number) => bare(typed[number]).length < 4)
  return open === undefined ? undefined : `Group ${open} is not complete yet.`
}

interface TypedGroupsProps { asked: readonly number[]; typed: Typed; wrong: readonly number[]; onChange: (number: number, text: string) => void; onSubmit: () => void }

/** The three groups are covered above, so they can only come from the sheet. */
export function TypedGroups({ asked, typed, wrong, onChange, onSubmit }: TypedGroupsProps) {
  return (
    <form
      id="typed-groups"
      className={styles['typed']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <h2>Show that the sheet can be read</h2>
      <p>Type groups {asked.join(', ').replace(/, (\d+)$/, ' and $1')} from the printed page. They are covered here until all three are right.</p>
      <div className={styles['typedRow']}>
        {asked.map((number) => (
          <TextField
            key={number}
            label={`Group ${number}`}
            className="unmistakable"
            autoComplete="off"
            spellCheck={false}
            maxLength={8}
            w={120}
            value={typed[number] ?? ''}
            error={wrong.includes(number) ? 'Differs from the sheet' : undefined}
            rightSection={bare(typed[number]).length === 4 && !wrong.includes(number) ? <IconCheck size={16} stroke={2} aria-hidden /> : undefined}
            onChange={(event) => onChange(number, event.currentTarget.value.toUpperCase())}
          />
        ))}
        <span className={styles['hint']}>Capital letters do not matter. There is no letter I or O and no digit 0 or 1.</span>
      </div>
    </form>
  )
}
