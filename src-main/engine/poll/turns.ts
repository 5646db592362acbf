/** One turn of a lane: a pass or a stretch of a sweep is read, its outcome settled, noted, and told after the commit. */
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Connection, Pass } from '../../domain/connection.ts'
import type { Fault } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import { seconds } from '../../domain/time.ts'
import type { AnyConnector } from '../connectors/definition.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Door } from './doors.ts'
import { type Health, healthOf } from './health.ts'
import { type Lane, settleClosed, settlePass, settleSweep } from './lane.ts'
import type { AnyStream } from './place.ts'
import { type PassEnd, type PassOrder, passOver } from './poller.ts'
import { sinceOf } from './since.ts'
import { sweepDue, sweepOn } from './sweep.ts'

export interface TurnParts {
  readonly store: Store
  /** By the platform's name; null for one that this version does not know. */
  readonly connectorOf: (platform: string) => AnyConnector | null
  readonly clock: Clock
  readonly chance: Chance
  readonly log: Log
  /** Asked after each pass, so that a change of the setting needs no restart. */
  readonly pollSeconds: () => number
  /** In which times are told to the owner, as `Europe/Paris`. */
  readonly zone: string
  /** After the commit; it must not wait for anything. */
  readonly onPass: (connection: string, stream: StreamName, pass: Pass) => void
  /** The connection's state or sentence changed. */
  readonly onHealth: (connection: string, health: Health) => void
}

export interface Turns {
  readStream(lane: Lane, door: Door, stream: AnyStream): Promise<PassEnd>
  /** True when the sweep is not through yet and nothing keeps it from going on. */
  readSweep(lane: Lane, door: Door, stream: AnyStream): Promise<boolean>
  /** Nothing can be read: noted as a pass of each of these streams, so that counts and states tell it. */
  noteClosed(connection: Connection, lane: Lane, streams: readonly AnyStream[], because: Fault): readonly Pass[]
  noteHealth(connection: Connection, lane: Lane, offset: number | null): Health
}

/** `stop` ends a pass after the page at hand. */
export function newTurns(parts: TurnParts, stop: AbortSignal): Turns {
  const { store, clock, chance, log } = parts

  function orderFor(door: Door, stream: AnyStream): PassOrder {
    const { connection, connector, settings, api } = door
    const since = sinceOf(store.pairs.list(), connection.id)
    return { store, connector, connection, stream, settings, api, clock, since, signal: stop }
  }

  function noteHealth(connection: Connection, lane: Lane, offset: number | null): Health {
    const streams = parts.connectorOf(connection.platform)?.streams ?? []
    const health = healthOf({
      label: connection.label,
      now: clock.now(),
      pollMs: seconds(parts.pollSeconds()),
      zone: parts.zone,
      streams: streams.map(({ name }) => ({
        stream: name,
        pass: store.streams.lastPass(connection.id, name),
        fault: lane.slots.get(name)?.fault ?? null,
        coveredTo: store.streams.coverage(connection.id, name).to,
        quarantined: store.quarantine.count(connection.id, name),
      })),
    })
    const before = store.connections.health(connection.id)
    const same = before.state === health.state && before.says === health.says
    const moved = offset !== null && Math.abs(offset - (before.clockOffsetMs ?? Infinity)) >= seconds(1)
    if (same && !moved) return health
    store.transaction((tx) => {
      store.connections.saveHealth(tx, connection.id, { ...health, clockOffsetMs: offset, at: clock.now() })
    })
    if (!same) parts.onHealth(connection.id, health)
    return health
  }

  return {
    noteHealth,
    async readStream(lane, door, stream) {
      const end = await passOver(orderFor(door, stream))
      settlePass(lane, stream, end, parts.pollSeconds(), clock.now(), chance)
      tellPass(log, door.connection.id, end)
      noteHealth(door.connection, lane, door.api.clockOffsetMs())
      parts.onPass(door.connection.id, stream.name, end.pass)
      return end
    },
    async readSweep(lane, door, stream) {
      const order = orderFor(door, stream)
      const end = sweepDue(order) ? await sweepOn(order) : null
      settleSweep(lane, stream, end, clock.now())
      if (end === null) return false
      const because = end.fault === null ? {} : { fault: end.fault.class }
      const told = { connection: lane.connection, stream: stream.name, records: end.pass.records, gone: end.gone }
      log.info('sweep', { ...told, complete: end.done, ...because })
      if (end.pass.changed > 0) parts.onPass(lane.connection, stream.name, end.pass)
      return !end.done && end.fault === null && !stop.aborted
    },
    noteClosed(connection, lane, streams, because) {
      const now = clock.now()
      settleClosed(lane, because, now, chance)
      const passes = streams.map(({ name }): Pass => closedPass(name, because, now))
      store.transaction((tx) => passes.forEach((pass) => store.streams.notePass(tx, connection.id, pass)))
      log.warn('closed', { connection: connection.id, fault: because.class })
      noteHealth(connection, lane, null)
      for (const pass of passes) parts.onPass(connection.id, pass.stream, pass)
      return passes
    },
  }
}

function closedPass(stream: StreamName, because: Fault, now: number): Pass {
  return {
    stream,
    startedAt: now,
    endedAt: now,
    records: 0,
    changed: 0,
    complete: false,
    faults: { [because.class]: 1 },
    clockOffsetMs: null,
  }
}

function tellPass(log: Log, connection: string, { pass, fault }: PassEnd): void {
  const { stream, records, changed, complete } = pass
  const told = { connection, stream, records, changed, complete, tookMs: pass.endedAt - pass.startedAt }
  if (fault !== null) log.warn('pass', { ...told, fault: fault.class, status: fault.status })
  else if (changed > 0) log.info('pass', told)
  else log.debug('pass', told)
}
