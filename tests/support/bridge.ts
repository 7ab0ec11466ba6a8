import type { CairnBridge } from '#shared/bridge.ts'

/** What the preload script would put on the page; a picked file lies at "/picked/<its name>". */
export function testBridge(): CairnBridge {
  const nothing = (): void => undefined
  return {
    platform: 'linux',
    startPhase: undefined,
    isDisplay: false,
    version: '0.0.0',
    window: { minimize: nothing, toggleMaximize: nothing, close: nothing, open: nothing, openDisplay: nothing },
    camera: { open: () => undefined, close: () => undefined },
    files: { pathOf: (file) => `/picked/${(file as File).name}`, chooseFolder: async () => '/picked/folder' }, // The bridge's type knows no DOM.
    preferences: { save: nothing },
    video: { join: async () => 'opened' },
    print: { printers: async () => [], page: async () => ({ done: true }), savePdf: async () => ({ done: true }) },
  }
}
