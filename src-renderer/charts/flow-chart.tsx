/** Orders by hour on both sides: what the shop took as a line, what the ERP made of it as bars below that line. */
import type { ReactNode } from 'react'
import { Bar, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Instant } from '../../src-main/domain/time.ts'
import { dayOf, timeOfDay } from '../parts/dates.ts'
import { count } from '../parts/numbers.ts'

interface Hour {
  readonly at: Instant
  readonly shop: number
  readonly erp: number
}

export function FlowChart({ flow }: { readonly flow: readonly Hour[] }): ReactNode {
  const shop = flow.reduce((sum, hour) => sum + hour.shop, 0)
  const erp = flow.reduce((sum, hour) => sum + hour.erp, 0)
  return (
    <figure className="chart" aria-label={`Orders by hour over the last day: ${count(shop)} in the shop, ${count(erp)} in the ERP.`}>
      <ResponsiveContainer width="100%" height="100%" minWidth={0}>
        <ComposedChart data={[...flow]} margin={{ top: 3, right: 0, bottom: 0, left: 0 }} barCategoryGap={1} accessibilityLayer={false}>
          <XAxis dataKey="at" hide />
          <YAxis hide domain={[0, (highest: number) => Math.max(1, highest)]} />
          <Tooltip content={<HourAt />} isAnimationActive={false} cursor={{ fill: 'var(--surface-hover)' }} />
          <Bar dataKey="erp" fill="var(--chart-bar)" isAnimationActive={false} />
          <Line dataKey="shop" type="step" stroke="var(--chart-first)" strokeWidth={1.5} dot={false} activeDot={false} isAnimationActive={false} />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  )
}

interface HourAtProps {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: Hour }[]
}

function HourAt({ active, payload }: HourAtProps): ReactNode {
  const hour = payload?.[0]?.payload
  if (active !== true || hour === undefined) return null
  return (
    <div className="chart-tip">
      <div>
        {dayOf(hour.at)} {timeOfDay(hour.at)}
      </div>
      <div>{count(hour.shop)} in the shop</div>
      <div>{count(hour.erp)} in the ERP</div>
    </div>
  )
}
