/** What one SKU should have shown and what it did show, step by step; where the two lie apart the shop was behind. */
import type { ReactNode } from 'react'
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { StockOneView } from '../../src-main/contract/stock-views.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import { dayOf, exact, timeOfDay } from '../parts/dates.ts'
import { grouped } from '../parts/numbers.ts'
import { rootPixels } from '../parts/root-pixels.ts'
import { hoursIn } from './staleness-chart.tsx'
import './charts.css'

interface StockHistoryChartProps {
  readonly history: StockOneView['history']
  readonly shopLabel: string
}

/** The figures as written, for people; as numbers, for the height alone. */
interface Point {
  readonly at: Instant
  readonly expected: number | null
  readonly shop: number | null
  readonly says: { readonly expected: string | null; readonly shop: string | null }
}

const dayMs = 86_400_000

export function StockHistoryChart({ history, shopLabel }: StockHistoryChartProps): ReactNode {
  const points = pointsOf(history)
  const first = points[0]?.at ?? history.until
  if (points.length < 2) return <p className="small dim">Nothing has moved since it was first read.</p>
  const letter = 0.75 * rootPixels()
  const tick = { fill: 'var(--ink-faint)', fontSize: letter }
  const step = { type: 'stepAfter', dot: false, activeDot: { r: 3 }, isAnimationActive: false, strokeWidth: letter / 7 } as const
  const spansDays = history.until - first > 2 * dayMs
  return (
    <figure className="chart stock-history" aria-label={summary(history, shopLabel)}>
      <p className="chart-legend small" aria-hidden="true">
        <span className="chart-key" data-line="first" /> should show
        <span className="chart-key" data-line="second" /> on sale
      </p>
      <ResponsiveContainer width="100%" height="100%" minWidth={0}>
        <LineChart data={points} margin={{ top: 6, right: letter, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis
            dataKey="at"
            type="number"
            domain={[first, history.until]}
            ticks={[...hoursIn(first, history.until)]}
            tickFormatter={spansDays ? dayOf : timeOfDay}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            height={Math.round(letter * 1.7)}
            interval="preserveStartEnd"
          />
          <YAxis tickFormatter={(figure: number) => grouped(String(figure))} tick={tick} tickLine={false} axisLine={false} width={Math.round(letter * 5.5)} allowDecimals={false} />
          <Tooltip content={<PointAt />} isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} />
          <Line dataKey="shop" stroke="var(--chart-second)" strokeDasharray="4 3" {...step} />
          <Line dataKey="expected" stroke="var(--chart-first)" {...step} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}

/** One point at each moment at which either side moved, and one for now: each side holds until it moves again. */
export function pointsOf({ expected, shop, until }: StockOneView['history']): Point[] {
  const moments = [...new Set([...expected, ...shop].map((one) => one.at).concat(until))].filter((at) => at <= until).toSorted((a, b) => a - b)
  const heldAt = (line: readonly { readonly at: Instant; readonly figure: string }[], at: Instant): string | null => line.findLast((one) => one.at <= at)?.figure ?? null
  return moments.map((at) => {
    const says = { expected: heldAt(expected, at), shop: heldAt(shop, at) }
    return { at, expected: heightOf(says.expected), shop: heightOf(says.shop), says }
  })
}

function heightOf(figure: string | null): number | null {
  return figure === null ? null : Number(figure)
}

interface PointAtProps {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: Point }[]
}

function PointAt({ active, payload }: PointAtProps): ReactNode {
  const point = payload?.[0]?.payload
  if (active !== true || point === undefined) return null
  const { expected, shop } = point.says
  return (
    <div className="chart-tip">
      <div>{exact(point.at)}</div>
      <div>should show {expected === null ? 'not known' : grouped(expected)}</div>
      <div>on sale {shop === null ? 'not read' : grouped(shop)}</div>
    </div>
  )
}

function summary({ expected, shop }: StockOneView['history'], shopLabel: string): string {
  const should = expected.at(-1)?.figure
  const shows = shop.at(-1)?.figure
  return `${expected.length} figures that it should have shown, now ${should ?? 'none'}; ${shopLabel} shows ${shows ?? 'nothing that was read'}.`
}
