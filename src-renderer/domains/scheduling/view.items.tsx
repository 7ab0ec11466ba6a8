import type { TypeColour } from '#shared/domains/scheduling/model.ts'
import { canMove } from '#shared/domains/scheduling/rules.ts'
import type { GridItem } from '#renderer/ui/ScheduleGrid.tsx'
import { stateColours, stateLooks } from '#renderer/ui/StateTag.tsx'
import { AppointmentBlock } from './AppointmentBlock.tsx'
import type { Block } from './view.ts'

interface Shown {
  isConflict: boolean
  isMoving: boolean
  canAct: boolean
  isUnsent: boolean
}

/** What was made of a block stays with it: while another one is dragged, four hundred rows get what they had and are not drawn anew. */
const made = new WeakMap<Block, Map<string, GridItem>>()

export function itemOf(block: Block, shown: Shown): GridItem {
  const colour = block.appointment.typeColour ?? undefined
  const key = [colour, shown.isConflict, shown.isMoving, shown.canAct, shown.isUnsent].join()
  const known = made.get(block) ?? new Map<string, GridItem>()
  const item = known.get(key) ?? makeItem(block, shown, colour)
  made.set(block, known.set(key, item))
  return item
}

function makeItem(block: Block, { isConflict, isMoving, canAct, isUnsent }: Shown, colour: TypeColour | undefined): GridItem {
  const { appointment: one } = block
  const look = isConflict ? 'conflict' : isMoving ? 'faded' : stateLooks[one.status].dashed ? 'dashed' : 'plain'
  return {
    id: one.id, startMin: block.startMin, endMin: block.endMin, lane: block.lane, lanes: block.lanes, label: isUnsent ? `${block.label}, waiting for the clinic` : block.label,
    style: { ...stateColours(block.state), ...(colour ? { '--type-colour': `var(--mantine-color-${colour}-5)` } : {}) },
    isTyped: colour !== undefined, look, isUnsent, isDraggable: canAct && canMove(one.status), content: <AppointmentBlock block={block} isUnsent={isUnsent} />,
  }
}
