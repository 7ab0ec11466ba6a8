const Database = require('better-sqlite3')
const { randomUUID } = require('node:crypto')

const [file, key] = process.argv.slice(2)
const db = new Database(file)
db.pragma("cipher='sqlcipher'")
db.pragma('legacy=4')
db.pragma(`key="x'${key}'"`)
db.pragma('journal_mode=WAL')
db.pragma('synchronous=FULL')
db.pragma('foreign_keys=ON')
db.pragma('temp_store=MEMORY')
db.pragma('cache_size=-65536')

const find = db.prepare('select p.id, p.mrn, p.family_name, p.given_name, p.sex, p.birth_date, p.phone from patient_search f join patients p on p.mrn = f.rowid where patient_search match ? limit 20')
const chart = {
  patient: db.prepare('select * from patients where id = ?'),
  problems: db.prepare("select * from problems where patient_id = ? and status = 'active'"),
  allergies: db.prepare('select * from allergies where patient_id = ?'),
  medications: db.prepare('select * from medication_statements where patient_id = ? and ended_on is null'),
  observations: db.prepare('select * from observations where patient_id = ? order by observed_at desc limit 20'),
  encounters: db.prepare('select * from encounters where patient_id = ? order by started_at desc limit 10'),
  notes: db.prepare('select * from clinical_notes where patient_id = ? order by saved_at desc limit 5'),
  appointments: db.prepare('select * from appointments where patient_id = ? order by starts_at desc limit 10'),
}
const conflict = db.prepare("select 1 from appointments where provider_id = ? and starts_at < ? and ends_at > ? and starts_at > ? and status not in ('cancelled', 'no-show')")
const insert = db.prepare('insert into appointments (id, patient_id, provider_id, starts_at, ends_at, status, version, booked_at, booked_by) values (?, ?, ?, ?, ?, ?, 1, ?, ?)')
const audit = db.prepare("insert into audit_events (at, action, outcome, door, patient_id, entity_id) values (?, ?, 'done', 'window', ?, ?)")
const user = db.prepare('select id from user_accounts limit 1').pluck().get()
const takeNumber = db.prepare("update series set next = next + 1 where name = 'receipt' returning next - 1").pluck()
const pay = db.prepare("insert into payments (id, receipt_number, patient_id, kind, method, amount_cents, taken_at, taken_by) values (?, ?, ?, 'payment', 'cash', ?, ?, ?)")
const entry = db.prepare("insert into ledger_entries (id, at, patient_id, payment_id, kind, amount_cents, memo, entered_by) values (?, ?, ?, ?, 'payment', ?, 'Cash', ?)")
const now = () => new Date().toISOString()

const calls = {
  find: (match) => find.all(match),
  chart: (id) => Object.fromEntries(Object.entries(chart).map(([name, statement]) => [name, statement.all(id)])),
  book: db.transaction(({ id, patientId, providerId, startsAt, endsAt }) => {
    if (conflict.get(providerId, endsAt, startsAt, new Date(Date.parse(startsAt) - 28_800_000).toISOString())) throw new Error('taken')
    insert.run(id, patientId, providerId, startsAt, endsAt, 'booked', now(), user)
    audit.run(now(), 'booked', patientId, id)
    return { id }
  }).immediate,
  pay: db.transaction(({ id, patientId, amountCents }) => {
    pay.run(id, `T-${takeNumber.get()}`, patientId, amountCents, now(), user)
    entry.run(randomUUID(), now(), patientId, id, -amountCents, user)
    audit.run(now(), 'paid', patientId, id)
    return { id }
  }).immediate,
}

process.parentPort.on('message', ({ ports: [port] }) => {
  port.on('message', ({ data: [id, name, input] }) => port.postMessage([id, JSON.stringify(calls[name](input))]))
  port.start()
})
