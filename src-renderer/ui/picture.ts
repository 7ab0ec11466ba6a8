import { useEffect, useState } from 'react'

interface Picture {
  mime: string
  /** Base64. */
  data: string
}

/**
 * A picture from the core as an address of this page. Addresses that carry their own data are closed to the page
 * (img-src in src-main/shell/app-protocol.ts); this one names bytes in memory and ends with the screen that shows them.
 */
export function usePicture(picture: Picture | null | undefined): string | undefined {
  const [made, setMade] = useState<{ of: string; address: string }>()
  const [mime, data] = [picture?.mime, picture?.data]
  useEffect(() => {
    if (mime === undefined || data === undefined) return undefined
    const address = URL.createObjectURL(new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type: mime }))
    queueMicrotask(() => setMade({ of: data, address }))
    return () => URL.revokeObjectURL(address)
  }, [mime, data])
  return made !== undefined && made.of === data ? made.address : undefined
}
