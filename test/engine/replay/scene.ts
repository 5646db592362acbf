/** A whole replay room over a real store: one paid order that the ERP never heard of, and engines that come and go. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, expect } from 'vitest'
import type { Clock } from '../../../src-main/domain/clock.ts'
import { type Fault, type Outcome, failed, ok } from '../../../src-main/domain/fault.ts'
import type { Intent } from '../../../src-main/domain/intent.ts'
import type { ErpOrder, Order } from '../../../src-main/domain/records.ts'
import { type Instant, type Span, hours, minutes } from '../../../src-main/domain/time.ts'
import type { Pair } from '../../../src-main/domain/pair.ts'
import { verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import type { AnyConnector, Api } from '../../../src-main/engine/connectors/definition.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { reconciler } from '../../../src-main/engine/reconcile/reconciler.ts'
import type { Door, ReplayParts } from '../../../src-main/engine/replay/parts.ts'
import { type Replays, replays } from '../../../src-main/engine/replay/replays.ts'
import { type Store, openStore } from '../../../src-main/engine/store/store.ts'
import { aConnection, aPair, anErpConnection, anErpOrder, anOrder } from '../../support/builders.ts'
import { fakeClock, monday, settle } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type HonestErp, type Life, honestErp, lives } from './honest-erp.ts'

export const paidOrder = anOrder()
export const start: Instant = monday + hours(1)

/** One run of Plumbline over the file. */
export interface Engine {
  readonly store: Store
  readonly replays: Replays
  readonly life: Life
  readonly failures: unknown[]
  /** Closes the ERP's door, as when its connection is edited; the next `open` gives another one. */
  closeDoor(): void
  /** Gently, as the engine does it. */
  stop(): Promise<void>
}

export interface Scene {
  readonly erp: HonestErp
  readonly engine: Engine
  /** The incident's id. */
  readonly incident: string
  /** The shop's side as it is now. */
  order: Order
  switchedOn: boolean
  /** A fault in place of the next live reading. */
  readFault: Fault | null
  /** A fault in place of the next doors. */
  doorFault: Fault | null
  /** True time passes, and whoever sleeps wakes. */
  advance(span: Span): Promise<void>
  /** The computer's clock is set forward or back; true time does not pass. */
  setClock(by: Span): void
  now(): Instant
  /** The process dies between two steps: nothing of it ever runs again. */
  crash(): Promise<void>
  /** A new process over the same file; recovers. */
  reopen(): Promise<Engine>
  /** A second process over the same file, while the first still runs. */
  another(): Engine
  /** Previews and confirms, as a person does; throws where it is not offered. */
  send(reason?: string): Promise<Intent>
  preview(): Promise<Intent>
  intent(id: string): Intent
  incidentState(): string
  /** Reads both sides and judges. */
  poll(): Promise<void>
  /** What another process reads in the file. */
  onDisk<Row>(sql: string): readonly Row[]
  close(): void
}

/** `path`: null for a database in memory, which no other process can read and no crash survives. */
export async function aScene(given: { readonly lagMs?: Span; readonly pair?: Pair; readonly order?: Order; readonly onDisk?: boolean } = {}): Promise<Scene> {
  const truth = fakeClock(start)
  let skew = 0
  const erp = honestErp(truth.now, given.lagMs ?? minutes(2))
  const folder = given.onDisk === true ? mkdtempSync(join(tmpdir(), 'plumbline-replay-')) : null
  const path = folder === null ? ':memory:' : join(folder, 'plumbline.sqlite')
  const pair = given.pair ?? aPair({ settings: { graceMinutes: 0 } })
  const engines: Engine[] = []
  let ids = 0
  const chance = { fraction: () => 0.5, id: () => `id-${String((ids += 1)).padStart(4, '0')}` }

  function begin(store: Store): Engine {
    const life = aLife()
    const stopping = new AbortController()
    let door = new AbortController()
    const failures: unknown[] = []
    const clock: Clock = {
      now: () => truth.now() + skew,
      sleep: (span, signal) => lives(life, truth.sleep(span, signal)),
    }
    const readErp = (references: readonly string[] | null): void => {
      const there = erp.visible().filter((one) => references === null || references.includes(one.reference))
      keep(store, 'erp', 'orders', there.map(erpOrderOf), clock.now())
    }
    const judge = reconciler({
      store,
      clock,
      chance,
      lookUp: async (_connection, _by, keys) => {
        readErp(keys)
        return lives(life, ok({ found: keys.length, complete: true }))
      },
      onChange: () => undefined,
    })
    const parts: ReplayParts = {
      store,
      clock,
      chance,
      signal: stopping.signal,
      open: async () => {
        if (door.signal.aborted) door = new AbortController()
        return lives(life, scene.doorFault === null ? ok(doorOf(erp.connector(life, door.signal), clock, door.signal)) : failed(scene.doorFault))
      },
      async readLive(): Promise<Outcome<null>> {
        await lives(life, null)
        if (scene.readFault !== null) return lives(life, failed(scene.readFault))
        keep(store, 'shop', 'orders', [scene.order], clock.now())
        readErp(null)
        await judge.run()
        return lives(life, ok(null))
      },
      expectedStock: () => null,
      stillSpeaks: (incident) => incident.state !== 'resolved',
      repairOf: (rule) => catalogue.get(rule)?.repair ?? null,
      switchedOn: () => scene.switchedOn,
      who: () => 'you',
      changed: () => undefined,
      failed: (error) => failures.push(error),
    }
    const room = replays(parts)
    const engine: Engine = {
      store,
      replays: room,
      life,
      failures,
      closeDoor: () => door.abort(new DOMException('the connection was closed', 'AbortError')),
      async stop() {
        stopping.abort(new DOMException('the engine stops', 'AbortError'))
        door.abort(new DOMException('the connection was closed', 'AbortError'))
        await room.settled()
        store.close()
      },
    }
    engines.push(engine)
    return engine
  }

  const first = openStore(path, start)
  first.transaction((tx) => {
    first.connections.save(tx, aConnection())
    first.connections.save(tx, anErpConnection())
    first.pairs.save(tx, pair)
  })
  let current = begin(first)

  const scene: Scene = {
    erp,
    get engine() {
      return current
    },
    incident: '',
    order: given.order ?? paidOrder,
    switchedOn: true,
    readFault: null,
    doorFault: null,
    advance: (span) => truth.advance(span),
    setClock(by) {
      skew += by
    },
    now: () => truth.now() + skew,
    async crash() {
      await settle()
      current.life.alive = false
      current.store.close()
      erp.connectionsBreak()
    },
    async reopen() {
      current = begin(openStore(path, truth.now() + skew))
      current.replays.recover()
      await settle()
      return current
    },
    another: () => begin(openStore(path, truth.now() + skew)),
    async preview() {
      const previewed = await current.replays.preview(scene.incident, 'order.create')
      if (previewed.kind !== 'ready') throw new Error(`no preview: ${previewed.says}`)
      return previewed.intent
    },
    async send(reason = 'The customer waits for it') {
      const { id, previewHash } = await scene.preview()
      const confirmed = await current.replays.confirm(id, previewHash, reason)
      if ('kind' in confirmed) throw new Error(`not confirmed: ${confirmed.says}`)
      await settle()
      return confirmed
    },
    intent(id) {
      const intent = current.store.intents.get(id)
      if (intent === null) throw new Error(`no intent ${id}`)
      return intent
    },
    incidentState: () => current.store.incidents.get(scene.incident)?.state ?? 'none',
    async poll() {
      keep(current.store, 'shop', 'orders', [scene.order], scene.now())
      keep(current.store, 'erp', 'orders', erp.visible().map(erpOrderOf), scene.now())
      const judge = reconciler({
        store: current.store,
        clock: { now: scene.now, sleep: truth.sleep },
        chance,
        lookUp: async () => ok({ found: 0, complete: true }),
        onChange: () => undefined,
      })
      await judge.run()
    },
    onDisk<Row>(sql: string): readonly Row[] {
      const other = new Sqlite(path, { readonly: true })
      try {
        return other.prepare<[], Row>(sql).all()
      } finally {
        other.close()
      }
    },
    close() {
      for (const engine of engines) {
        engine.life.alive = false
        engine.store.close()
      }
      if (folder !== null) rmSync(folder, { recursive: true })
    },
  }
  cover(first, 'shop', ['orders'], start)
  cover(first, 'erp', ['orders'], start)
  await scene.poll()
  const incident = first.incidents.live(10).find((one) => one.subject.key === scene.order.number)
  if (incident === undefined) throw new Error('the scene has no incident')
  return Object.assign(scene, { incident: incident.id })
}

function aLife(): Life {
  return { alive: true, ended: new Promise<never>(() => undefined) }
}

function erpOrderOf(document: HonestErp['documents'][number]): ErpOrder {
  return anErpOrder({
    id: document.id,
    number: document.id.toUpperCase(),
    references: [document.reference],
    state: document.cancelled ? 'cancelled' : 'draft',
    platformState: document.cancelled ? 'cancelled' : 'draft',
    createdAt: start,
    totals: { total: document.total },
  })
}

function doorOf(connector: AnyConnector, clock: Clock, signal: AbortSignal): Door {
  const api: Api = {
    request: () => Promise.reject(new Error('nothing is asked over HTTP here')),
    download: () => Promise.reject(new Error('nothing is asked over HTTP here')),
    pause: (span) => clock.sleep(span, signal),
    clockOffsetMs: () => null,
    shutFor: () => 0,
    now: () => clock.now(),
    signal,
  }
  return { api, connector, settings: {} }
}

/** Scenes that end with each test: the trail must be whole, and the replay must have closed no incident by itself. */
export function scenes(): (given?: Parameters<typeof aScene>[0]) => Promise<Scene> {
  const opened: Scene[] = []
  afterEach(() => {
    for (const scene of opened.splice(0)) {
      expect(verifyTrail(scene.engine.store).intact).toBe(true)
      expect(resolvedByReplay(scene)).toEqual([])
      scene.close()
    }
  })
  return async (given = {}) => {
    const scene = await aScene(given)
    opened.push(scene)
    return scene
  }
}

/** `resolved` in a timeline is the reconciler's alone: it names both sides. */
function resolvedByReplay(scene: Scene): readonly unknown[] {
  return scene.engine.store.incidents
    .timeline(scene.incident)
    .filter((event) => event.what === 'resolved' && !event.says.startsWith('Shop:'))
}

/** The states an intent went through, by the audit trail alone. */
export function trailOf(scene: Scene, intent: Intent): readonly string[] {
  return scene.engine.store.audit
    .after(0, 1000)
    .filter((entry) => entry.subject === `intent ${intent.id}`)
    .map((entry) => entry.what.replace('replay ', ''))
}

/** As it stands once every lag and every pause is over. */
export async function ended(scene: Scene, intent: Intent): Promise<Intent> {
  await scene.advance(minutes(10))
  return scene.intent(intent.id)
}

/** What a person is told: the sentence of a refusal, or the state. */
export async function confirmOnly(scene: Scene, intent: Intent): Promise<string> {
  const answer = await scene.engine.replays.confirm(intent.id, intent.previewHash, 'Because it is owed')
  return 'kind' in answer ? answer.says : answer.state
}
