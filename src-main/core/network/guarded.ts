/**
 * What the wire calls on the other side of its ports runs inside events of sockets, where nobody could catch what it
 * throws and one bug would end the core. So it is caught here, told, and answered with what is safe: nothing.
 */
export function guarded<A extends unknown[], R>(act: (...values: A) => R, onFault: (error: unknown) => void): (...values: A) => R | undefined {
  return (...values) => {
    try {
      return act(...values)
    } catch (error) {
      onFault(error)
      return undefined
    }
  }
}
