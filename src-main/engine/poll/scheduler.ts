/** Decides when what is read: each connection has one lane, lanes run beside each other, and a click only marks due. */
import type { Connection } from '../../domain/connection.ts'
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import { type Instant, type Span, seconds } from '../../domain/time.ts'
import { type Doors, doorKey } from './doors.ts'
import { backOff, dueIn } from './due.ts'
import { type Lane, dueStream, dueSweep, fitSlots, markDue, newLane, nextDueAt, nextLookAt } from './lane.ts'
import type { AnyStream } from './place.ts'
import { type TurnParts, newTurns } from './turns.ts'
import { type WholeReading, readWhole } from './whole.ts'

export interface SchedulerParts extends TurnParts {
  readonly doors: Doors
}

export interface Scheduler {
  start(): void
  /** Finishes the page at hand and begins no other; requests that still hang after a while are cut. */
  stop(): Promise<void>
  /** Marks everything of a connection (default: of all) due, also what waits for a person. */
  readNow(connection?: string): void
  /** Every stream of every connection once to its end; for headless `check`, without `start`. */
  readAllOnce(): Promise<readonly WholeReading[]>
  /** One stream to its end, after whatever its connection is being read for; a fault where that was not possible. */
  readOnce(connection: string, stream: StreamName): Promise<Outcome<null>>
  /** Null while nothing will be read without a person, and before the first look. */
  nextDueAt(connection: string): Instant | null
}

/** A look at the lanes is never further away, so that a clock that jumps or a new setting is noticed. */
const lookMax = seconds(5)
const stopMax = seconds(5)
/** Turns of one run of a lane; what is still due then is due again at once. */
const turnsMax = 1000

export function newScheduler(parts: SchedulerParts): Scheduler {
  const { store, doors, clock, chance, log } = parts
  const known = new Map<string, Lane>()
  const stopping = new AbortController()
  const turns = newTurns(parts, stopping.signal)
  let waker = new AbortController()
  let looping: Promise<void> | null = null

  const wake = (): void => waker.abort(new DOMException('there is something to do', 'AbortError'))

  function streamsOf(connection: Connection): readonly AnyStream[] {
    return parts.connectorOf(connection.platform)?.streams ?? []
  }

  /** The connection's lane as its settings are now; whatever waited for new ones is due. */
  function laneOf(connection: Connection): Lane {
    const now = clock.now()
    const key = doorKey(store, connection)
    const lane = known.get(connection.id) ?? newLane(connection.id, key)
    known.set(connection.id, lane)
    fitSlots(lane, streamsOf(connection), now)
    if (lane.key !== key) markDue(lane, now)
    lane.key = key
    return lane
  }

  /** Starts the lanes that are due; says how long nothing else will be. */
  function look(): Span {
    const connections = store.connections.list()
    for (const [id, lane] of known) {
      if (lane.running !== null || connections.some((one) => one.id === id)) continue
      known.delete(id)
      doors.close(id)
    }
    let wait = lookMax
    for (const connection of connections) {
      const lane = laneOf(connection)
      if (lane.running !== null) continue
      const streams = streamsOf(connection)
      const now = clock.now()
      if (dueStream(lane, streams, now) !== null || dueSweep(lane, streams, now) !== null) begin(lane)
      else wait = Math.min(wait, (nextLookAt(lane) ?? Infinity) - now)
    }
    return Math.max(0, wait)
  }

  function isRemoved(lane: Lane): boolean {
    try {
      return store.connections.get(lane.connection) === null
    } catch {
      // a file that cannot even be asked that is what ended the lane
      return false
    }
  }

  /** A bug in one lane is told, and leaves the others and this one's next run. */
  function begin(lane: Lane): void {
    lease(lane, () => runLane(lane)).catch((error: unknown) => {
      // removed while it was read: there is nothing left to keep what was read under
      if (isRemoved(lane)) return
      log.error('lane-failed', { connection: lane.connection }, error)
      lane.attempts += 1
      lane.hold = dueIn(backOff(lane.attempts, chance), clock.now())
    })
  }

  /** One reader at a time per connection. */
  function lease<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    const reading = work().finally(() => {
      lane.running = null
      wake()
    })
    // who waits for the lease does not care how the reading before went
    lane.running = reading.then(
      () => undefined,
      () => undefined,
    )
    return reading
  }

  async function runLane(lane: Lane): Promise<void> {
    for (let turn = 0; turn < turnsMax && !stopping.signal.aborted; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one pass at a time is the lane's purpose
      if (!(await takeTurn(lane))) return
    }
  }

  /** One pass, or one stretch of a sweep; false when there is nothing to do any more. */
  async function takeTurn(lane: Lane): Promise<boolean> {
    const connection = store.connections.get(lane.connection)
    if (connection === null) return false
    const streams = streamsOf(connection)
    const stream = dueStream(lane, streams, clock.now())
    const sweeping = stream === null ? dueSweep(lane, streams, clock.now()) : null
    if (stream === null && sweeping === null) return false
    const door = await doors.open(lane.connection)
    if (!door.ok) {
      turns.noteClosed(connection, lane, streams, door.fault)
      return false
    }
    // nothing would be sent: whoever is due then shows how the platform is, and nobody is said to fail meanwhile
    const shutFor = door.value.api.shutFor()
    if (shutFor > 0) {
      lane.hold = dueIn(shutFor, clock.now())
      return false
    }
    if (stream !== null) await turns.readStream(lane, door.value, stream)
    else if (sweeping !== null) await turns.readSweep(lane, door.value, sweeping)
    return true
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      waker = new AbortController()
      // oxlint-disable-next-line no-await-in-loop -- the loop is the scheduler's heartbeat
      await rest(lookSafely())
    }
  }

  function lookSafely(): Span {
    try {
      return look()
    } catch (error) {
      // the file may be busy or the disk full for a while; the heart goes on beating
      log.error('look-failed', {}, error)
      return lookMax
    }
  }

  async function rest(span: Span): Promise<void> {
    const { signal } = waker
    try {
      await clock.sleep(span, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  return {
    start() {
      looping ??= loop()
    },
    async stop() {
      stopping.abort(new DOMException('the engine stops', 'AbortError'))
      wake()
      const running = Promise.all([...known.values()].map((lane) => lane.running))
      const patience = new AbortController()
      // the wait is given up as soon as everybody has stopped
      const late = clock.sleep(stopMax, patience.signal).catch(() => undefined)
      await Promise.race([running, late])
      patience.abort()
      doors.closeAll()
      await running
      await looping
    },
    readNow(connection) {
      for (const [id, lane] of known) if (connection === undefined || connection === id) markDue(lane, clock.now())
      wake()
    },
    readAllOnce: () =>
      Promise.all(
        store.connections.list().map(async (connection) => {
          const lane = laneOf(connection)
          await lane.running
          const whole = { doors, turns, clock, chance, signal: stopping.signal }
          return lease(lane, () => readWhole(whole, connection, lane, streamsOf(connection)))
        }),
      ),
    async readOnce(id, name) {
      const connection = store.connections.get(id)
      const stream = connection === null ? undefined : streamsOf(connection).find((one) => one.name === name)
      if (connection === null || stream === undefined) return failed(fault('not-found', `${name} of this connection cannot be read.`))
      const lane = laneOf(connection)
      // oxlint-disable-next-line no-await-in-loop -- somebody else may have been faster
      while (lane.running !== null) await lane.running
      return lease(lane, async () => {
        const door = await doors.open(id)
        if (!door.ok) return door
        const { pass, fault: because } = await turns.readStream(lane, door.value, stream)
        if (pass.complete) return ok(null)
        return failed(because ?? fault('temporary', `${name} of ${connection.label} could not be read to their end. Try again in a moment.`))
      })
    },
    nextDueAt(connection) {
      const lane = known.get(connection)
      return lane === undefined ? null : nextDueAt(lane)
    },
  }
}
