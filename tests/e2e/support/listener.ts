import dgram from 'node:dgram'
import fs from 'node:fs'
import http from 'node:http'
import type net from 'node:net'
import { once } from 'node:events'
import { processesOf, read } from './processes.ts'

export interface Listener {
  /** Where a web page would be. */
  web: string
  /** Where a call between browsers would ask for its address. */
  udp: string
  /** Connections and packets so far, whatever was in them. */
  heard(): number
  close(): void
}

/** Counts everybody who comes, by TCP or UDP, on this machine's loopback. */
export async function listen(): Promise<Listener> {
  let heard = 0
  const web = http.createServer((_request, response) => response.end('reached'))
  web.on('connection', () => (heard += 1))
  web.listen(0, '127.0.0.1')
  const udp = dgram.createSocket('udp4').on('message', () => (heard += 1))
  udp.bind(0, '127.0.0.1')
  await Promise.all([once(web, 'listening'), once(udp, 'listening')])
  const port = (web.address() as net.AddressInfo).port // A listening TCP server has a port.
  return { web: `http://127.0.0.1:${port}`, udp: `stun:127.0.0.1:${udp.address().port}`, heard: () => heard, close: () => {
    web.close()
    udp.close()
  } }
}

/** Connections of a process and its children that lead off this machine, and sockets that wait there for others (Linux keeps the list). */
export function connectionsOf(pid: number): string[] {
  const owned = new Set(processesOf(pid).flatMap(socketsOf))
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) => read(`/proc/net/${kind}`).split('\n').slice(1).flatMap((line) => {
    const [, local = '', remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/)
    return owned.has(inode) && !(isHere(local) && (isHere(remote) || isNowhere(remote))) ? [`${kind} ${local} ${remote}`] : []
  }))
}

function socketsOf(pid: number): string[] {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketIn(`/proc/${pid}/fd/${fd}`))
  } catch {
    return [] // It ended meanwhile.
  }
}

function socketIn(link: string): string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(link))?.slice(1) ?? []
  } catch {
    return [] // Closed meanwhile; of one's own process the list itself is such a one.
  }
}

/** 127.x.x.x and ::1 as the kernel writes them, the lowest byte first. */
const isHere = (address: string): boolean => /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/.test(address)
const isNowhere = (address: string): boolean => /^0+:/.test(address)
