import { createContext, useContext } from 'react'

/** The places in the frame that a screen fills through portals. */
export interface ShellSlots {
  title: HTMLElement | null
  filter: HTMLElement | null
  panel: HTMLElement | null
}

export const ShellSlotsContext = createContext<ShellSlots>({ title: null, filter: null, panel: null })

export const useShellSlots = (): ShellSlots => useContext(ShellSlotsContext)
