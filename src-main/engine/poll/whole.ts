/** One whole reading of a connection, every stream once to its end: what headless `check` judges by. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Connection, Pass } from '../../domain/connection.ts'
import { type Fault, type FaultClass, faultClasses } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Door, Doors } from './doors.ts'
import { backOff, holdAfter } from './due.ts'
import type { Health } from './health.ts'
import type { Lane } from './lane.ts'
import type { AnyStream } from './place.ts'
import type { Turns } from './turns.ts'

export interface WholeReading {
  readonly connection: Connection
  readonly health: Health
  /** In the connector's order; several passes that went on from each other are told as one. */
  readonly passes: readonly StreamReading[]
}

export interface StreamReading {
  readonly stream: StreamName
  readonly pass: Pass
  /** What ended it; null when it was read to its end. */
  readonly fault: Fault | null
}

interface WholeParts {
  readonly doors: Doors
  readonly turns: Turns
  readonly clock: Clock
  readonly chance: Chance
  readonly signal: AbortSignal
}

/** 50 × 2,000 pages of one stream: a reading without end is a bug, not a big shop. */
const passesMax = 50
const triesMax = 3
const stretchesMax = 5000

/** The caller holds the lane's lease. */
export async function readWhole(
  parts: WholeParts,
  connection: Connection,
  lane: Lane,
  streams: readonly AnyStream[],
): Promise<WholeReading> {
  const readings: StreamReading[] = []
  let closed: Fault | null = null
  for (const stream of streams) {
    // oxlint-disable-next-line no-await-in-loop -- one stream after the other, as in any lane
    const reading = await readToEnd(parts, connection, lane, stream)
    if ('closed' in reading) {
      closed = reading.closed
      break
    }
    readings.push(reading)
    if (reading.fault !== null && holdAfter(reading.fault, 1, parts.chance).over === 'connection') {
      closed = reading.fault
      break
    }
  }
  if (closed !== null) {
    // what the others would meet is known already
    const because = closed
    const unread = streams.slice(readings.length)
    const passes = parts.turns.noteClosed(connection, lane, unread, because)
    readings.push(...passes.map((pass) => ({ stream: pass.stream, pass, fault: because })))
  }
  return { connection, health: parts.turns.noteHealth(connection, lane, null), passes: readings }
}

async function readToEnd(
  parts: WholeParts,
  connection: Connection,
  lane: Lane,
  stream: AnyStream,
): Promise<StreamReading | { readonly closed: Fault }> {
  const { clock, signal } = parts
  const begunAt = clock.now()
  let whole: Pass | null = null
  let tries = 1
  for (let turn = 0; turn < passesMax; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a pass begins where the one before ended
    const door = await parts.doors.open(connection.id)
    if (!door.ok) return { closed: door.fault }
    // oxlint-disable-next-line no-await-in-loop -- as above
    const end = await parts.turns.readStream(lane, door.value, stream)
    whole = whole === null ? end.pass : joined(whole, end.pass)
    // a walk that an earlier run began is finished, and tells nothing of the time since
    const isOld = end.walkStartedAt < begunAt
    if (end.fault === null && (end.goesOn || isOld) && !signal.aborted) continue
    const again = end.fault?.class === 'temporary' && tries < triesMax && !signal.aborted
    if (!again) {
      // oxlint-disable-next-line no-await-in-loop -- the last thing that is done in it
      if (end.fault === null) await sweepToEnd(parts, lane, door.value, stream)
      return { stream: stream.name, pass: whole, fault: end.fault }
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    await clock.sleep(backOff(tries, parts.chance))
    tries += 1
  }
  throw new Error(`${stream.name} of ${connection.id} has no end`)
}

/** A database that is kept between readings is swept as the engine would: daily, and when a pair looks further back. */
async function sweepToEnd(parts: WholeParts, lane: Lane, door: Door, stream: AnyStream): Promise<void> {
  for (let stretch = 0; stretch < stretchesMax; stretch += 1) {
    // oxlint-disable-next-line no-await-in-loop -- a stretch begins where the one before ended
    if (!(await parts.turns.readSweep(lane, door, stream))) return
  }
}

function joined(first: Pass, then: Pass): Pass {
  const faults: Partial<Record<FaultClass, number>> = {}
  for (const name of faultClasses) {
    const count = (first.faults[name] ?? 0) + (then.faults[name] ?? 0)
    if (count > 0) faults[name] = count
  }
  return {
    ...then,
    startedAt: first.startedAt,
    records: first.records + then.records,
    changed: first.changed + then.changed,
    faults,
  }
}
