/** The part that reads the file. It has no types of its own; the library is handed the module as it is. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: object
}

/** By its file, because the types that come with it speak of Node, which a page does not have. */
declare module 'utif2/UTIF.js' {
  interface Page { width: number; height: number; data: Uint8Array; t256?: number[]; t257?: number[] }
  const UTIF: { decode: (file: ArrayBuffer) => Page[]; decodeImage: (file: ArrayBuffer, page: Page) => void; toRGBA8: (page: Page) => Uint8Array }
  export default UTIF
}
