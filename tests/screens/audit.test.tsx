import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { setClock } from '#renderer/app/clock.ts'
import { auditContribution } from '#renderer/domains/audit/contribution.tsx'
import { verifying } from '#renderer/domains/audit/work.ts'
import { queryClient, setTransport } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { addEvents, withoutGuards } from '#tests/support/audit.ts'
import { testBridge } from '#tests/support/bridge.ts'
import { expectAccessible, renderShell, testActor } from '#tests/support/screen.tsx'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:12:00.000Z'

/** The first page of a run is loaded while others use the machine. */
const SLOW = { timeout: 15_000 }

let world: World
let stop: () => void
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})
afterEach(() => {
  stop()
  verifying.clear()
  queryClient.clear()
  delete window.cairn
})

function open(at: string, role: Role = 'administrator') {
  const client = world.as(role)
  setTransport((parts, input, options) => callBy(client, parts, input, options))
  stop = followChanges(() => undefined)
  const { userId, staffId } = world.clinic.people[role]
  const clinic = { ...testActor.clinic, id: world.clinic.id, timeZone: world.clinic.zone }
  return { ...renderShell([auditContribution], { path: at, actor: { ...testActor, userId, staffId, roles: [role], isPrivacyOfficer: role === 'administrator', clinic } }), keys: userEvent.setup(), client }
}

function callBy(client: CairnClient, parts: readonly string[], input: unknown, options: unknown): Promise<unknown> {
  const target = parts.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) // The client answers to the contract's paths.
  return (target as (input: unknown, options: unknown) => Promise<unknown>)(input, options)
}

describe('the activity log', () => {
  it('narrows down to what was refused to one person, by name and not by code', async () => {
    await refusalOf(world.as('nurse').audit.list({}))
    addEvents(world, 3, { roles: ['doctor'] })
    const { keys, container } = open('/activity')
    await waitFor(() => expect(screen.getAllByRole('row', { name: /Amira Haddad.*Opened the chart/ })).toHaveLength(3), SLOW)
    await keys.click(screen.getByRole('combobox', { name: 'Outcome' }))
    await keys.click(await screen.findByRole('option', { name: 'Refused' }))
    await waitFor(() => expect(screen.queryAllByRole('row', { name: /Opened the chart/ })).toEqual([]))
    expect(screen.getByRole('row', { name: /Tom Okafor Nurse.*Refused: not in the role/ })).toBeTruthy()
    await expectAccessible(container)
  })

  it('verifies all of it by keyboard, and says what is wrong where it is', { timeout: 60_000 }, async () => {
    addEvents(world, 30)
    withoutGuards(world.core.vault.writer)
    const { keys } = open('/activity')
    await screen.findByRole('heading', { level: 1, name: 'Activity' }, SLOW)
    await keys.keyboard('v')
    const panel = await screen.findByRole('region', { name: 'Verify the log' })
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(panel).findByText('All as it was written.', {}, SLOW)).toBeTruthy()
    expect(await within(panel).findByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/, {}, SLOW)).toBeTruthy()
    world.core.vault.writer.$client.exec('update audit_events set actor_id = null where seq = 7')
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(panel).findByText('Event 7 is not what was written.', {}, SLOW)).toBeTruthy()
    expect(await screen.findByText('The log is not whole.', {}, SLOW)).toBeTruthy()
  })

  it('exports only with a name, a reason and a folder, and says how to check it', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-export-'))
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
    window.cairn = { ...testBridge(), files: { pathOf: () => '', chooseFolder: async () => folder } }
    addEvents(world, 5)
    const { keys } = open('/activity')
    await screen.findByRole('heading', { level: 1, name: 'Activity' }, SLOW)
    await keys.keyboard('e')
    const panel = await screen.findByRole('region', { name: 'Export the log' })
    expect(within(panel).getByText('Still missing: to whom, what for, a folder.')).toBeTruthy()
    await keys.type(within(panel).getByRole('textbox', { name: 'To whom' }), 'Dana Reyes')
    await keys.type(within(panel).getByRole('textbox', { name: 'What for' }), 'Review')
    await keys.click(within(panel).getByRole('button', { name: 'Choose folder' }))
    expect(await within(panel).findByText(folder)).toBeTruthy()
    await keys.keyboard('{Control>}{Enter}{/Control}')
    expect(await within(panel).findByText(/events exported\./, {}, SLOW)).toBeTruthy()
    expect(fs.readdirSync(folder)).toHaveLength(1)
    await expectAccessible(panel)
  })
})

describe('what else the log shows', () => {
  it('shows everybody their own acts, without anybody’s name', async () => {
    addEvents(world, 2)
    const { container } = open('/my-activity', 'nurse')
    expect(await screen.findByRole('row', { name: /Signed in/ }, SLOW)).toBeTruthy()
    expect(screen.queryByRole('columnheader', { name: 'Who' })).toBeNull()
    expect(screen.queryByRole('row', { name: /Opened the chart/ })).toBeNull()
    await expectAccessible(container)
  })

  it('lists what was printed and exported', async () => {
    const { keys, container } = open('/activity/disclosures')
    expect(await screen.findByText('Nothing left the clinic', {}, SLOW)).toBeTruthy()
    await keys.keyboard('{ArrowRight}')
    expect(await screen.findByText('Nothing left the clinic', {}, SLOW)).toBeTruthy()
    await expectAccessible(container)
  })
})
