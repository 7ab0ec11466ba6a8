import { IconDeviceDesktop, IconExternalLink, IconMoon, IconSun } from '#renderer/ui/icons.ts'
import { bridge } from './bridge.ts'
import type { CommandContribution, Contribution } from './contribution.ts'
import { keepPreference } from './preferences.ts'

type Scheme = 'light' | 'dark' | 'auto'

/** Where Mantine keeps the choice; every window of this machine follows it through the storage event. */
const storageKey = 'mantine-color-scheme-value'

function choose(scheme: Scheme): void {
  keepPreference(storageKey, scheme)
  // The browser tells the other windows; this one is told here.
  window.dispatchEvent(new StorageEvent('storage', { key: storageKey, newValue: scheme, storageArea: localStorage }))
}

const command = (scheme: Scheme, label: string, icon: CommandContribution['icon']): CommandContribution => ({
  id: `appearance.${scheme}`,
  label,
  icon,
  run: () => choose(scheme),
})

/** What belongs to the window itself stands in the palette: the header has no room for what is used once a month. */
export const shellContribution: Contribution = {
  domain: 'shell',
  commands: [
    { id: 'shell.window', label: 'Open another window', icon: IconExternalLink, run: () => bridge()?.window.open('/') },
    command('light', 'Light colours', IconSun),
    command('dark', 'Dark colours', IconMoon),
    command('auto', 'Colours as the system has them', IconDeviceDesktop),
  ],
}
