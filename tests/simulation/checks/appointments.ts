import { statusesWithoutRoom, statusesWithoutSlot } from '#shared/domains/scheduling/model.ts'

const listed = (statuses: readonly string[]): string => statuses.map((one) => `'${one}'`).join(', ')

/** I7: pairs of live appointments that share a provider's or a room's time. Written apart from the product's own rule. */
export const overlapSql = `select a.id as one, b.id as other from appointments a join appointments b on a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
  where (a.provider_id = b.provider_id and a.status not in (${listed(statusesWithoutSlot)}) and b.status not in (${listed(statusesWithoutSlot)}))
  or (a.room_id = b.room_id and a.status not in (${listed(statusesWithoutRoom)}) and b.status not in (${listed(statusesWithoutRoom)})) limit 1`
