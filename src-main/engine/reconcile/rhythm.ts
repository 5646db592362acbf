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
const strayShare = 0.2
const lumpsMin = 2
const perLumpMin = 2
const arrivalsMin = 6

/** `arrivals` in any order. Null where no rhythm goes on at their end. */
export function rhythmOf(arrivals: readonly Instant[]): Rhythm | null {
  const lumps = lumpsOf(arrivals.toSorted((a, b) => a - b))
  let strays = 0
  for (const [last, lump] of [...lumps.entries()].toReversed()) {
    const places = strays > straysMax(lump) ? [] : placesBefore(lumps, last)
    strays += lump.count
    for (const before of places) {
      const found = backFrom(lumps, last, before)
      if (found.length < lumpsMin || found.reduce((sum, one) => sum + one.count, 0) < arrivalsMin) continue
      // what came before the first lump may have been no lump of this rhythm: its distance says less of the pace
      return { periodMs: Math.round(meanPeriod(found.slice(1))), lumps: found }
    }
  }
  return null
}

/** Lumps at an even pace up to `last`, the oldest first; `before` is where the one before that ended. */
function backFrom(lumps: readonly Lump[], last: number, before: number): Rhythm['lumps'] {
  const found: (Lump & { readonly after: Instant })[] = []
  let at = last
  for (let next: number | undefined = before; next !== undefined;) {
    const lump = lumps[at]
    const after = lumps[next]?.to
    if (lump === undefined || after === undefined || !isLump(lump, lump.to - after)) break
    found.unshift({ ...lump, after })
    at = next
    next = placesBefore(lumps, at).find((place) => isAtPace(found, (lumps[at]?.to ?? 0) - (lumps[place]?.to ?? 0)))
  }
  return found
}

function isLump({ count, from, to }: Lump, period: Span): boolean {
  return count >= perLumpMin && to - from <= period * lumpShare
}

function isAtPace(found: Rhythm['lumps'], period: Span): boolean {
  return Math.abs(period - meanPeriod(found)) <= meanPeriod(found) * periodShare
}

/** Where what came before a lump may have ended: just before it, or before a few that came by another way. */
function placesBefore(lumps: readonly Lump[], nth: number): readonly number[] {
  const most = straysMax(lumps[nth] ?? { count: 0 })
  const places: number[] = []
  let strays = 0
  for (let place = nth - 1; place >= 0 && strays <= most; place -= 1) {
    const before = lumps[place] ?? { count: 0 }
    if (strays <= straysMax(before)) places.push(place)
    strays += before.count
  }
  return places
}

/** So few beside a lump came by another way: typed in, made anew, or replayed. More are a flow of their own. */
function straysMax({ count }: Pick<Lump, 'count'>): number {
  return Math.max(1, Math.floor(count * strayShare))
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
