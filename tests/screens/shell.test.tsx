import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, test } from 'vitest'
import type { Contribution } from '#renderer/app/contribution.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried, useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { shellContribution } from '#renderer/app/shell-contribution.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { IconCalendarClock, IconCalendarPlus, IconUserPlus, IconUsers } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'

// The goal: the frame keeps its promises (places by role, keys, one panel, survival) whatever screen stands in it.
let booked: string[] = []

function DayPage() {
  const [isBooking, setBooking] = useState(false)
  const [isPaying, setPaying] = useState(false)
  useKeys([{ id: 'day.book', keys: 'B', label: 'Book', where: 'Day', run: () => setBooking(true) }])
  return (
    <Screen title="Day" filter={<span>Tue 17 Nov 2026</span>}>
      <ActionButton variant="filled" keyId="day.book" onClick={() => setBooking(true)}>
        Book
      </ActionButton>
      <TextField label="Filter" />
      {isBooking && (
        <SidePanel title="Book appointment" onClose={() => setBooking(false)} footer={<ActionButton keyId="form.submit">Book now</ActionButton>}>
          <BookingForm onPay={() => setPaying(true)} />
        </SidePanel>
      )}
      {isPaying && (
        <SidePanel title="Take payment" onClose={() => setPaying(false)}>
          <p>Amount</p>
        </SidePanel>
      )}
    </Screen>
  )
}

function BookingForm({ onPay }: { onPay: () => void }) {
  return (
    <Form where="Book" submitLabel="Book" onSubmit={() => booked.push('booked')}>
      <TextField label="Reason" />
      <button type="button" onClick={onPay}>
        Pay
      </button>
    </Form>
  )
}

function PatientsPage() {
  const go = useGo()
  return (
    <Screen title="Patients">
      <button type="button" onClick={() => go('/patients/p1', { query: 'lopes' })}>
        Open
      </button>
    </Screen>
  )
}

function ChartPage() {
  const patientId = useRouteParam('patientId')
  const { query } = useCarried()
  return (
    <Screen title="Chart">
      {patientId} {query}
    </Screen>
  )
}

function BrokenPage(): never {
  throw new Error('broken on purpose')
}

const lopez = { id: 'p1', kind: 'patient', title: 'Lopez, Maria Elena', titleNote: '68 F', meta: 'born 12 Mar 1958', path: '/patients/p1' } as const
const lopatin = { id: 'p2', kind: 'patient', title: 'Lopatin, Anna', path: '/patients/p2' } as const

function domains(): Contribution[] {
  booked = []
  return [
    {
      domain: 'scheduling',
      places: [{ id: 'day', label: 'Day', icon: IconCalendarClock, path: '/day', goKey: 'D' }],
      routes: [{ path: '/day', page: async () => DayPage }, { path: '/broken', page: async () => BrokenPage }],
      patientActions: [{ id: 'book', label: 'Book appointment', icon: IconCalendarPlus, letter: 'B', may: 'appointment.write', run: (patientId) => booked.push(patientId) }],
    },
    {
      domain: 'patients',
      places: [{ id: 'patients', label: 'Patients', icon: IconUsers, path: '/patients', goKey: 'P', useCount: () => 3 }],
      routes: [
        { path: '/patients', page: async () => PatientsPage },
        { path: '/patients/$patientId', page: async () => ChartPage },
        { path: '/secret', page: async () => PatientsPage, may: 'audit.read' },
      ],
      commands: [{ id: 'patients.register', label: (query) => (query ? `Register new patient “${query}”` : 'Register new patient'), icon: IconUserPlus, keys: 'Ctrl+Shift+N', global: true, always: true, may: 'patient.write', run: (_, query) => booked.push(`new ${query}`) }],
      paletteSource: { id: 'patients', group: 'Patients', search: async (text) => [lopez, lopatin].filter((hit) => hit.title.toLowerCase().startsWith(text.toLowerCase())) },
    },
  ]
}

describe('places', () => {
  test('the role opens on its home and sees only places that exist', async () => {
    const { container } = renderShell(domains())
    expect(await screen.findByRole('heading', { name: 'Day' })).toBeTruthy()
    const rail = screen.getByRole('navigation', { name: 'Places' })
    expect(within(rail).getAllByRole('link').map((link) => link.textContent)).toEqual(['Day', 'Patients3', 'Attention'])
    expect(within(rail).getByRole('link', { name: 'Day' }).getAttribute('aria-current')).toBe('page')
    await expectAccessible(container)
  })

  test('an address that is not for this role is not found', async () => {
    renderShell(domains(), { path: '/secret' })
    expect(await screen.findByRole('heading', { name: 'Not found' })).toBeTruthy()
  })

  test('the title never names anyone, and what is searched for is handed over in memory', async () => {
    renderShell(domains(), { path: '/patients' })
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }))
    expect(await screen.findByText('p1 lopes')).toBeTruthy()
    expect(document.title).toBe('Chart · Cairn')
    expect(window.location.href).not.toContain('lopes')
  })
})

describe('keys', () => {
  test('a single letter acts, but types while a field has the focus', async () => {
    renderShell(domains())
    await userEvent.type(await screen.findByLabelText('Filter'), 'bob')
    expect(screen.queryByRole('heading', { name: 'Book appointment' })).toBeNull()
    await userEvent.click(document.body)
    await userEvent.keyboard('b')
    expect(screen.getByRole('heading', { name: 'Book appointment' })).toBeTruthy()
  })

  test('G then a letter goes to a place, Ctrl L locks', async () => {
    let locked = 0
    renderShell(domains(), { onLock: () => void (locked += 1) })
    await screen.findByRole('heading', { name: 'Day' })
    await userEvent.keyboard('gp')
    expect(await screen.findByRole('heading', { name: 'Patients' })).toBeTruthy()
    await userEvent.keyboard('{Control>}l{/Control}')
    await waitFor(() => expect(locked).toBe(1))
  })

  test('the button shows its key and tells it to screen readers; ? lists the keys of the screen', async () => {
    renderShell(domains())
    const button = await screen.findByRole('button', { name: 'Book' })
    expect(button.getAttribute('aria-keyshortcuts')).toBe('B')
    expect(button.querySelector('kbd')?.textContent).toBe('B')
    await userEvent.keyboard('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keys that work here' })
    expect(within(dialog).getByText('Find patient or command')).toBeTruthy()
    expect(within(dialog).getByRole('heading', { name: 'Day' })).toBeTruthy()
    await userEvent.keyboard('b')
    expect(screen.queryByRole('heading', { name: 'Book appointment' })).toBeNull()
  })

  test('a hint for a key that is not there shows nothing', async () => {
    renderShell([{ ...domains()[0], domain: 'scheduling', routes: [{ path: '/day', page: async () => () => <KeyHint of="nobody" /> }] }])
    await screen.findByRole('navigation', { name: 'Places' })
    expect(document.querySelector('main kbd')).toBeNull()
  })
})

describe('the side panel', () => {
  test('Ctrl Enter does its main action, a second panel replaces it with Back, Esc closes one at a time', async () => {
    renderShell(domains())
    await screen.findByRole('heading', { name: 'Day' })
    await userEvent.keyboard('b')
    expect(document.activeElement).toBe(screen.getByLabelText('Reason'))
    await userEvent.keyboard('cough{Control>}{Enter}{/Control}')
    expect(booked).toEqual(['booked'])
    await userEvent.click(screen.getByRole('button', { name: 'Pay' }))
    expect(screen.getByRole('heading', { name: 'Take payment' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'Book appointment' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Back' }))
    expect(screen.getByLabelText<HTMLInputElement>('Reason').value).toBe('cough')
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Book appointment' })).toBeNull()

  })
})

describe('the palette', () => {
  test('patients first, Enter opens, Ctrl 2 the second', async () => {
    renderShell(domains())
    await screen.findByRole('heading', { name: 'Day' })
    await userEvent.keyboard('{Control>}k{/Control}lop')
    expect(await screen.findByRole('option', { name: /Lopez, Maria Elena/ })).toBeTruthy()
    expect(screen.getByRole('combobox').getAttribute('aria-activedescendant')).toContain('hit-patients-p1')
    await expectAccessible(screen.getByRole('dialog'))
    await userEvent.keyboard('{Control>}2{/Control}')
    expect(await screen.findByText('p2')).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('Tab and a letter act on the chosen patient; a command takes what was typed', async () => {
    renderShell(domains())
    await screen.findByRole('heading', { name: 'Day' })
    await userEvent.keyboard('{Control>}k{/Control}lop')
    await screen.findByRole('option', { name: /Lopatin/ })
    await userEvent.keyboard('{ArrowDown}{Tab}b')
    expect(booked).toEqual(['p2'])
    await userEvent.keyboard('{Control>}k{/Control}zz')
    await userEvent.click(await screen.findByRole('option', { name: 'Register new patient “zz”' }))
    expect(booked).toEqual(['p2', 'new zz'])
  })

  test('offers only what the role may do', async () => {
    renderShell(domains(), { actor: { ...testActor, roles: ['billing'] }, path: '/patients' })
    await screen.findByRole('heading', { name: 'Patients' })
    await userEvent.keyboard('{Control>}k{/Control}lop')
    await screen.findByRole('option', { name: /Lopez/ })
    expect(screen.queryByRole('option', { name: 'Book appointment' })).toBeNull()
    expect(screen.queryByRole('option', { name: /Register/ })).toBeNull()
  })
})

test('a screen that fails leaves the shell standing', async () => {
  renderShell(domains(), { path: '/broken' })
  expect(await screen.findByText('This screen could not be shown.')).toBeTruthy()
  await userEvent.click(screen.getByRole('link', { name: 'Day' }))
  expect(await screen.findByRole('heading', { name: 'Day' })).toBeTruthy()
})

test('a toast says what was done, and Ctrl Z undoes the newest, but not while typing', async () => {
  const undone: string[] = []
  renderShell(domains())
  const field = await screen.findByLabelText('Filter')
  showToast({ text: 'Moved to', strong: '11:45 am', undo: () => undone.push('move') })
  expect(await screen.findByText('11:45 am')).toBeTruthy()
  await userEvent.type(field, 'x{Control>}z{/Control}')
  expect(undone).toEqual([])
  field.blur()
  await userEvent.keyboard('{Control>}z{/Control}')
  expect(undone).toEqual(['move'])
  expect(screen.queryByText('11:45 am')).toBeNull()
})

test('opening a screen puts the keys where the work is, and F6 goes on to the next region', async () => {
  renderShell(domains())
  await screen.findByRole('heading', { name: 'Day' })
  await userEvent.click(screen.getByRole('link', { name: /Patients/ }))
  await screen.findByRole('heading', { name: 'Patients' })
  expect(document.activeElement?.tagName).toBe('MAIN')
  const regions: (string | undefined)[] = []
  for (let press = 0; press < 3; press += 1) {
    await userEvent.keyboard('{F6}')
    regions.push(document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region'])
  }
  expect(regions).toEqual(['rail', 'header', 'main'])
})

test('light and dark are chosen in the palette', async () => {
  renderShell([...domains(), shellContribution])
  await screen.findByRole('heading', { name: 'Day' })
  await userEvent.keyboard('{Control>}k{/Control}dark')
  await userEvent.click(await screen.findByRole('option', { name: 'Dark colours' }))
  await waitFor(() => expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark'))
})
