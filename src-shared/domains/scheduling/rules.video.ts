import type { AppointmentType } from './model.ts'

/**
 * Where a visit by video is held when nobody has written a link: at its type's own address. One that ends in "/" gets a room
 * for each visit, named by the random part of the appointment's id, so that a patient who keeps the link meets nobody else.
 */
export function videoLinkOf(type: Pick<AppointmentType, 'isTelehealth' | 'telehealthBase'> | undefined, appointmentId: string): string | null {
  if (!type?.isTelehealth || type.telehealthBase === null) return null
  return type.telehealthBase.endsWith('/') ? `${type.telehealthBase}${appointmentId.replaceAll('-', '').slice(-16)}` : type.telehealthBase
}
