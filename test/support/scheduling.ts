/** A scheduler on a real store, scripted platforms and a clock that stands still. */
import type { Connection, Pass } from '../../src-main/domain/connection.ts'
import { type Outcome, ok } from '../../src-main/domain/fault.ts'
import type { Pair } from '../../src-main/domain/pair.ts'
import type { StreamName } from '../../src-main/domain/records.ts'
import { newLog } from '../../src-main/engine/log.ts'
import { type Doors, newDoors } from '../../src-main/engine/poll/doors.ts'
import type { Health } from '../../src-main/engine/poll/health.ts'
import { type Scheduler, newScheduler } from '../../src-main/engine/poll/scheduler.ts'
import type { NamedSecrets } from '../../src-main/engine/secrets/store.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import { seededChance } from './api.ts'
import { aConnection, anErpConnection } from './builders.ts'
import { type FakeClock, fakeClock } from './clock.ts'
import { type ScriptedConnector, scriptConnector } from './scripted-connector.ts'
import { aStore } from './store.ts'

export interface Scheduling {
  readonly clock: FakeClock
  readonly store: Store
  readonly doors: Doors
  readonly scheduler: Scheduler
  readonly platforms: Readonly<Record<string, ScriptedConnector>>
  /** What was told after the commits, oldest first. */
  readonly passes: readonly { readonly connection: string; readonly stream: StreamName; readonly pass: Pass }[]
  readonly healths: readonly { readonly connection: string; readonly health: Health }[]
  readonly lines: readonly string[]
  /** How often secrets were asked for. */
  readonly asks: { count: number }
  setPollSeconds(seconds: number): void
  /** How often each stream was read, by `connection/stream`. */
  reads(): Readonly<Record<string, number>>
}

export function aScheduling(
  given: {
    clock?: FakeClock
    platforms?: (clock: FakeClock) => Readonly<Record<string, ScriptedConnector>>
    connections?: readonly Connection[]
    pairs?: readonly Pair[]
    secrets?: (ref: string) => Outcome<NamedSecrets | null>
    onPass?: (pass: Pass) => void
    quiet?: boolean
  } = {},
): Scheduling {
  const clock = given.clock ?? fakeClock()
  const platforms = given.platforms?.(clock) ?? {
    shop: scriptConnector({ now: () => clock.now(), id: 'shop' }),
    erp: scriptConnector({ now: () => clock.now(), id: 'erp', streams: [{ name: 'orders' }, { name: 'products', pace: 'batch', snapshot: true }] }),
  }
  const connections = given.connections ?? [aConnection({ platform: 'shop' }), anErpConnection({ platform: 'erp' })]
  const store = aStore({ connections, ...(given.pairs === undefined ? {} : { pairs: given.pairs }) })
  const passes: Scheduling['passes'][number][] = []
  const healths: Scheduling['healths'][number][] = []
  const lines: string[] = []
  const asks = { count: 0 }
  const reads: Record<string, number> = {}
  let pollSeconds = 30
  const keep = given.quiet !== true
  const connectorOf = (platform: string) => platforms[platform]?.connector ?? null
  const chance = seededChance()
  const doors = newDoors({
    store,
    connectorOf,
    clock,
    chance,
    log: () => undefined,
    secrets: {
      async get(ref) {
        asks.count += 1
        return given.secrets?.(ref) ?? ok({})
      },
    },
  })
  const scheduler = newScheduler({
    store,
    doors,
    connectorOf,
    clock,
    chance,
    log: newLog({ write: (line) => (keep ? lines.push(line) : 0), clock, format: 'json', atLeast: 'info' }),
    pollSeconds: () => pollSeconds,
    zone: 'Europe/Paris',
    onPass(connection, stream, pass) {
      const name = `${connection}/${stream}`
      reads[name] = (reads[name] ?? 0) + 1
      if (keep) passes.push({ connection, stream, pass })
      given.onPass?.(pass)
    },
    onHealth(connection, health) {
      if (keep) healths.push({ connection, health })
    },
  })
  return {
    clock,
    store,
    doors,
    scheduler,
    platforms,
    passes,
    healths,
    lines,
    asks,
    setPollSeconds(count) {
      pollSeconds = count
    },
    reads: () => ({ ...reads }),
  }
}

