import type { Appointment } from '#shared/domains/scheduling/model.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'

/**
 * What follows from a step of an appointment in a domain that stands above the schedule (a fee for a visit that was missed):
 * the schedule depends on none of them, and tells whoever has asked. It happens in the step's own transaction, on each
 * machine that carries the step out.
 */
export type Follower = (context: WriteContext, before: Appointment, after: Appointment) => void
const followers = new Set<Follower>()

export const followAppointments = (follower: Follower): void => void followers.add(follower)
export const tellFollowers: Follower = (context, before, after) => followers.forEach((follower) => follower(context, before, after))
