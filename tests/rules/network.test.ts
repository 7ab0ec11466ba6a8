import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatPairingCode, parsePairingCode } from '#shared/kernel/pairing-code.ts'
import { limits } from '#shared/kernel/limits.ts'
import { distinctAddresses, formatAddress, parseAddress } from '#shared/sync/address.ts'
import { formatInvitation, parseInvitation } from '#shared/sync/pairing.ts'

// The goal: what people type is understood as they meant it, and what is no address never becomes one.

const port = limits.network_port

test.each([
  ['front-desk', 'front-desk', port],
  [' Front-Desk.local ', 'front-desk.local', port],
  ['office:9000', 'office', 9000],
  ['192.168.1.20', '192.168.1.20', port],
  ['192.168.1.20:9000', '192.168.1.20', 9000],
  ['fd00::20', 'fd00::20', port],
  ['::1', '::1', port],
  ['[fd00::20]', 'fd00::20', port],
  ['[FD00::20]:9000', 'fd00::20', 9000],
  ['[fe80::1%eth0]:9000', 'fe80::1%eth0', 9000],
  ['2001:db8:0:0:0:0:0:1', '2001:db8:0:0:0:0:0:1', port],
])('%s is an address', (typed, host, wanted) => {
  expect(parseAddress(typed)).toEqual({ host, port: wanted })
})

test.each([
  '', ' ', ':9000', 'office:', 'office:0', 'office:65536', 'office:http', 'https://office', 'office/sync', 'a b', 'user@office', '192.168.1', '192.168.1.256', '1.2.3.4.5',
  '[office]:9000', '[::1', '::1]:1', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'fe80::1%', 'fe80::1%a%b', 'fe80::1%../x', '-office', 'office-', `${'a'.repeat(64)}.local`, 'a..b', 'münchen',
])('"%s" is none', (typed) => {
  expect(parseAddress(typed)).toBeUndefined()
})

test('what is written down is read back the same', () => {
  const number = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain())
  fc.assert(fc.property(number, fc.integer({ min: 1, max: 65_535 }), (host, at) => {
    const read = parseAddress(formatAddress({ host, port: at }))
    fc.pre(read !== undefined)
    expect(parseAddress(formatAddress(read!))).toEqual(read)
  }))
})

test('a list of addresses names each place once, in order, and no more than a machine tries', () => {
  expect(distinctAddresses(['office', 'rubbish here', `OFFICE:${port}`, '[::1]:5', '::1'])).toEqual([`office:${port}`, '[::1]:5', `[::1]:${port}`])
  expect(distinctAddresses(Array.from({ length: 50 }, (_, i) => `10.0.0.${i}`))).toHaveLength(limits.network_addresses_max)
})

test('a pairing code carries 128 bits in 26 symbols, in groups, and is read as people type', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (secret) => {
    const code = formatPairingCode(secret)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(parsePairingCode(code)).toEqual(secret)
    expect(parsePairingCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'i')} `)).toEqual(secret)
  }))
})

test.each(['', '0', '0'.repeat(25), '0'.repeat(27), `${'0'.repeat(25)}1`, `${'0'.repeat(25)}U`, 'é'.repeat(26)])('"%s" is no pairing code', (typed) => {
  expect(parsePairingCode(typed)).toBeUndefined()
})

test('the QR code’s text is read back, and no other QR code is taken for it', () => {
  const invitation = { addresses: ['10.0.0.1:21470', '[fd00::1]:21470'], authority: 'a'.repeat(64), code: formatPairingCode(new Uint8Array(16).fill(9)) }
  expect(parseInvitation(formatInvitation(invitation))).toEqual(invitation)
  for (const other of ['', 'https://example.org', '[]', '{"code":1}', formatInvitation({ ...invitation, code: 'ABC' }), formatInvitation({ ...invitation, authority: 'x' })]) expect(parseInvitation(other)).toBeUndefined()
})
