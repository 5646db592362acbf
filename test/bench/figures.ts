/** What a measurement is told as, and how long something takes: medians of several runs, never one. */

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly better: 'higher' | 'lower'
  /** The same work done barely, in the same run; null where a figure is only reported. */
  readonly baseline: number | null
  readonly ratio: number | null
  readonly budget: string | null
  readonly ok: boolean | null
}

export function reported(name: string, value: number, unit: string, better: Figure['better'] = 'lower'): Figure {
  return { name, value: rounded(value), unit, better, baseline: null, ratio: null, budget: null, ok: null }
}

/** A figure against its baseline; `limit` is the budget for the ratio. */
export function against(
  name: string,
  measured: { readonly value: number; readonly baseline: number; readonly unit: string },
  limit: { readonly ratio: number; readonly better: Figure['better'] },
): Figure {
  const ratio = measured.value / measured.baseline
  const ok = limit.better === 'lower' ? ratio <= limit.ratio : ratio >= limit.ratio
  const sign = limit.better === 'lower' ? '≤' : '≥'
  return {
    name,
    value: rounded(measured.value),
    unit: measured.unit,
    better: limit.better,
    baseline: rounded(measured.baseline),
    ratio: rounded(ratio),
    budget: `${sign} ${limit.ratio} × the baseline`,
    ok,
  }
}

export function elapsedMs(work: () => void): number {
  const from = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - from) / 1e6
}

export async function elapsedMsOf(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - from) / 1e6
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
