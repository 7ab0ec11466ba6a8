/** What the preload script puts on the page as `window.cairn`. Nothing else crosses over; data goes by MessagePort. */
export interface CairnBridge {
  platform: 'win32' | 'darwin' | 'linux'
  version: string
  /** What the first window shows until the core has answered; absent for later windows and after a reload. */
  startPhase: StartPhase | undefined
  /** This page is the waiting room's display and nothing else. */
  isDisplay: boolean
  window: {
    minimize: () => void
    toggleMaximize: () => void
    close: () => void
    /** Opens a second window of the same session at an address of the app ('/day'). */
    open: (path: string) => void
    /** The waiting room's display, on a second screen if there is one. */
    openDisplay: () => void
  }
  files: {
    /** Where a file that the person picked or dropped lies on this machine; '' when it has no place. `file` is a DOM File. */
    pathOf: (file: object) => string
    /** Asks for a folder to write to; undefined when the person closes the question. */
    chooseFolder: () => Promise<string | undefined>
  }
  camera: {
    /** The dialog with the camera's picture is open: until it closes the page may ask for the camera, and for nothing else. */
    open: () => void
    close: () => void
  }
  preferences: {
    /** Keeps a choice about this machine's windows beyond the end of the program. */
    save: (name: PreferenceName, value: string) => void
  }
  video: {
    /** Opens the link that stands with an appointment in the system's browser. The page names the appointment, never an address. */
    join: (request: { appointmentId: string; seat: string }) => Promise<JoinOutcome>
  }
  print: {
    printers: () => Promise<readonly Printer[]>
    /** Prints the page as it is laid out for paper. */
    page: (request: PrintRequest) => Promise<PrintOutcome>
    /** Asks where to save, then writes a PDF. `suggestedName` holds a number, never a patient's name. */
    savePdf: (request: { suggestedName: string; paper: Paper }) => Promise<PrintOutcome>
  }
}

export type JoinOutcome = 'opened' | 'no-link' | 'failed'

/** Keys of the page's storage that outlive the program: colours (Mantine's own key), single letters as keys, printer, label printer, the calendar's grid. */
export const preferenceNames = ['mantine-color-scheme-value', 'cairn.keys.letters-off', 'cairn.printer', 'cairn.label-printer', 'cairn.calendar.step'] as const
export type PreferenceName = (typeof preferenceNames)[number]
export type Preferences = Readonly<Partial<Record<PreferenceName, string>>>

/** A clinic that nobody has opened since the start, or none yet. */
export type StartPhase = 'closed' | 'first-run'

/** A label of 62 by 29 mm lies in a printer of its own. */
export type Paper = 'Letter' | 'A4' | 'Label'
export const LABEL_MM = { width: 62, height: 29 } as const

export interface Printer {
  name: string
  label: string
  isDefault: boolean
}

export interface PrintRequest {
  paper: Paper
  /** Absent: the system's default printer. */
  printer?: string
  copies?: number
}

export type PrintOutcome = { done: true } | { done: false; reason: 'cancelled' | 'no-printer' | 'failed' }
