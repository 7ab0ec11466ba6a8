import { act, fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setClock } from '#renderer/app/clock.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { DataTable, type Sort } from '#renderer/ui/DataTable.tsx'
import { DraftChip } from '#renderer/ui/DraftChip.tsx'
import { flushDrafts, useDraft } from '#renderer/ui/drafts.ts'
import { DateField, MoneyField, optional, TextField } from '#renderer/ui/fields.tsx'
import { focusFirstProblem, ProblemList } from '#renderer/ui/form.tsx'
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx'
import { StateTag } from '#renderer/ui/StateTag.tsx'
import { AllDone, EmptyState, FailedPart, LoadingSkeleton, LongWork, NotFound } from '#renderer/ui/states.tsx'
import { expectAccessible, renderPart } from '#tests/support/screen.tsx'

// The goal: the parts that every screen is made of behave as section 4 of the visual language says.
const now = Date.parse('2026-11-22T18:24:31.000Z')

beforeEach(() => setClock(() => now))
afterEach(() => {
  vi.useRealTimers()
  setClock(() => Date.now())
})

describe('a button', () => {
  test('that cannot act now stays focusable, says why and does nothing', async () => {
    const onClick = vi.fn()
    const { container } = renderPart(
      <ActionButton disabledReason="A diagnosis is missing. Go to Assessment" onClick={onClick}>
        Sign and charge
      </ActionButton>,
    )
    const button = screen.getByRole('button', { name: 'Sign and charge' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain('A diagnosis is missing')
    await userEvent.tab()
    expect(document.activeElement).toBe(button)
    await userEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
    await expectAccessible(container)
  })

  test('that is running keeps its label, shows a spinner after 300 ms and takes no second press', () => {
    vi.useFakeTimers()
    const onClick = vi.fn()
    renderPart(
      <ActionButton running onClick={onClick}>
        Book
      </ActionButton>,
    )
    const button = screen.getByRole('button', { name: 'Book' })
    fireEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(button.querySelector('.mantine-Loader-root')).toBeNull()
    act(() => vi.advanceTimersByTime(300))
    expect(button.querySelector('.mantine-Loader-root')).not.toBeNull()
    expect(button.textContent).toContain('Book')
  })
})

describe('fields', () => {
  function Birth() {
    const [value, setValue] = useState<string>()
    return <DateField label="Birth date" value={value} onChange={setValue} />
  }

  function Amount() {
    const [cents, setCents] = useState<number>()
    return (
      <>
        <MoneyField label="Amount" cents={cents} onChange={setCents} />
        {cents} cents
      </>
    )
  }

  test('a date answers with what was understood', async () => {
    renderPart(<Birth />)
    await userEvent.type(screen.getByLabelText('Birth date'), '12 mar 58')
    expect(screen.getByText('12 Mar 1958 · 68 y')).toBeTruthy()
  })

  test('a date that does not exist is told on leaving the field, not while typing', async () => {
    renderPart(<Birth />)
    await userEvent.type(screen.getByLabelText('Birth date'), '31 feb 1958')
    expect(screen.queryByText(/No such day/)).toBeNull()
    await userEvent.tab()
    expect(screen.getByText('No such day. Write it like 12 Mar 1958.')).toBeTruthy()
    await userEvent.clear(screen.getByLabelText('Birth date'))
    await userEvent.type(screen.getByLabelText('Birth date'), '1/2/2027')
    expect(screen.getByText('This day has not come yet.')).toBeTruthy()
  })

  test('an amount is read as cents and written with two decimals', async () => {
    renderPart(<Amount />)
    await userEvent.type(screen.getByLabelText('Amount'), '50.5')
    expect(screen.getByText('5050 cents')).toBeTruthy()
    await userEvent.tab()
    expect(screen.getByLabelText<HTMLInputElement>('Amount').value).toBe('50.50')
  })

  test('an error is tied to its field; three or more get a list that leads to them', async () => {
    const problems = [1, 2, 3].map((number) => ({ fieldId: `f${number}`, text: `Field ${number} is missing` }))
    const { container } = renderPart(
      <>
        <ProblemList problems={problems} />
        {problems.map((problem) => (
          <TextField key={problem.fieldId} id={problem.fieldId} label={`Label of ${problem.fieldId}`} error={problem.text} />
        ))}
        <TextField label={optional('Member number')} />
      </>,
    )
    const first = screen.getByLabelText('Label of f1')
    expect(first.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(first.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent).toBe('Field 1 is missing')
    act(() => focusFirstProblem(problems))
    expect(document.activeElement).toBe(first)
    await userEvent.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Field 3 is missing' }))
    expect(document.activeElement).toBe(screen.getByLabelText('Label of f3'))
    expect(screen.getByLabelText('Member number (optional)')).toBeTruthy()
    await expectAccessible(container)
  })
})

describe('a draft', () => {
  const saved: string[] = []
  let answer: () => Promise<void> = async () => undefined

  function Note() {
    const [value, setValue] = useState({ text: '' })
    const draft = useDraft({
      value,
      save: async ({ text }) => {
        await answer()
        saved.push(text)
      },
    })
    return (
      <>
        <DraftChip draft={draft} />
        <textarea aria-label="Note" value={value.text} onChange={(event) => setValue({ text: event.target.value })} />
      </>
    )
  }

  const type = (text: string) => fireEvent.change(screen.getByLabelText('Note'), { target: { value: text } })
  const pass = (ms: number) => act(async () => vi.advanceTimersByTimeAsync(ms))

  beforeEach(() => {
    vi.useFakeTimers()
    saved.length = 0
    answer = async () => undefined
  })

  test('is saved after a pause and says when', async () => {
    renderPart(<Note />)
    type('Cough')
    await pass(399)
    expect(saved).toEqual([])
    await pass(1)
    expect(saved).toEqual(['Cough'])
    expect(screen.getByText('Draft saved 10:24:31')).toBeTruthy()
  })

  test('is saved within a second also by someone who never pauses', async () => {
    renderPart(<Note />)
    for (let second = 0; second < 10; second += 1) {
      type('x'.repeat(second + 1))
      await pass(100)
    }
    expect(saved.length).toBeGreaterThanOrEqual(1)
  })

  test('is flushed on lock and on leaving the screen, and only once', async () => {
    const { unmount } = renderPart(<Note />)
    type('half')
    await act(flushDrafts)
    expect(saved).toEqual(['half'])
    type('half a word')
    unmount()
    await pass(0)
    expect(saved).toEqual(['half', 'half a word'])
  })

  test('never lets an older text arrive after a newer one', async () => {
    const gates: (() => void)[] = []
    answer = () => new Promise((resolve) => gates.push(resolve))
    renderPart(<Note />)
    type('one')
    await pass(400)
    type('two')
    await pass(400)
    expect(gates).toHaveLength(1)
    gates[0]?.()
    await pass(0)
    gates[1]?.()
    await pass(0)
    expect(saved).toEqual(['one', 'two'])
  })

  test('that could not be saved says so and is tried again', async () => {
    answer = () => Promise.reject(new Error('no'))
    renderPart(<Note />)
    type('Cough')
    await pass(400)
    expect(screen.getByRole('status').textContent).toContain('Draft not saved yet')
    answer = async () => undefined
    await pass(2000)
    expect(saved).toEqual(['Cough'])
  })
})

describe('a table', () => {
  const people = ['Nguyen, Linh', 'Moreau, Claire', 'Brandão, Inês'].map((name) => ({ id: name, name }))

  function List({ rows = people, onOpen = () => undefined }: { rows?: typeof people; onOpen?: (name: string) => void }) {
    const [active, setActive] = useState<string>()
    const [chosen, setChosen] = useState<typeof people>([])
    const [sort, setSort] = useState<Sort>({ columnAccessor: 'name', direction: 'asc' })
    return (
      <>
        <p>{chosen.length} chosen</p>
        <DataTable
          label="Visits" rows={rows} activeId={active} onActiveChange={(row) => setActive(row.id)} onOpen={(row) => onOpen(row.name)}
          chosen={chosen} onChosenChange={setChosen} chooseLabel={(row) => `Choose ${row.name}`} sort={sort} onSortChange={setSort}
          columns={[{ accessor: 'name', title: 'Patient', sortable: true, render: (row) => row.name }]}
        />
      </>
    )
  }

  test('moves with arrows and J K, opens with Enter, chooses with Space', async () => {
    const onOpen = vi.fn()
    const { container } = renderPart(<List onOpen={onOpen} />)
    await userEvent.keyboard('jj')
    expect(document.activeElement?.textContent).toBe('Moreau, Claire')
    await userEvent.keyboard('{ArrowDown} {Enter}')
    expect(onOpen).toHaveBeenCalledWith('Brandão, Inês')
    expect(screen.getByText('1 chosen')).toBeTruthy()
    await userEvent.keyboard('kk')
    expect(document.activeElement?.textContent).toBe('Nguyen, Linh')
    expect(container.querySelectorAll('tbody tr[tabindex="0"]')).toHaveLength(1)
    await expectAccessible(container)
  })

  test('leaves a click on a button within a row to the button', async () => {
    const [onOpen, onCall] = [vi.fn(), vi.fn()]
    renderPart(<DataTable label="Visits" rows={people} onOpen={onOpen} columns={[{ accessor: 'name', title: 'Patient', render: (row) => <>{row.name} <button type="button" onClick={onCall}>Call {row.name}</button></> }]} />)
    await userEvent.click(screen.getByRole('button', { name: 'Call Moreau, Claire' }))
    expect([onCall.mock.calls.length, onOpen.mock.calls.length]).toEqual([1, 0])
    await userEvent.click(screen.getByText('Moreau, Claire'))
    expect(onOpen).toHaveBeenCalledTimes(1)
  })

  test('is sorted by its head, and says how', async () => {
    renderPart(<List />)
    const head = screen.getByRole('columnheader', { name: 'Patient' })
    expect(head.getAttribute('aria-sort')).toBe('ascending')
    await userEvent.click(within(head).getByRole('button'))
    expect(head.getAttribute('aria-sort')).toBe('descending')
  })

  test('chooses all, and says when only some are', async () => {
    renderPart(<List />)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Choose Moreau, Claire' }))
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose all' }).indeterminate).toBe(true)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Choose all' }))
    expect(screen.getByText('3 chosen')).toBeTruthy()
  })

  test('draws only what can be seen of thousands of rows', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ id: `row-${index}`, name: `Row ${index}` }))
    const { container } = renderPart(<List rows={many} />)
    expect(container.querySelectorAll('tbody tr').length).toBeLessThan(120)
    expect(screen.getByRole('table', { name: 'Visits' }).getAttribute('aria-rowcount')).toBe('5001')
  })
})

describe('the patient banner', () => {
  const patient = { familyName: 'Lopez', givenName: 'Maria Elena', birthDate: '1958-03-12', sex: 'female', mrn: 104218 } as const
  const allergy = (substance: string) => ({ id: substance, substance, reaction: 'rash, moderate' })

  test('says who it is, and shows two allergies and how many more', async () => {
    const { container } = renderPart(<PatientBanner patient={patient} allergies={{ kind: 'list', allergies: ['Penicillin', 'Sulfonamides', 'Latex', 'Aspirin'].map(allergy) }} />)
    expect(screen.getByText('LOPEZ, Maria Elena')).toBeTruthy()
    expect(screen.getByText('104 218')).toBeTruthy()
    expect(within(screen.getByRole('group', { name: 'Allergies' })).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Penicillin rash, moderate', 'Sulfonamides rash, moderate', '2 more'])
    await expectAccessible(container)
  })

  test('tells "none known" from "not asked", and shows the desk neither', () => {
    const { unmount } = renderPart(<PatientBanner patient={patient} allergies={{ kind: 'none-known' }} />)
    expect(screen.getByText('No known allergies')).toBeTruthy()
    unmount()
    const second = renderPart(<PatientBanner patient={patient} allergies={{ kind: 'not-asked' }} />)
    expect(screen.getByText('Allergies not asked')).toBeTruthy()
    second.unmount()
    renderPart(<PatientBanner patient={patient} />)
    expect(screen.queryByText(/llerg/)).toBeNull()
  })

  test('a death is said across the line', () => {
    renderPart(<PatientBanner patient={{ ...patient, deceasedOn: '2026-10-02' }} />)
    expect(screen.getByText(/Deceased 2 Oct 2026/)).toBeTruthy()
  })
})

test('a state is said in words, also when the tag shows something else', () => {
  renderPart(
    <StateTag state="roomed" unsent>
      Room 2 · 5 min
    </StateTag>,
  )
  expect(document.body.textContent).toContain('Roomed, Room 2 · 5 min, not sent yet')
})

test('a question puts the focus on the safe way, and Esc takes it', async () => {
  const onConfirm = vi.fn()
  const onClose = vi.fn()
  renderPart(
    <ConfirmAction title="Void invoice A-2417?" confirmLabel="Void invoice" cancelLabel="Keep invoice" onConfirm={onConfirm} onClose={onClose}>
      The number is kept.
    </ConfirmAction>,
  )
  const dialog = await screen.findByRole('dialog', { name: 'Void invoice A-2417?' })
  await expect.poll(() => document.activeElement?.textContent).toContain('Keep invoice')
  await expectAccessible(dialog)
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Void invoice' }))
  expect(onConfirm).toHaveBeenCalledOnce()
})

describe('states of a part', () => {
  test('empty, done, not found, failed and long work are accessible and offer a way on', async () => {
    const onRetry = vi.fn()
    const onStop = vi.fn()
    const { container } = renderPart(
      <>
        <EmptyState title="No one on the wait list">Patients who want an earlier time appear here.</EmptyState>
        <AllDone title="No results to read" />
        <NotFound title="No patient matches “lopezz”" closest={{ label: 'Lopes, Mariana', onOpen: () => undefined }} />
        <FailedPart title="The results list could not be opened." code="E-4193" onRetry={onRetry} />
        <LongWork title="Importing patients" done={8412} total={12960} secondsLeft={40} onStop={onStop} />
      </>,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
    expect(onRetry).toHaveBeenCalledOnce()
    expect(onStop).toHaveBeenCalledOnce()
    expect(screen.getByText('8,412 of 12,960')).toBeTruthy()
    expect(screen.getByText(/About 40 s left/)).toBeTruthy()
    await expectAccessible(container)
  })

  test('loading shows nothing for 200 ms', () => {
    vi.useFakeTimers()
    renderPart(<LoadingSkeleton />)
    expect(screen.queryByRole('status')).toBeNull()
    act(() => vi.advanceTimersByTime(200))
    expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy()
  })
})
