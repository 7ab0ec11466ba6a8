import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { ModalKeys, useKeys } from '#renderer/app/keys/keys.tsx'
import { ThemeProvider } from '#renderer/app/providers.tsx'
import { Workspace } from '#renderer/app/Workspace.tsx'
import { testActor } from '#tests/support/screen.tsx'

// The goal: the lock lies over the work. Nothing behind it can be reached, and unlocking comes back to the same place.
const person = {
  userId: testActor.userId, staffId: testActor.staffId, userName: 'delgado', familyName: 'Delgado', givenName: 'Rosa', title: null, credentials: null, isPrivacyOfficer: false, roles: ['receptionist' as const],
}

function Window({ isLocked }: { isLocked: boolean }) {
  return (
    <ThemeProvider isTest>
      <Workspace seat="seat-1" person={person} clinic={testActor.clinic} isShown={!isLocked} onLock={() => undefined} />
      {isLocked && (
        <ModalKeys>
          <Lock />
        </ModalKeys>
      )}
    </ThemeProvider>
  )
}

const pressed: string[] = []

function Lock() {
  useKeys([{ id: 'lock.digit', keys: '1', label: 'First person', where: 'Lock', run: () => pressed.push('1') }])
  return <button type="button">Unlock</button>
}

test('a locked window keeps its work and its focus, out of reach', async () => {
  window.location.hash = '#/attention'
  const { rerender } = render(<Window isLocked={false} />)
  const heading = await screen.findByRole('heading', { name: 'Attention' })
  const keysButton = screen.getByRole('button', { name: 'Keys' })
  keysButton.focus()

  rerender(<Window isLocked />)
  expect(heading.isConnected, 'R04: nothing of it is in the document').toBe(false)
  expect(screen.queryByRole('heading', { name: 'Attention' })).toBeNull()
  screen.getByRole('button', { name: 'Unlock' }).focus()
  await userEvent.keyboard('1{Control>}k{/Control}?')
  expect(pressed).toEqual(['1'])
  expect(screen.queryByRole('dialog')).toBeNull()

  rerender(<Window isLocked={false} />)
  expect(screen.getByRole('heading', { name: 'Attention' })).toBe(heading)
  expect(document.activeElement).toBe(keysButton)
})
