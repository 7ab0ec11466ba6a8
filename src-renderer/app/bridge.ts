import type { CairnBridge } from '#shared/bridge.ts'

declare global {
  interface Window {
    cairn?: CairnBridge
  }
}

/** Absent in tests and in a plain browser; what needs it is then not shown. */
export function bridge(): CairnBridge | undefined {
  return window.cairn
}
