import type { Ref } from 'react'
import { Role } from '#shared/access/roles.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconLock, IconMinus, IconSearch, IconSquare, IconX } from '#renderer/ui/icons.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { useActor } from './actor.tsx'
import { bridge } from './bridge.ts'
import { KeyHint, useShortcut } from './keys/keys.tsx'
import { useLock } from './lock.ts'
import { useGo } from './navigation.ts'
import { paths } from './paths.ts'
import { SyncChip } from './SyncChip.tsx'
import styles from './Shell.module.css'

interface HeaderProps {
  titleRef: Ref<HTMLDivElement>
  filterRef: Ref<HTMLDivElement>
  onFind: () => void
}

/** Title, its one filter, find box, sync chip, person with lock, window buttons. Nothing else ever enters it. */
export function Header({ titleRef, filterRef, onFind }: HeaderProps) {
  const find = useShortcut('shell.find')
  return (
    <header className={styles['header']} data-region="header">
      <div ref={titleRef} className={styles['titleSlot']} />
      <div ref={filterRef} className={styles['filterSlot']} />
      <div className={styles['space']} />
      <button type="button" className={styles['find']} onClick={onFind} {...find}>
        <IconSearch size={16} stroke={1.8} />
        <span>Find patient or command</span>
        <KeyHint of="shell.find" />
      </button>
      <SyncChip />
      <Who />
      <WindowButtons />
    </header>
  )
}

export const roleWords: Record<Role, string> = {
  [Role.administrator]: 'Administrator',
  [Role.doctor]: 'Doctor',
  [Role.nurse]: 'Nurse',
  [Role.receptionist]: 'Front desk',
  [Role.billing]: 'Billing',
  [Role.pharmacist]: 'Pharmacist',
  patient: 'Patient',
}

function Who() {
  const actor = useActor()
  const lock = useLock()
  const go = useGo()
  const shortcut = useShortcut('shell.lock')
  const [role] = actor.roles
  return (
    <div className={styles['who']}>
      <button type="button" className={styles['whoButton']} title="My sign-in: password, PIN, second factor, open windows" onClick={() => go(paths.mySignIn())}>
        <Person name={actor.name} size={28} />
        <span>
          <span className={styles['whoName']}>{actor.name}</span>
          <span className={styles['whoRole']}>{role && roleWords[role]}</span>
        </span>
      </button>
      <IconButton label="Lock or switch person" title="Lock or switch person, Ctrl L" onClick={lock} {...shortcut}>
        <IconLock size={18} stroke={1.8} />
      </IconButton>
    </div>
  )
}

/** The window has no frame of its own, so these three are drawn here. */
export function WindowButtons() {
  const cairn = bridge()
  if (!cairn || cairn.platform === 'darwin') return null
  return (
    <div className={styles['windowButtons']}>
      <IconButton tone="soft" label="Minimize window" onClick={cairn.window.minimize}>
        <IconMinus size={16} stroke={1.6} />
      </IconButton>
      <IconButton tone="soft" label="Maximize or restore window" onClick={cairn.window.toggleMaximize}>
        <IconSquare size={14} stroke={1.6} />
      </IconButton>
      <IconButton tone="soft" label="Close window" onClick={cairn.window.close}>
        <IconX size={16} stroke={1.6} />
      </IconButton>
    </div>
  )
}
