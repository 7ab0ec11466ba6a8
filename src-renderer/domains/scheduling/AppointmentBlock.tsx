import { IconUsers } from '#renderer/ui/icons.ts'
import { duration } from '#renderer/ui/format.ts'
import { stateLooks } from '#renderer/ui/StateTag.tsx'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import type { Block } from './view.ts'
import styles from './Day.module.css'

/** Inside of a block: name, timer and icon on the first line; age, sex, reason and room on the second if it is high enough. */
export function AppointmentBlock({ block, isUnsent = false }: { block: Block; isUnsent?: boolean }) {
  const look = stateLooks[block.appointment.status]
  const Icon = look.icon
  const colour = block.appointment.typeColour
  return (
    <>
      <div className={styles['blockHead']}>
        <span className={styles['blockName']} data-struck={look.struck || undefined}>
          {block.name}
        </span>
        {block.isSameName && (
          <span className={styles['sameName']} title="Same name as another patient today">
            <IconUsers size={13} stroke={2} />
          </span>
        )}
        {block.timerMin !== undefined && <span className={styles['timer']}>{duration(block.timerMin)}</span>}
        {isUnsent && <Unconfirmed isSmall />}
        <Icon size={15} stroke={1.7} className={styles['blockIcon'] ?? ''} />
      </div>
      {block.endMin - block.startMin >= 25 && <div className={styles['blockLine']}>{colour && colour !== 'slate' && <span className={styles['typeDot']} data-colour={colour} aria-hidden />}{block.line}</div>}
    </>
  )
}
