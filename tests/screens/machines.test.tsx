import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Candidate, Member } from '#shared/domains/network/model.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { setClock } from '#renderer/app/clock.ts'
import { openInNetwork } from '#tests/support/network-window.tsx'
import { expectAccessible } from '#tests/support/screen.tsx'
import { calm, type ScriptedNetwork } from '#tests/support/scripted-network.ts'
import { makeWorld, type World } from '#tests/support/world.ts'

const NOW = '2026-11-17T15:04:00.000Z' // 10:04 am in New York.
const SLOW = { timeout: 10_000 }

let world: World
beforeEach(async () => {
  world = await makeWorld({ start: NOW })
  setClock(() => Date.parse(NOW))
})

const newId = () => world.core.platform.newId()
const member = (name: string, more: Partial<Member> = {}): Member => ({
  id: newId(), name, profile: 'clinical', os: 'win32 10.0.22631 x64', appVersion: '0.1.0', isThis: false, isHost: false, isConnected: true, pairedAt: '2026-10-01T12:00:00.000Z',
  lastSeenAt: NOW, behind: 0, unsent: 0, unsentSince: null, attention: 0, revokedAt: null, leaseEndsAt: '2026-12-01T12:00:00.000Z', ...more,
})
function clinicOf(net: ScriptedNetwork): { standby: Member; desk: Member; all: Member[] } {
  const standby = member('Back office', { profile: 'standby' })
  const desk = member('Front desk 1', { profile: 'front-desk', isConnected: false, lastSeenAt: '2026-11-16T12:00:00.000Z', behind: 212, unsent: 3, unsentSince: '2026-11-16T11:58:00.000Z' })
  const all = [member('Server', { isThis: true, isHost: true, profile: null, leaseEndsAt: null }), standby, desk]
  net.state({ role: 'host', link: 'none', profile: null, hostName: null })
  net.answer('members', () => all)
  return { standby, desk, all }
}
const openMachines = (prepare: (net: ScriptedNetwork) => void) => openInNetwork(world, '/devices', 'administrator', prepare)

describe('the list of machines', () => {
  it('says of each what it holds, how it stands and what waits', async () => {
    const { container, keys } = openMachines((net) => void clinicOf(net))
    const table = await screen.findByRole('table', { name: 'Machines' }, SLOW)
    expect(within(table).getAllByRole('row').slice(1).map((row) => row.textContent)).toEqual([
      'Server (this one)Host: everything, and it serves the othersHost0.1.0now',
      'Back officeStandby: a full copy, ready to become the hostConnected0.1.0now',
      'Front desk 1Front desk: no clinical rows on its diskUnseen for 27 h 4 min212 behind, 3 unsent0.1.016 Nov 7:00 am',
    ])
    expect(await screen.findByText('2 of 3 machines connected, 1 session open here')).toBeTruthy()
    await keys.click(within(table).getByRole('row', { name: /Front desk 1/ }))
    expect(await screen.findByText(/3 changes of this machine have not reached the clinic/)).toBeTruthy()
    await expectAccessible(container)
  })

  it('takes a lost one out with a reason, and prints what to write down and do', async () => {
    let desk: Member | undefined
    const { keys, net } = openMachines((script) => {
      const clinic = clinicOf(script)
      desk = clinic.desk
      script.answer('revoke', () => {
        clinic.all[2] = { ...clinic.desk, revokedAt: NOW }
        return {}
      })
    })
    await keys.click(await screen.findByRole('row', { name: /Front desk 1/ }, SLOW))
    await keys.click(await screen.findByRole('button', { name: 'Take it out …' }))
    const dialog = await screen.findByRole('dialog', { name: 'Take Front desk 1 out of the clinic?' })
    expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Leave it in' }))
    expect(within(dialog).getByRole('button', { name: 'Take it out' }).getAttribute('aria-disabled')).toBe('true')
    await expectAccessible(dialog)
    await keys.click(within(dialog).getByRole('radio', { name: 'Stolen' }))
    await keys.click(within(dialog).getByRole('button', { name: 'Take it out' }))
    const pages = await screen.findByRole('main', { name: 'Pages' }, SLOW)
    expect(net.asked).toEqual([{ name: 'revoke', input: { deviceId: desk?.id, reason: 'stolen' } }])
    expect(pages.textContent).toMatch(/Lost machine/)
    expect(pages.textContent).toMatch(/Front desk: no clinical rows on its disk/)
    expect(pages.textContent).toMatch(/Used by, and last by whom/)
    expect(pages.textContent).toMatch(/3 changes, as last reported: they are only on that machine/)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('is taken out in words when it fails, and the host cannot be', async () => {
    const { keys } = openMachines((script) => {
      clinicOf(script)
      script.answer('revoke', () => {
        throw refuse('REVOKED_ALREADY')
      })
    })
    await keys.click(await screen.findByRole('row', { name: /Server/ }, SLOW))
    expect(screen.queryByRole('button', { name: 'Take it out …' })).toBeNull()
    await keys.click(screen.getByRole('row', { name: /Back office/ }))
    await keys.click(await screen.findByRole('button', { name: 'Take it out …' }))
    const dialog = await screen.findByRole('dialog')
    await keys.click(within(dialog).getByRole('radio', { name: 'Replaced' }))
    await keys.click(within(dialog).getByRole('button', { name: 'Take it out' }))
    expect(await within(dialog).findByText('This machine was taken out already.')).toBeTruthy()
  })

  it('says that it cannot be read, and the rest of the screen stays', async () => {
    openMachines((net) => {
      net.state({ role: 'host', link: 'none' })
      net.answer('members', () => {
        throw refuse('INTERNAL')
      })
    })
    expect(await screen.findByText('The list of machines could not be opened.', {}, SLOW)).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'This computer is the host' })).toBeTruthy()
  })
})

describe('a host that was put back to an older state', () => {
  it('says so, and goes on with what is here only after a question', async () => {
    const { keys, net, container } = openMachines((script) => {
      clinicOf(script)
      script.state({ role: 'host', link: 'none', profile: null, hostName: null, standing: 'restored' })
      script.answer('beginAnew', () => ({ ...calm, role: 'host', link: 'none', profile: null, hostName: null, epoch: 2 }))
    })
    expect(await screen.findByRole('heading', { name: 'This host is behind its own machines' }, SLOW)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Let another machine be the host/ })).toBeNull()
    expect(screen.getByText('Behind its machines')).toBeTruthy()
    await keys.click(screen.getByRole('button', { name: 'Begin anew with what is here …' }))
    const dialog = await screen.findByRole('dialog', { name: 'Begin anew with what is on this computer?' })
    await expectAccessible(container)
    await keys.keyboard('{Escape}')
    expect(net.asked).toEqual([])
    await keys.click(screen.getByRole('button', { name: 'Begin anew with what is here …' }))
    await keys.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Begin anew' }))
    await waitFor(() => expect(net.asked).toEqual([{ name: 'beginAnew', input: {} }]))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(dialog.isConnected).toBe(false)
  })
})

describe('a machine that was away for days', () => {
  it('says when it locks, at its place and in the chip', async () => {
    openMachines((net) => net.state({ link: 'offline', offlineSince: '2026-11-10T12:00:00.000Z', lease: { days: 7, warning: 7, hasEnded: false } }))
    expect(await screen.findByText('Locks in 7 days.', {}, SLOW)).toBeTruthy()
    expect(screen.getByText('Host not reachable · locks in 7 days')).toBeTruthy()
  })
})

describe('being the host', () => {
  it('is one switch with its meaning, and refuses a port that is none', async () => {
    const { keys, net, container } = openMachines((script) => {
      script.state({ role: 'alone', link: 'none', profile: null, hostName: null })
      script.answer('becomeHost', () => ({ ...calm, role: 'host', link: 'none', profile: null, hostName: null }))
    })
    await keys.click(await screen.findByRole('button', { name: 'Be the host …' }, SLOW))
    const dialog = await screen.findByRole('dialog', { name: 'Let this computer be the host?' })
    await expectAccessible(container)
    await keys.type(within(dialog).getByRole('textbox', { name: /Port/ }), '80')
    expect(within(dialog).getByText('A port is a number from 1024 to 65535.')).toBeTruthy()
    await keys.keyboard('{Enter}')
    expect(net.asked).toEqual([])
    await keys.type(within(dialog).getByRole('textbox', { name: /Port/ }), '80{Enter}')
    await waitFor(() => expect(net.asked).toEqual([{ name: 'becomeHost', input: { port: 8_080 } }]))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('goes to the standby as planned, and says why not while it lags', async () => {
    const { keys, net } = openMachines((script) => {
      const { standby } = clinicOf(script)
      standby.behind = 4
      script.answer('switchHost', () => ({ ...calm }))
    })
    expect(await screen.findByText('Back office is still taking 4 changes.', {}, SLOW)).toBeTruthy()
    const caughtUp = member('Back office', { profile: 'standby' })
    net.answer('members', () => [member('Server', { isThis: true, isHost: true }), caughtUp])
    net.state({})
    await waitFor(() => expect(screen.queryByText('Back office is still taking 4 changes.')).toBeNull())
    await keys.click(screen.getByRole('button', { name: 'Let another machine be the host …' }))
    await keys.click(within(await screen.findByRole('dialog', { name: 'Let Back office be the host?' })).getByRole('button', { name: 'Let it be the host' }))
    await waitFor(() => expect(net.asked).toEqual([{ name: 'switchHost', input: { toDeviceId: caughtUp.id } }]))
  })
})

describe('adding a machine', () => {
  const waiting = { is: 'waiting', code: 'K7PM2QXD', qr: 'cairn:192.168.1.20:21470/K7PM2QXD', addresses: ['192.168.1.20:21470', 'server.local:21470'], until: '2026-11-17T15:09:00.000Z' }
  async function showCode() {
    const opened = openMachines((script) => {
      clinicOf(script)
      script.answer('answerPairing', () => ({}))
    })
    await opened.keys.click(await screen.findByRole('button', { name: 'Add a machine' }, SLOW))
    const dialog = await screen.findByRole('dialog', { name: 'Add a machine' })
    await waitFor(() => opened.net.say('pair', waiting))
    await within(dialog).findByText('K7PM 2QXD')
    return { ...opened, dialog }
  }

  it('shows code, picture, addresses and the time left, counts wrong tries, and lets in what shows the same digits', async () => {
    const { keys, net, dialog, container } = await showCode()
    expect(within(dialog).getByRole('img', { name: 'The same code and address, to scan' })).toBeTruthy()
    expect(within(dialog).getByText('192.168.1.20:21470')).toBeTruthy()
    expect(within(dialog).getByRole('timer').textContent).toBe('5:00')
    await expectAccessible(container)
    net.say('pair', { is: 'wrong', triesLeft: 3 })
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(/3 tries left/)
    const requestId = newId()
    net.say('pair', { is: 'asking', requestId, name: 'Room 3', os: 'linux 6.8.0 x64', profile: 'front-desk', digits: '042917' })
    expect((await within(dialog).findByLabelText('Six digits')).textContent).toBe('042 917')
    await expectAccessible(container)
    await keys.clear(within(dialog).getByRole('textbox', { name: 'Name of the machine' }))
    await keys.type(within(dialog).getByRole('textbox', { name: 'Name of the machine' }), 'Exam 3')
    await keys.click(within(dialog).getByRole('radio', { name: 'Clinical' }))
    await keys.click(within(dialog).getByRole('button', { name: 'They are the same, let it in' }))
    await waitFor(() => expect(net.asked.at(-1)).toEqual({ name: 'answerPairing', input: { requestId, allow: true, name: 'Exam 3', profile: 'clinical' } }))
    net.say('pair', { is: 'paired', name: 'Exam 3' })
    expect(await within(dialog).findByText('Exam 3 is one of the clinic’s machines now.')).toBeTruthy()
  })

  it('says no to what shows other digits', async () => {
    const { keys, net, dialog } = await showCode()
    const requestId = newId()
    net.say('pair', { is: 'asking', requestId, name: 'Room 3', os: 'linux 6.8.0 x64', profile: 'clinical', digits: '042917' })
    await keys.click(await within(dialog).findByRole('button', { name: 'They differ, say no' }))
    await waitFor(() => expect(net.asked.at(-1)).toMatchObject({ name: 'answerPairing', input: { requestId, allow: false } }))
    net.say('pair', { is: 'over', why: 'declined' })
    expect(await within(dialog).findByText('Not added.')).toBeTruthy()
  })

  it('shows no code that nobody serves any more', async () => {
    const { net, dialog } = await showCode()
    net.end('pair')
    expect(await within(dialog).findByText('The code was taken away.')).toBeTruthy()
    expect(within(dialog).queryByText('K7PM 2QXD')).toBeNull()
  })

  it('is locked after five wrong codes, until somebody asks for a new one', async () => {
    const { keys, net, dialog } = await showCode()
    net.say('pair', { is: 'over', why: 'locked' })
    expect(await within(dialog).findByText('Locked after five wrong codes.')).toBeTruthy()
    net.end('pair')
    expect(within(dialog).queryByText('K7PM 2QXD')).toBeNull()
    await keys.click(within(dialog).getByRole('button', { name: 'Show a new code' }))
    await waitFor(() => expect(net.asked.filter((one) => one.name === 'pair')).toHaveLength(2))
    await waitFor(() => net.say('pair', { ...waiting, code: 'AAAABBBB' }))
    expect(await within(dialog).findByText('AAAA BBBB')).toBeTruthy()
    net.end('pair', refuse('PAIRING_RUNNING'))
    expect(await within(dialog).findByText(/Somebody is adding a machine already/)).toBeTruthy()
  })
})

describe('the host is gone', () => {
  const candidate = (name: string, more: Partial<Candidate> = {}): Candidate => ({ deviceId: newId(), name, epoch: 3, cursor: 900, isThis: false, isStandby: false, isReachable: true, ...more })
  const openWizard = (machines: Candidate[], prepare: (net: ScriptedNetwork) => void = () => undefined) => openInNetwork(world, '/devices/host-gone', 'administrator', (net) => {
    net.state({ profile: 'standby', link: 'offline', offlineSince: '2026-11-17T09:00:00.000Z', hostName: 'Server' })
    net.answer('candidates', () => ({ hostAnswers: false, hostName: 'Server', lastSeenAt: '2026-11-17T09:00:00.000Z', machines }))
    prepare(net)
  })
  const key = 'ABCD '.repeat(14).trim()

  it('tries the host first and stops when it answers', async () => {
    const { keys, net } = openWizard([], (script) => script.answer('candidates', () => ({ hostAnswers: true, hostName: 'Server', lastSeenAt: NOW, machines: [] })))
    expect(await screen.findByRole('button', { name: 'Try to reach it' }, SLOW)).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: 'Printed recovery key' })).toBeNull()
    await keys.click(screen.getByRole('button', { name: 'Try to reach it' }))
    expect(await screen.findByText('Server answers.')).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: 'Printed recovery key' })).toBeNull()
    expect(net.asked).toEqual([{ name: 'candidates', input: {} }])
  })

  it('lists who is furthest, and sends people there when it is another machine', async () => {
    const { keys, container } = openWizard([candidate('Here', { isThis: true, isStandby: true, cursor: 880 }), candidate('Back office', { isStandby: true })])
    await keys.click(await screen.findByRole('button', { name: 'Try to reach it' }, SLOW))
    const table = await screen.findByRole('table', { name: 'Machines that could take over' })
    expect(within(table).getAllByRole('row').slice(1).map((row) => row.textContent)).toEqual(['Back officeeverythinghas everything that anybody hasReachable', 'Here (this one)everything20 changes behindReachable'])
    expect(screen.getByRole('alert').textContent).toMatch(/Back office has taken more from the old host/)
    expect(screen.queryByRole('textbox', { name: 'Printed recovery key' })).toBeNull()
    await expectAccessible(container)
  })

  it('names a standby that could not be asked, and lets a person decide', async () => {
    const { keys } = openWizard([candidate('Here', { isThis: true, isStandby: true }), candidate('Back office', { isStandby: true, isReachable: false, epoch: 0, cursor: 0 })])
    await keys.click(await screen.findByRole('button', { name: 'Try to reach it' }, SLOW))
    const table = await screen.findByRole('table', { name: 'Machines that could take over' })
    expect(within(table).getByRole('row', { name: /Back office/ }).textContent).toBe('Back officeeverythingnot known: it does not answerNot reachable')
    expect(screen.getByText('Back office could not be asked.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Let this computer be the host' })).toBeTruthy()
  })

  it('does not let a machine without everything take over', async () => {
    const { keys } = openWizard([candidate('Here', { isThis: true })], (net) => net.state({ profile: 'clinical' }))
    await keys.click(await screen.findByRole('button', { name: 'Try to reach it' }, SLOW))
    expect((await screen.findByRole('alert')).textContent).toMatch(/does not hold everything/)
  })

  it('asks which machine stays off and for the printed key, says why not, and ends as the host', async () => {
    const { keys, net, container } = openWizard([candidate('Here', { isThis: true, isStandby: true })], (script) => script.answer('promote', () => {
      throw refuse('RECOVERY_KEY_WRONG')
    }))
    await keys.click(await screen.findByRole('button', { name: 'Try to reach it' }, SLOW))
    const field = await screen.findByRole('textbox', { name: 'Printed recovery key' })
    const act = () => screen.getByRole('button', { name: 'Let this computer be the host' })
    expect(screen.getByText('Switch Server off first.')).toBeTruthy()
    await keys.click(screen.getByRole('checkbox', { name: /Server is switched off or destroyed/ }))
    expect(screen.getByText('14 groups of the key are missing.')).toBeTruthy()
    await expectAccessible(container)
    await keys.click(field)
    await keys.paste(key)
    await keys.tab()
    expect(screen.getByText('One symbol was misread: the last group is a check and it does not fit.')).toBeTruthy()
    await keys.click(act())
    expect(net.asked.map((one) => one.name)).toEqual(['candidates'])
    await keys.clear(field)
    await keys.click(field)
    await keys.paste(formatRecoveryKey(world.clinic.recoveryKey).join(' '))
    await keys.click(act())
    expect((await screen.findByRole('alert')).textContent).toMatch(/not the clinic’s printed recovery key/)
    net.answer('promote', () => ({ ...calm, role: 'host', link: 'none', profile: null, epoch: 4 }))
    await keys.click(act())
    expect(await screen.findByText('This computer is the clinic’s host now')).toBeTruthy()
    expect(net.asked.at(-1)).toMatchObject({ name: 'promote', input: { oldHostIsOff: true } })
    await expectAccessible(container)
  })
})

describe('the owner’s home', () => {
  it('says how many machines are connected, and asks to look when one has not been seen for a day', async () => {
    const { keys, net } = openInNetwork(world, '/clinic', 'administrator', (script) => void clinicOf(script))
    const row = await screen.findByRole('button', { name: /2 of 3 machines connected; Front desk 1 not seen for a day/ }, SLOW)
    expect(row.closest('section')?.querySelector('h2')?.textContent).toBe('For you')
    net.answer('members', () => [member('Server', { isThis: true, isHost: true }), member('Back office', { profile: 'standby', behind: 900 })])
    net.state({})
    expect(await screen.findByRole('button', { name: /2 of 2 machines connected; standby Back office is 900 changes behind/ })).toBeTruthy()
    net.answer('members', () => [member('Server', { isThis: true, isHost: true }), member('Back office', { profile: 'standby', behind: 2 })])
    net.state({})
    const calmRow = await screen.findByRole('button', { name: /^2 of 2 machines connected ?Machines$/ })
    expect(calmRow.closest('section')?.querySelector('h2')?.textContent).toBe('Watched over')
    await keys.click(calmRow)
    expect(await screen.findByRole('heading', { level: 1, name: 'Machines' })).toBeTruthy()
  })
})
