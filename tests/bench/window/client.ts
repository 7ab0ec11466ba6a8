import { api } from '#renderer/rpc/api.ts'
import { connect } from '#renderer/rpc/port.ts'

/**
 * Runs in the product's own window instead of its screens: takes the port that the shell hands over and gives the
 * bench the same typed client that the screens use.
 */
window.addEventListener('message', (event) => {
  const [port] = event.ports
  if (event.data !== 'cairn:port' || !port) return
  event.stopImmediatePropagation()
  connect(port)
}, true)

Object.assign(globalThis, { benchApi: api })
