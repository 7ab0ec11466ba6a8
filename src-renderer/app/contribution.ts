import type { Permission } from '#shared/access/permissions.ts'
import type { Coverage } from '#shared/domains/patients/model.ts'
import type { ComponentType } from 'react'

/** A page component, loaded when its route is first opened. */
export type LazyPage = () => Promise<ComponentType>

export type IconType = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>

export interface RouteContribution {
  /** TanStack path: '/patients/$patientId'. Links are built with app/paths.ts, never by hand. */
  path: string
  page: LazyPage
  /** Whoever may not do this sees "not found" instead; the core refuses on its own anyway. */
  may?: Permission
  /** Without rail and header: print preview, wizard. */
  fullWindow?: boolean
}

export interface PlaceContribution {
  /** Name in the role lists of roles/places.ts. */
  id: string
  label: string
  icon: IconType
  path: string
  may?: Permission
  /** Letter after G. */
  goKey?: string
  /** Hook: a grey count, "work of mine"; 0 or undefined shows nothing. */
  useCount?: () => number | undefined
}

export type Carried = Readonly<Record<string, string>>

/** What a command gets: enough to navigate, nothing else of the shell. */
export interface CommandContext {
  /** `carried` is handed to the next screen in memory (useCarried): a searched name must not be in an address. */
  go: (path: string, carried?: Carried) => void
}

export interface CommandContribution {
  id: string
  label: string | ((query: string) => string)
  icon: IconType
  /** Shown as the hint; the key itself is registered by `useGlobalKeys` when `global` is set. */
  keys?: string
  /** Works anywhere, not only from the palette. */
  global?: boolean
  may?: Permission
  /** Offered even when its label does not match, as long as something was typed ("Register new patient “lop”"). */
  always?: boolean
  run: (context: CommandContext, query: string) => void
}

export interface PatientActionContribution {
  id: string
  label: string
  icon: IconType
  /** Letter after Tab in the palette. */
  letter: string
  may?: Permission
  run: (patientId: string, context: CommandContext) => void
}

export interface PaletteHit {
  id: string
  /** 'patient' hits get the actions for a patient; everything else is only opened. */
  kind: 'patient' | 'other'
  /** Spoken in "For Lopez, Maria Elena". */
  title: string
  /** Small grey after the title: "68 F". */
  titleNote?: string
  /** Second line. */
  meta?: string
  /** At the right: "Today 10:30, Room 2". */
  aside?: string
  path: string
}

export interface PaletteSource {
  id: string
  /** Heading over the hits: "Patients". */
  group: string
  may?: Permission
  search: (text: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>
  /** Right-hand side for the chosen hit; decides by role what it shows. */
  Preview?: ComponentType<{ hit: PaletteHit }>
}

/** An act of this domain that takes two people, as the one who approves reads it. */
export interface FactsProps {
  input: unknown
  /** What the one who asks has said: it stands below the facts and is not said twice. */
  said: string
}

export interface ApprovalWords {
  /** "billing.voidInvoice". */
  procedure: string
  /** "Void an invoice". */
  title: string
  /** The facts of this one, asked of the core and not of whoever asks for approval. */
  Facts: ComponentType<FactsProps>
}

/** All that a domain brings to the window. One exported constant per domain, listed in contributions.ts. */
export interface Contribution {
  domain: string
  routes?: readonly RouteContribution[]
  places?: readonly PlaceContribution[]
  commands?: readonly CommandContribution[]
  patientActions?: readonly PatientActionContribution[]
  paletteSource?: PaletteSource
  approvals?: readonly ApprovalWords[]
  /** Rendered once inside the shell: global dialogs of the domain. Must render nothing while idle. */
  Resident?: ComponentType
  /** A card on the patient's page, below those of the desk. */
  PatientCard?: ComponentType<{ patientId: string }>
  /** The card of an insurance, to look at or to add, inside a panel of another domain. */
  CardScan?: ComponentType<{ coverage: Coverage }>
  /** One line above the home of every role, while something must not wait; renders nothing otherwise. */
  HomeNote?: ComponentType
}
