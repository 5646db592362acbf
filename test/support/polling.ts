/** A real store beside a scripted platform, and the means to read the one into the other. */
import { openApi } from '../../src-main/engine/connectors/api.ts'
import type { Api } from '../../src-main/engine/connectors/definition.ts'
import type { StreamName } from '../../src-main/domain/records.ts'
import type { Instant } from '../../src-main/domain/time.ts'
import type { AnyStream } from '../../src-main/engine/poll/place.ts'
import { type PassEnd, type PassOrder, passOver } from '../../src-main/engine/poll/poller.ts'
import { type SweepEnd, sweepDue, sweepOn } from '../../src-main/engine/poll/sweep.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import { seededChance } from './api.ts'
import { aConnection } from './builders.ts'
import { type FakeClock, fakeClock } from './clock.ts'
import { type ScriptedConnector, type ScriptedStream, scriptConnector } from './scripted-connector.ts'
import { aStore } from './store.ts'

export interface Polling {
  readonly clock: FakeClock
  readonly store: Store
  readonly platform: ScriptedConnector
  readonly api: Api
  /** The engine stops: the page at hand is finished. */
  readonly stop: AbortController
  /** The door closes: requests are cut. */
  readonly cut: AbortController
  order(stream: StreamName, more?: Partial<PassOrder>): PassOrder
  pass(stream: StreamName, more?: Partial<PassOrder>): Promise<PassEnd>
  /** Null when none is due. */
  sweep(stream: StreamName, more?: Partial<PassOrder>): Promise<SweepEnd | null>
  /** The ids of what the store holds and believes to be there. */
  held(stream: StreamName): readonly string[]
}

export function aPolling(
  given: {
    path?: string
    clock?: FakeClock
    platform?: ScriptedConnector
    streams?: readonly ScriptedStream[]
    pageRows?: number
  } = {},
): Polling {
  const clock = given.clock ?? fakeClock()
  const platform =
    given.platform ??
    scriptConnector({
      now: () => clock.now(),
      ...(given.streams === undefined ? {} : { streams: given.streams }),
      ...(given.pageRows === undefined ? {} : { pageRows: given.pageRows }),
    })
  const store = aStore(given.path === undefined ? {} : { path: given.path })
  const stop = new AbortController()
  const cut = new AbortController()
  const settings = platform.connector.settings.parse({}) as unknown // any settings type; the connector reads its own
  const api = openApi({
    connector: platform.connector,
    settings,
    secrets: {},
    clock,
    chance: seededChance(),
    signal: cut.signal,
    log: () => undefined,
  })

  function streamOf(name: StreamName): AnyStream {
    const stream = platform.connector.streams.find((one) => one.name === name)
    if (stream === undefined) throw new Error(`the platform has no ${name}`)
    return stream
  }

  const order = (name: StreamName, more: Partial<PassOrder> = {}): PassOrder => ({
    store,
    connector: platform.connector,
    connection: aConnection(),
    stream: streamOf(name),
    settings,
    api,
    clock,
    since: null,
    signal: stop.signal,
    ...more,
  })

  return {
    clock,
    store,
    platform,
    api,
    stop,
    cut,
    order,
    pass: (name, more) => passOver(order(name, more)),
    sweep: async (name, more) => {
      const asked = order(name, more)
      return sweepDue(asked) ? sweepOn(asked) : null
    },
    held: (name) =>
      store.snapshots
        .page('shop', name, 0, 1000)
        .filter((one) => one.goneAt === null)
        .map((one) => one.record.id),
  }
}

/** Coverage as a pair, for one short comparison. */
export function covered(store: Store, stream: StreamName, connection = 'shop'): readonly (Instant | null)[] {
  const { from, to } = store.streams.coverage(connection, stream)
  return [from, to]
}
