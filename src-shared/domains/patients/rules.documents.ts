import { deskKinds, type DocumentKind, type DocumentType } from './model.documents.ts'
import { photoTypeOf } from './rules.ts'

/** Which of the two drawers: the desk's, or the chart's. */
export type Drawer = 'desk' | 'chart'
export const drawerOf = (kind: DocumentKind): Drawer => ((deskKinds as readonly DocumentKind[]).includes(kind) ? 'desk' : 'chart')

/** What the first bytes say it is; the name and the declared type say nothing. */
export function documentTypeOf(bytes: Uint8Array): DocumentType | null {
  const isPdf = [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, at) => bytes[at] === byte)
  return isPdf ? 'application/pdf' : photoTypeOf(bytes)
}

/** A scan as many machines make it: the page draws it anew and keeps pictures of its pages. */
export const isTiff = (bytes: Uint8Array): boolean => [[0x49, 0x49, 0x2a, 0x00], [0x4d, 0x4d, 0x00, 0x2a]].some((magic) => magic.every((byte, at) => bytes[at] === byte))

export const partsOf = (byteSize: number, partBytes: number): number => Math.max(1, Math.ceil(byteSize / partBytes))
