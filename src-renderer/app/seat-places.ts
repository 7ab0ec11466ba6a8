/** Where somebody was when they left their seat. Kept in memory only; a place is a noun of ours and names no patient. */
export interface SeatPlace {
  place: string
}

const places = new Map<string, SeatPlace>()

export const keepPlace = (seat: string, place: SeatPlace): void => void places.set(seat, place)
export const placeOf = (seat: string | null): string | undefined => (seat === null ? undefined : places.get(seat)?.place)
