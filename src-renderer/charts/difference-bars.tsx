/** Signed amounts beside each other, each against the largest of its own currency; sums of two currencies never share a scale. */
import type { ReactNode } from 'react'

interface DifferenceBarProps {
  readonly minor: number
  /** The largest amount of the same currency, without its sign. */
  readonly largest: number
}

/** Over is solid and to the right, under is hatched and to the left of the middle. */
export function DifferenceBar({ minor, largest }: DifferenceBarProps): ReactNode {
  const percent = largest === 0 ? 0 : Math.max(2, (50 * Math.abs(minor)) / largest)
  return (
    <span className="difference-bar" aria-hidden="true">
      <span data-side={minor < 0 ? 'under' : 'over'} style={minor < 0 ? { right: '50%', width: `${percent}%` } : { left: '50%', width: `${percent}%` }} />
    </span>
  )
}

/** The largest amount without its sign, by currency. */
export function largestByCurrency(rows: readonly { readonly currency: string; readonly minor: number }[]): ReadonlyMap<string, number> {
  const largest = new Map<string, number>()
  for (const row of rows) largest.set(row.currency, Math.max(largest.get(row.currency) ?? 0, Math.abs(row.minor)))
  return largest
}
