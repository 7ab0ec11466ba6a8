import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { SearchPicker } from '#renderer/ui/pickers/SearchPicker.tsx'
import { expectAccessible, renderPart } from '#tests/support/screen.tsx'

// The goal: a list beside a field is chosen without leaving the field, and never the wrong entry of it.
const codes = ['E11.22 Diabetes with kidney disease', 'E11.21 Diabetes with nephropathy', 'I10 Essential hypertension']
let picked: string[] = []
let answer: (text: string) => Promise<readonly string[]>

beforeEach(() => {
  picked = []
  answer = async (text) => codes.filter((code) => code.toLowerCase().includes(text.toLowerCase()))
})

const search = (text: string) => answer(text)

function Diagnosis() {
  return (
    <SearchPicker
      label="Diagnosis" search={search} optionKey={(code) => code.split(' ')[0] ?? code} renderOption={(code) => code} shiftLabel="also add to the problem list"
      onPick={(code, { withShift }) => picked.push(`${code.split(' ')[0]}${withShift ? ' +' : ''}`)} nothing={(text) => `No code matches “${text}”.`}
    />
  )
}

test('Enter takes the first, Ctrl 2 the second, arrows the next, Shift Enter the second way', async () => {
  renderPart(<Diagnosis />)
  const field = screen.getByRole('combobox', { name: 'Diagnosis' })
  await userEvent.type(field, 'diab')
  await screen.findByRole('option', { name: /E11.22/ })
  await expectAccessible(document.body)
  await userEvent.keyboard('{Enter}')
  await userEvent.type(field, 'diab')
  await screen.findByRole('option', { name: /E11.21/ })
  await userEvent.keyboard('{Control>}2{/Control}')
  await userEvent.type(field, 'diab')
  await screen.findByRole('option', { name: /E11.21/ })
  await userEvent.keyboard('{ArrowDown}{Shift>}{Enter}{/Shift}')
  expect(picked).toEqual(['E11.22', 'E11.21', 'E11.21 +'])
  expect(document.activeElement).toBe(field)
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('a fast Enter waits for its own answer and never takes an older one', async () => {
  const gates: (() => void)[] = []
  renderPart(<Diagnosis />)
  const field = screen.getByRole('combobox', { name: 'Diagnosis' })
  await userEvent.type(field, 'diab')
  await screen.findByRole('option', { name: /E11.22/ })
  answer = (text) => new Promise((resolve) => gates.push(() => resolve(codes.filter((code) => code.includes(text)))))
  await userEvent.clear(field)
  await userEvent.type(field, 'Ess{Enter}')
  expect(picked).toEqual([])
  for (const open of gates) open()
  await waitFor(() => expect(picked).toEqual(['I10']))
})

test('says when nothing matches; Esc empties the field first', async () => {
  renderPart(<Diagnosis />)
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Diagnosis' })
  await userEvent.type(field, 'zzz')
  expect(await screen.findByText('No code matches “zzz”.')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  expect(field.value).toBe('')
})
