/** How old the stock on sale was, poll by poll: the middle one and the 95th of a hundred, against what was promised. */
import { type ReactNode, useId } from 'react'
import { Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Instant, Span } from '../../src-main/domain/time.ts'
import { useClock } from '../clock.ts'
import { exact, timeOfDay } from '../parts/dates.ts'
import { shortSpanOf, spanOf } from '../parts/numbers.ts'
import { rootPixels } from '../parts/root-pixels.ts'

interface Point {
  readonly at: Instant
  readonly p50Ms: Span | null
  readonly p95Ms: Span | null
}

interface StalenessChartProps {
  readonly series: readonly Point[]
  readonly targetMs: Span
  /** After this long without a read the time since then is drawn as not read. */
  readonly staleAfterMs: Span
  /** How high its letters are; the wall's are larger. */
  readonly letterPixels?: number
}

export function StalenessChart({ series, targetMs, staleAfterMs, letterPixels }: StalenessChartProps): ReactNode {
  const letter = letterPixels ?? 0.75 * rootPixels()
  const tick = { fill: 'var(--ink-faint)', fontSize: letter }
  const hatch = useId()
  const lastAt = series.at(-1)?.at ?? 0
  // Up to now once it is stale, by the minute: a line that ends early must not look like one that goes on.
  const endsAt = useClock((now) => (now - lastAt > staleAfterMs ? Math.floor(now / 60_000) * 60_000 : lastAt))
  const highest = Math.max(targetMs, ...series.map((point) => point.p95Ms ?? point.p50Ms ?? 0))
  return (
    <figure className="chart" aria-label={summary(series, targetMs)}>
      <ResponsiveContainer width="100%" height="100%" minWidth={0}>
        <LineChart data={[...series]} margin={{ top: 6, right: letter * 2.5, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="6" stroke="var(--line-strong)" strokeWidth="2" />
            </pattern>
          </defs>
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', endsAt]}
            ticks={hoursIn(series[0]?.at ?? endsAt, endsAt)}
            tickFormatter={timeOfDay}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            height={Math.round(letter * 1.7)}
            interval="preserveStartEnd"
          />
          <YAxis
            domain={[0, highest * 1.08]}
            ticks={[0, targetMs, ...(highest > targetMs * 1.5 ? [highest] : [])]}
            tickFormatter={shortSpanOf}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={Math.round(letter * 4)}
            interval={0}
          />
          {blindSpans(series, endsAt).map((blind) => (
            <ReferenceArea key={blind.from} x1={blind.from} x2={blind.to} fill={`url(#${hatch})`} fillOpacity={1} stroke="none" />
          ))}
          <ReferenceLine y={targetMs} stroke="var(--ink-faint)" strokeDasharray="2 3" />
          <Tooltip content={<PointAt />} isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} />
          <Line dataKey="p95Ms" stroke="var(--chart-second)" strokeDasharray="4 3" {...plainLine} strokeWidth={letter / 7} label={<EndLabel word="p95" letter={letter} last={series.length - 1} />} />
          <Line dataKey="p50Ms" stroke="var(--chart-first)" {...plainLine} strokeWidth={letter / 7} label={<EndLabel word="p50" letter={letter} last={series.length - 1} />} />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  )
}

const plainLine = { type: 'linear', dot: false, activeDot: { r: 3 }, isAnimationActive: false, connectNulls: false } as const

interface EndLabelProps {
  readonly word: string
  readonly letter: number
  readonly last: number
  /** Given by the chart for each point. */
  readonly index?: number
  readonly x?: number
  readonly y?: number
  readonly value?: number | null
}

/** Names the line at its end, so that nobody has to match colours with a legend. */
function EndLabel({ word, letter, last, index, x, y, value }: EndLabelProps): ReactNode {
  if (index !== last || x === undefined || y === undefined || value === null || value === undefined) return null
  return (
    <text x={x + letter * 0.4} y={y + letter * (word === 'p50' ? 0.7 : -0.35)} fill="var(--ink-dim)" fontSize={letter}>
      {word}
    </text>
  )
}

interface PointAtProps {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: Point }[]
}

function PointAt({ active, payload }: PointAtProps): ReactNode {
  const point = payload?.[0]?.payload
  if (active !== true || point === undefined) return null
  return (
    <div className="chart-tip">
      <div>{exact(point.at)}</div>
      <div>p50 {told(point.p50Ms)}</div>
      <div>p95 {told(point.p95Ms)}</div>
    </div>
  )
}

/** Stretches without a figure: nothing was read there, which is not the same as nothing being late. */
export function blindSpans(series: readonly Point[], endsAt: Instant): readonly { readonly from: Instant; readonly to: Instant }[] {
  const spans: { from: Instant; to: Instant }[] = []
  let from: Instant | null = null
  let before: Instant | null = null
  for (const point of series) {
    const blind = point.p50Ms === null && point.p95Ms === null
    if (blind && from === null) from = before ?? point.at
    if (!blind && from !== null) {
      spans.push({ from, to: point.at })
      from = null
    }
    before = point.at
  }
  if (from !== null) spans.push({ from, to: endsAt })
  else if (before !== null && before < endsAt) spans.push({ from: before, to: endsAt })
  return spans
}

/** At most five round moments in between: full hours, or their halves where the span is short. */
export function hoursIn(first: Instant, last: Instant): readonly Instant[] {
  const steps = [600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000, 86_400_000]
  const step = steps.find((each) => (last - first) / each <= 4) ?? 7 * 86_400_000
  const ticks: Instant[] = []
  for (let at = Math.ceil(first / step) * step; at <= last && ticks.length < 10; at += step) ticks.push(at)
  return ticks
}

function summary(series: readonly Point[], targetMs: Span): string {
  const last = series.at(-1)
  if (last === undefined) return 'Stock staleness over time: nothing was read yet.'
  return `Stock staleness over the last ${series.length} reads, promised within ${spanOf(targetMs)}: now p50 ${told(last.p50Ms)}, p95 ${told(last.p95Ms)}.`
}

function told(span: Span | null): string {
  return span === null ? 'not read' : spanOf(span)
}
