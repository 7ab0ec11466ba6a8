import { Outlet } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { Palette } from './palette/Palette.tsx'
import { ToastHost } from '#renderer/ui/toast.tsx'
import { Header } from './Header.tsx'
import { HomeNotes } from './HomeNotes.tsx'
import { KeyScopeProvider } from './keys/keys.tsx'
import { KeysPage } from './keys/KeysPage.tsx'
import { KeyScope } from './keys/registry.ts'
import { useContributions } from './places.ts'
import { Rail } from './Rail.tsx'
import { PanelStackProvider } from './SidePanel.tsx'
import { ShellSlotsContext } from './slots.ts'
import { useShellKeys } from './useShellKeys.ts'
import styles from './Shell.module.css'

/**
 * Rail, header, main, panel: the frame every screen stands in. It is laid out by hand because Mantine's
 * AppShell writes style elements at run time, which the window's content security policy refuses.
 */
export function Shell() {
  const [title, setTitle] = useSlot()
  const [filter, setFilter] = useSlot()
  const [panel, setPanel] = useSlot()
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const [areKeysShown, setKeysShown] = useState(false)
  useShellKeys({ openPalette: () => setPaletteOpen(true), showKeys: () => setKeysShown(true) })
  return (
    <ShellSlotsContext value={{ title, filter, panel }}>
      <PanelStackProvider>
        <div className={styles['shell']}>
          <Rail onShowKeys={() => setKeysShown(true)} />
          <Header titleRef={setTitle} filterRef={setFilter} onFind={() => setPaletteOpen(true)} />
          <main className={styles['main']} data-region="main" tabIndex={-1}>
            <KeyScopeProvider scope={KeyScope.screen}>
              <HomeNotes />
              <Outlet />
            </KeyScopeProvider>
          </main>
          <div ref={setPanel} className={styles['panel']} />
          <ToastHost />
        </div>
        <Residents />
        {isPaletteOpen && <Palette onClose={() => setPaletteOpen(false)} />}
        {areKeysShown && <KeysPage onClose={() => setKeysShown(false)} />}
      </PanelStackProvider>
    </ShellSlotsContext>
  )
}

/** While its person is away React lets go of the element and takes the same one again: what hangs in it must stay. */
function useSlot(): [HTMLElement | null, (element: HTMLElement | null) => void] {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const keep = useCallback((element: HTMLElement | null) => {
    if (element) setSlot(element)
  }, [])
  return [slot, keep]
}

function Residents() {
  return useContributions().map(({ domain, Resident }) => Resident && <Resident key={domain} />)
}
