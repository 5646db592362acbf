/** Finds a batch in a flow: arrivals that come in lumps at an even pace, with next to nothing between them. Pure. */
import { type Instant, type Span, minutes } from '../../domain/time.ts'

/** Arrivals that came together. */
interface Lump {
  readonly from: Instant
  readonly to: Instant
  readonly count: number
}

export interface Rhythm {
  readonly periodMs: Span
  /** The lumps of the rhythm that goes on now, the oldest first, with the end of what came before each. */
  readonly lumps: readonly (Lump & { readonly after: Instant })[]
}

/** A shorter silence is within a lump, or an ordinary flow. */
const silenceMin: Span = minutes(5)
/** A lump is over within this share of the period, and periods differ from each other by no more than this share. */
const lumpShare = 0.2
const periodShare = 0.15
const lumpsMin = 2
const perLumpMin = 2
const arrivalsMin = 6

/** `arrivals` in any order. Null where no rhythm goes on at their end. */
export function rhythmOf(arrivals: readonly Instant[]): Rhythm | null {
  const lumps = withoutStrays(lumpsOf(arrivals.toSorted((a, b) => a - b)))
  const found: (Lump & { readonly after: Instant })[] = []
  for (let nth = lumps.length - 1; nth > 0; nth -= 1) {
    const lump = lumps[nth]
    const after = lumps[nth - 1]?.to
    if (lump === undefined || after === undefined) break
    const period = lump.to - after
    if (lump.count < perLumpMin || lump.to - lump.from > period * lumpShare) break
    if (found.length > 0 && Math.abs(period - meanPeriod(found)) > meanPeriod(found) * periodShare) break
    found.unshift({ ...lump, after })
  }
  const count = found.reduce((sum, lump) => sum + lump.count, 0)
  if (found.length < lumpsMin || count < arrivalsMin) return null
  // what came before the first lump may have been no lump of this rhythm: its distance says less of the pace
  return { periodMs: Math.round(meanPeriod(found.slice(1))), lumps: found }
}

/** One that came alone between two lumps came by another way; several are a flow of their own. */
function withoutStrays(lumps: readonly Lump[]): readonly Lump[] {
  const isAlone = (nth: number): boolean => lumps[nth]?.count === 1
  return lumps.filter((_, nth) => !isAlone(nth) || isAlone(nth - 1) || isAlone(nth + 1))
}

function meanPeriod(lumps: Rhythm['lumps']): Span {
  return lumps.reduce((sum, lump) => sum + lump.to - lump.after, 0) / lumps.length
}

function lumpsOf(sorted: readonly Instant[]): readonly Lump[] {
  const lumps: Lump[] = []
  for (const at of sorted) {
    const last = lumps.at(-1)
    if (last === undefined || at - last.to > silenceMin) lumps.push({ from: at, to: at, count: 1 })
    else lumps[lumps.length - 1] = { from: last.from, to: at, count: last.count + 1 }
  }
  return lumps
}
