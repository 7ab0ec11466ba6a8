import type { Entry } from './entry.ts'

const none = { input: () => ({}) }
/** The scene's clinic is one machine that serves nobody. */
const notHost = { answers: 'NOT_HOST' } as const
const notMember = { answers: 'NOT_MEMBER' } as const

/** The machines as one. */
export const networkInputs: Readonly<Record<string, Entry>> = {
  'network.state': none,
  'network.attention': none,
  'network.settle': { input: ({ newId }) => ({ id: newId(), how: 'told' }), answers: 'SETTLED_ALREADY' },
  'network.tryNow': none,
  'network.members': none,
  'network.becomeHost': none,
  'network.stopHost': { ...none, ...notHost },
  'network.pair': { ...none, ...notHost },
  'network.answerPairing': { input: ({ newId }) => ({ requestId: newId(), allow: false }), answers: 'REQUEST_OVER' },
  'network.revoke': { input: ({ newId }) => ({ deviceId: newId(), reason: 'lost' }), ...notHost },
  'network.findHosts': { ...none, isEndless: true },
  'network.join': { input: () => ({ address: '127.0.0.1', code: 'AAAA', name: 'Laptop', profile: 'clinical' }), answers: 'ALREADY_SET_UP' },
  'network.switchHost': { input: ({ newId }) => ({ toDeviceId: newId() }), ...notHost },
  'network.beginAnew': { ...none, ...notHost },
  'network.candidates': { ...none, ...notMember },
  'network.promote': { input: () => ({ recoveryKey: 'AAAA-BBBB', oldHostIsOff: true }), ...notMember },
}
