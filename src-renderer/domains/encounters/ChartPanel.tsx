import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import { AllergyPanel } from './AllergyPanel.tsx'
import { MedicationPanel } from './MedicationPanel.tsx'
import { ProblemPanel } from './ProblemPanel.tsx'
import { VitalsPanel } from './VitalsPanel.tsx'

export type PanelKind = 'vitals' | 'problem' | 'allergy' | 'medication'

/** What each tab of the chart gets: the chart, and the way to open a panel beside it. */
export interface TabProps {
  chart: Chart
  open: (panel: PanelKind) => void
}

/** One panel at a time, beside a chart that stays in sight. */
export function ChartPanel({ kind, chart, onClose }: { kind: PanelKind; chart: Chart; onClose: () => void }) {
  switch (kind) {
    case 'vitals': return chart.visit ? <VitalsPanel patient={chart.patient} visit={chart.visit} trends={chart.vitals} onClose={onClose} /> : null
    case 'problem': return <ProblemPanel patientId={chart.patient.id} onClose={onClose} />
    case 'allergy': return <AllergyPanel patientId={chart.patient.id} list={chart.allergies} onClose={onClose} />
    case 'medication': return <MedicationPanel patientId={chart.patient.id} onClose={onClose} />
  }
}
