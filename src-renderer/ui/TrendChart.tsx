import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Table } from '@mantine/core'
import { useState } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'

export interface TrendSeries {
  name: string
  label: string
}

interface TrendChartProps {
  /** "Blood pressure". */
  title: string
  /** Each point: `at` is the label on the axis, the rest are the series. */
  points: readonly Readonly<Record<string, string | number | null>>[]
  series: readonly TrendSeries[]
  /** Targets as lines in amber. */
  targets?: readonly number[]
  unit?: string
  height?: number
}

const colours = ['var(--progress-bar)', 'var(--booked-bar)', 'var(--roomed-bar)', 'var(--checkout-bar)']

/** At most four series, values always readable, no animation; Shift T shows the same as a table. */
export function TrendChart({ title, points, series, targets = [], unit, height = 260 }: TrendChartProps) {
  const [asTable, setAsTable] = useState(false)
  useKeys([{ id: 'chart.table', keys: 'Shift+T', label: 'Chart as table', where: title, run: () => setAsTable((value) => !value) }])
  if (asTable) return <TrendTable title={title} points={points} series={series} unit={unit} />
  return (
    <LineChart
      h={height}
      data={points.map((point) => ({ ...point }))}
      dataKey="at"
      series={series.slice(0, 4).map((one, index) => ({ name: one.name, label: one.label, color: colours[index] ?? 'var(--ink-2)' }))}
      referenceLines={targets.map((y) => ({ y, color: 'var(--arrived-bar)', ifOverflow: 'extendDomain' as const }))}
      curveType="linear"
      connectNulls
      withLegend={series.length > 1}
      legendProps={{ verticalAlign: 'top', height: 28, itemSorter: null }}
      gridAxis="none"
      tickLine="none"
      strokeWidth={2}
      dotProps={{ r: 3 }}
      lineProps={{ isAnimationActive: false }}
      tooltipAnimationDuration={0}
      yAxisProps={{ domain: ['auto', 'auto'], width: 36 }}
      {...(unit ? { unit: ` ${unit}` } : {})}
    />
  )
}

function TrendTable({ title, points, series, unit }: Pick<TrendChartProps, 'title' | 'points' | 'series'> & { unit: string | undefined }) {
  return (
    <Table aria-label={title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          {series.map((one) => (
            <Table.Th key={one.name} ta="right">
              {one.label} {unit}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {points.map((point, index) => (
          <Table.Tr key={index}>
            <Table.Td>{point['at']}</Table.Td>
            {series.map((one) => (
              <Table.Td key={one.name} ta="right">
                {point[one.name]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
