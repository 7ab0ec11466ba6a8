import { limits } from '../kernel/limits.ts'

/** Where a host may be reached: a name or a number of the network, and a port. */
export interface Address {
  host: string
  port: number
}

/**
 * What a person typed or a machine wrote down: "front-desk", "front-desk.local:21470", "192.168.1.20", "[fe80::1%eth0]:21470",
 * "fd00::20". Undefined for everything that is no address: what stands here ends in a URL, so nothing else may pass.
 */
export function parseAddress(text: string): Address | undefined {
  const typed = text.trim()
  const bracketed = /^\[([^[\]]+)\](?::(\d{1,5}))?$/.exec(typed)
  if (bracketed) return isIPv6(bracketed[1] ?? '') ? addressOf(bracketed[1] ?? '', bracketed[2]) : undefined
  if (isIPv6(typed)) return addressOf(typed, undefined)
  const plain = /^([^:]+)(?::(\d{1,5}))?$/.exec(typed)
  const host = plain?.[1] ?? ''
  return isIPv4(host) || isHostName(host) ? addressOf(host, plain?.[2]) : undefined
}

export const formatAddress = ({ host, port }: Address): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)

/** The same place written twice is one place; what is no address is left out. */
export function distinctAddresses(texts: readonly string[]): string[] {
  const written = texts.flatMap((text) => parseAddress(text) ?? []).map(formatAddress)
  return [...new Set(written)].slice(0, limits.network_addresses_max)
}

function addressOf(host: string, port: string | undefined): Address | undefined {
  const number = port === undefined ? limits.network_port : Number(port)
  return number >= 1 && number <= 65_535 ? { host: host.toLowerCase(), port: number } : undefined
}

const isIPv4 = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)

/** A name: labels of letters, digits and dashes. One that is digits and dots only is a mistyped number. */
const isHostName = (host: string): boolean =>
  host.length <= 253 && !/^[\d.]+$/.test(host) && host.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label))

/** Eight groups, or fewer with one "::"; a zone ("%eth0") may follow. */
function isIPv6(host: string): boolean {
  const [number = '', ...zone] = host.split('%')
  if (zone.length > 1 || (zone[0] !== undefined && !/^[a-z0-9._-]{1,32}$/i.test(zone[0]))) return false
  const halves = number.split('::')
  if (!number.includes(':') || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? groups.length <= 7 : groups.length === 8)
}
