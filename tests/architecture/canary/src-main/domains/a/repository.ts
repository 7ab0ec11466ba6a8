export const rowsOfA = 1
