import type { NetworkState } from '#shared/domains/network/model.ts'
import type { PassingStop, Profile, StopReason } from '#shared/sync/messages.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { count } from '#renderer/ui/format.ts'

/** What a machine of that profile has on its disk: the first thing that counts when it is lost. */
export const profileWords: Record<Profile, { name: string; holds: string }> = {
  'front-desk': { name: 'Front desk', holds: 'no clinical rows on its disk' },
  clinical: { name: 'Clinical', holds: 'charts and everything the front desk has' },
  standby: { name: 'Standby', holds: 'a full copy, ready to become the host' },
}

/** Why a machine has stopped taking part, and what a person has to do. What passes by itself stops nobody. */
const stops: Readonly<Record<Exclude<StopReason, PassingStop>, { title: string; todo: string }>> = {
  REVOKED: { title: 'This computer was taken out of the clinic', todo: 'An administrator did this at the host. Ask them; what was done here meanwhile waits for them.' },
  UNKNOWN_DEVICE: { title: 'The host does not know this computer', todo: 'It has to be added again: an administrator shows a code under Machines at the host.' },
  OTHER_CLINIC: { title: 'The machine that answers belongs to another clinic', todo: 'Tell an administrator. Nothing was sent to it.' },
  PROTOCOL_TOO_OLD: tooOld(),
  SCHEMA_TOO_OLD: tooOld(),
  PROTOCOL_TOO_NEW: tooNew(),
  SCHEMA_TOO_NEW: tooNew(),
  CHAIN_BROKEN: { title: 'This computer and the host have gone different ways', todo: 'Tell an administrator before you go on. Nothing was overwritten on either side.' },
  EPOCH_TOO_HIGH: { title: 'The machine that answers is not the host any more', todo: 'Another machine has taken its place. Tell an administrator which computer still calls itself the host.' },
  NUMBERS_DIFFER: { title: 'The host knows more of this computer than it does itself', todo: 'Its records were put back to an older state. Tell an administrator: it has to be added again with an empty folder.' },
}

/** A copy that may not go on as what it is, and a machine that was away too long. */
const standings: Readonly<Record<'restored' | 'fenced' | 'lease', { title: string; todo: string }>> = {
  restored: { title: 'This host is behind its own machines', todo: 'It was put back to an older state, so it takes and gives nothing. An administrator decides under Machines; nothing that a machine still has is lost.' },
  fenced: { title: 'Another machine is the clinic’s host now', todo: 'What is here can be read. Once this computer reaches the new host it takes a new copy, hands over what only it had, and goes on as an ordinary machine.' },
  lease: { title: 'The records on this computer are locked', todo: 'It has not met the host for two weeks. Bring it into the clinic’s network: it opens again by itself.' },
}

/** Why this machine stands still: what it is itself comes before what the host has said. */
export function stillWords({ standing, stoppedBy, lease }: Pick<NetworkState, 'standing' | 'stoppedBy' | 'lease'>): { title: string; todo: string } {
  if (standing === 'restored' || standing === 'fenced') return standings[standing]
  return lease?.hasEnded ? standings.lease : stopWords(stoppedBy)
}

function tooOld(): { title: string; todo: string } {
  return { title: 'Cairn on this computer is too old', todo: 'Install the version that the host has. What is unsent is kept and goes out after that.' }
}

function tooNew(): { title: string; todo: string } {
  return { title: 'Cairn on this computer is newer than the host', todo: 'Work goes on here. It is sent once Cairn is brought up to date at the host.' }
}

export const stopWords = (code: string | null): { title: string; todo: string } =>
  Object.entries(stops).find(([reason]) => reason === code)?.[1] ?? { title: 'This computer does not take part any more', todo: 'Tell an administrator. What was done here is kept.' }

/** "4 appointments, shown hatched until confirmed": by the table the rows are in. */
const waiting: Readonly<Record<string, { one: string; many: string; note: string }>> = {
  appointments: { one: 'appointment', many: 'appointments', note: 'shown hatched until confirmed' },
  payments: { one: 'payment', many: 'payments', note: 'receipts print as not confirmed yet' },
  patients: { one: 'patient', many: 'patients', note: 'new or changed here' },
  clinical_notes: { one: 'note', many: 'notes', note: 'written here, not yet at the clinic' },
  note_addenda: { one: 'addendum', many: 'addenda', note: 'written here, not yet at the clinic' },
  encounters: { one: 'visit', many: 'visits', note: 'begun or finished here' },
  medication_statements: { one: 'medication', many: 'medications', note: 'written here, not yet at the clinic' },
  medication_requests: { one: 'prescription', many: 'prescriptions', note: 'on paper, not yet at the clinic' },
  allergies: { one: 'allergy', many: 'allergies', note: 'written here, not yet at the clinic' },
  problems: { one: 'problem', many: 'problems', note: 'written here, not yet at the clinic' },
  observations: { one: 'measurement', many: 'measurements', note: 'shown to everyone on return' },
  charges: { one: 'charge', many: 'charges', note: 'drafts, numbered after sync' },
  appointment_confirmations: { one: 'call about an appointment', many: 'calls about appointments', note: 'what they said, shown to everyone on return' },
  recalls: { one: 'recall', many: 'recalls', note: 'written here, shown to everyone on return' },
  recall_contacts: { one: 'recall call', many: 'recall calls', note: 'what they said, shown to everyone on return' },
  wait_list_entries: { one: 'wait list entry', many: 'wait list entries', note: 'put on, asked or given a time here' },
  tasks: { one: 'task', many: 'tasks', note: 'reaches whom it is for on return' },
}
export const hasWaitingWords = (table: string): boolean => Object.hasOwn(waiting, table)


export function waitingWords({ table, amount }: { table: string; amount: number }): { text: string; note: string } {
  const words = waiting[table] ?? { one: 'other change', many: 'other changes', note: 'shown to everyone on return' }
  return { text: count(amount, words.one, words.many), note: words.note }
}

registerErrorTexts({
  SETTLED_ALREADY: 'Somebody has settled this already.',
  NOT_ALONE: 'Not done: this machine belongs to a clinic’s network already.',
  PORT_TAKEN: 'Not done: another program uses this port. Choose another one, or leave it empty.',
  NOT_HOST: 'Not done: this machine is not the host any more. Go to the machine that is.',
  HAS_MEMBERS: 'Not done: other machines are paired with this one. Take them out first, or let another machine be the host.',
  PAIRING_RUNNING: 'Somebody is adding a machine already, in another window. Go on there.',
  REQUEST_OVER: 'That machine has stopped asking. Show a new code.',
  IS_HOST: 'The host cannot be taken out. Let another machine be the host first.',
  REVOKED_ALREADY: 'This machine was taken out already.',
  ADDRESS_UNREADABLE: 'This address cannot be read. Write it as the host shows it, like 192.168.1.20:21470.',
  HOST_UNREACHABLE: 'Nobody answers there. Is the host switched on, and is this computer on the same network?',
  CODE_WRONG: 'That is not the code. Compare it with the host’s screen, symbol by symbol; it says there how many tries are left.',
  CODE_OVER: 'This code is over: it is good for five minutes and for one machine. Ask for a new one at the host.',
  PAIRING_LOCKED: 'Five wrong codes: nobody can join now. Ask for a new code at the host.',
  PAIRING_DECLINED: 'Whoever sits at the host said no. Look whether both screens show the same six digits, and try again.',
  HOST_IS_OTHER: 'The machine that answered is not the one that made this code. Nothing was sent to it. Look at the address again.',
  VERSIONS_DIFFER: (data) => `This computer has ${isOlder(data) ? 'an older' : 'a newer'} Cairn (${textIn(data, 'here')}) than the host. Install the host’s version, then join.`,
  SNAPSHOT_BROKEN: 'The copy of the records did not arrive whole, so it was thrown away. Try again; it goes on where it can.',
  SNAPSHOT_CUT: 'The host stopped answering before the copy was whole. What has come is kept; ask for a new code at the host and join again.',
  NOT_STANDBY: 'Not done: only a standby has a full copy and can be the host.',
  NOT_RESTORED: 'Not done: this host is in step with its machines. There is nothing to begin anew.',
  STANDBY_BEHIND: 'Not done: that machine has not taken everything yet. Wait until nothing waits there, then try again.',
  NOT_MEMBER: 'Not done: this machine is not a member of a clinic’s network.',
  HOST_ANSWERS: 'Not done: the host answers again. Work goes on with it.',
  RECOVERY_KEY_WRONG: 'This is not the clinic’s printed recovery key. It has to be the newest sheet.',
  OLDER_THAN_HOST: 'Not done: Cairn on this computer is older than on the host that is gone, so it does not hold everything. Install the host’s version here first.',
  COPY_NOT_MADE: (data) => (isDiskFull(data) ? 'The host could not make the copy: its disk is full. Make room there, then join again.' : 'The host could not make the copy. Look at the host, then join again.'),
  NOT_A_FULL_COPY: 'Not done: this machine does not hold everything. Only a standby can take the host’s place.',
  OTHER_IS_AHEAD: (data) => `Not done: ${textIn(data, 'name')} has taken more from the old host. Do this there, or switch it off for good first.`,
})

const textIn = (data: unknown, name: string): string => {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
  return typeof value === 'string' ? value : 'another one'
}
const isOlder = (data: unknown): boolean => typeof data === 'object' && data !== null && Reflect.get(data, 'isOlder') === true
const isDiskFull = (data: unknown): boolean => typeof data === 'object' && data !== null && Reflect.get(data, 'isDiskFull') === true
