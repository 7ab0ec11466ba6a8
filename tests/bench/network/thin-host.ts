import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { openDb } from '#main/core/db/open.ts'

/**
 * The thinnest host there could be: TLS, a socket, one bare transaction of two statements and an answer. No sign-in, no
 * rights, no rules, no feed, no activity log. Told to everybody who is connected only where a bench asks for it.
 */
const [file = '', key = '', certificate = '', privateKey = ''] = process.argv.slice(2)
const db = openDb({ path: file, key: Buffer.from(key, 'hex') }).$client
db.exec('create table if not exists bookings (id text primary key, starts_at text not null, body text not null); create index if not exists bookings_by_time on bookings (starts_at)')
const taken = db.prepare('select 1 from bookings where starts_at = ?').pluck()
const insert = db.prepare('insert into bookings (id, starts_at, body) values (?, ?, ?)')

const server = https.createServer({ cert: certificate, key: privateKey, minVersion: 'TLSv1.3' })
const sockets = new WebSocketServer({ server })
sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    const asked = JSON.parse(text) as { id: string; startsAt: string; tell?: boolean } // The bench's own message.
    db.transaction(() => taken.get(asked.startsAt) ?? insert.run(asked.id, asked.startsAt, text)).immediate()
    socket.send(`{"id":"${asked.id}"}`)
    if (asked.tell) for (const other of sockets.clients) if (other !== socket) other.send(text)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ value: (server.address() as AddressInfo).port })) // It listens on TCP.
process.on('disconnect', () => process.exit(0))
