/** What one connection waits for: when each of its streams is due, and what a fault holds up. One pass at a time. */
import type { Chance } from '../../domain/clock.ts'
import type { Fault } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, minutes, seconds } from '../../domain/time.ts'
import { type Due, dueIn, holdAfter, isDue, periodOf } from './due.ts'
import type { AnyStream } from './place.ts'
import type { PassEnd } from './poller.ts'
import type { SweepEnd } from './sweep.ts'

/** A stream's turn. */
interface Slot {
  /** Null: stopped until a person asks or the settings change. */
  due: Due | null
  sweep: Due
  attempts: number
  /** What ended the latest pass. */
  fault: Fault | null
}

export interface Lane {
  readonly connection: string
  /** Changes with the settings and the secrets. */
  key: string
  readonly slots: Map<StreamName, Slot>
  /** Over the whole connection; `open` while nothing is held, null until a person asks. */
  hold: Due | 'open' | null
  attempts: number
  /** The lease: whoever reads has it, and nobody else reads meanwhile. */
  running: Promise<void> | null
}

/** A pass that takes as long as its period leaves the platform at least this rest. */
const restMin = seconds(1)
const sweepLook = minutes(1)
const sweepRest = minutes(5)

export function newLane(connection: string, key: string): Lane {
  return { connection, key, slots: new Map(), hold: 'open', attempts: 0, running: null }
}

/** Every stream of the connector has a slot, and no other. */
export function fitSlots(lane: Lane, streams: readonly AnyStream[], now: Instant): void {
  for (const { name } of streams) {
    if (lane.slots.has(name)) continue
    lane.slots.set(name, { due: dueIn(0, now), sweep: dueIn(0, now), attempts: 0, fault: null })
  }
  for (const name of lane.slots.keys()) {
    if (!streams.some((one) => one.name === name)) lane.slots.delete(name)
  }
}

/** A person asked, or the settings changed: whatever was held is tried at once. */
export function markDue(lane: Lane, now: Instant): void {
  lane.hold = 'open'
  lane.attempts = 0
  for (const slot of lane.slots.values()) {
    slot.due = dueIn(0, now)
    slot.attempts = 0
  }
}

/** The stream that has waited longest, or null when none is due. */
export function dueStream(lane: Lane, streams: readonly AnyStream[], now: Instant): AnyStream | null {
  if (isHeld(lane, now)) return null
  let first: { readonly stream: AnyStream; readonly at: Instant } | null = null
  for (const stream of streams) {
    const due = lane.slots.get(stream.name)?.due ?? null
    if (due !== null && isDue(due, now) && (first === null || due.at < first.at)) first = { stream, at: due.at }
  }
  return first?.stream ?? null
}

export function dueSweep(lane: Lane, streams: readonly AnyStream[], now: Instant): AnyStream | null {
  if (isHeld(lane, now)) return null
  return streams.find(({ name }) => {
    const slot = lane.slots.get(name)
    return slot !== undefined && slot.due !== null && isDue(slot.sweep, now)
  }) ?? null
}

export function isHeld(lane: Lane, now: Instant): boolean {
  return lane.hold !== 'open' && (lane.hold === null || !isDue(lane.hold, now))
}

/** When a stream is read next; null while nothing will be without a person. */
export function nextDueAt(lane: Lane): Instant | null {
  return earliest(lane, [...lane.slots.values()].flatMap((slot) => (slot.due === null ? [] : [slot.due])))
}

/** When the scheduler must look at the lane again, sweeps included. */
export function nextLookAt(lane: Lane): Instant | null {
  return earliest(lane, [...lane.slots.values()].flatMap((slot) => (slot.due === null ? [] : [slot.due, slot.sweep])))
}

function earliest(lane: Lane, dues: readonly Due[]): Instant | null {
  if (lane.hold === null || dues.length === 0) return null
  const first = Math.min(...dues.map((due) => due.at))
  return lane.hold === 'open' ? first : Math.max(first, lane.hold.at)
}

export function settlePass(
  lane: Lane,
  stream: AnyStream,
  end: PassEnd,
  pollSeconds: number,
  now: Instant,
  chance: Chance,
): void {
  const slot = lane.slots.get(stream.name)
  if (slot === undefined) return
  if (end.fault !== null) return holdUp(lane, slot, end.fault, now, chance)
  lane.hold = 'open'
  lane.attempts = 0
  slot.attempts = 0
  slot.fault = null
  // a walk that took long covers only up to its beginning: so much sooner comes the next
  const next = end.walkStartedAt + periodOf(stream.pace, pollSeconds)
  slot.due = end.goesOn ? dueIn(0, now) : dueIn(Math.max(restMin, next - now), now)
}

export function settleSweep(lane: Lane, stream: AnyStream, end: SweepEnd | null, now: Instant): void {
  const slot = lane.slots.get(stream.name)
  if (slot === undefined) return
  const because = end?.fault ?? null
  // the ordinary passes meet the same trouble, and act on it
  if (because !== null) slot.sweep = dueIn(Math.max(sweepRest, because.retryAfterMs ?? 0), now)
  else slot.sweep = dueIn(end === null || end.done ? sweepLook : restMin, now)
}

/** The door would not open: nothing of the connection can be read. */
export function settleClosed(lane: Lane, because: Fault, now: Instant, chance: Chance): void {
  for (const slot of lane.slots.values()) slot.fault = because
  lane.attempts += 1
  const held = holdAfter(because, lane.attempts, chance)
  lane.hold = held.span === null ? null : dueIn(held.span, now)
}

function holdUp(lane: Lane, slot: Slot, because: Fault, now: Instant, chance: Chance): void {
  slot.fault = because
  if (holdAfter(because, 1, chance).over === 'connection') {
    lane.attempts += 1
    const { span } = holdAfter(because, lane.attempts, chance)
    lane.hold = span === null ? null : dueIn(span, now)
    slot.due = dueIn(0, now)
    return
  }
  slot.attempts += 1
  const { span } = holdAfter(because, slot.attempts, chance)
  slot.due = span === null ? null : dueIn(span, now)
}
