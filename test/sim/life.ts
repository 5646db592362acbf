/** One life of the real engine on a stage: it ends gently, or dies at a call that the simulation chooses. */
import { z } from 'zod'
import type { Chance, Clock } from '../../src-main/domain/clock.ts'
import { type Span, minutes } from '../../src-main/domain/time.ts'
import { Secret } from '../../src-main/domain/secret.ts'
import { type Engine, openEngine } from '../../src-main/engine/engine.ts'
import { newLog } from '../../src-main/engine/log.ts'
import { memorySecrets } from '../../src-main/engine/secrets/memory.ts'
import type { Tx } from '../../src-main/engine/store/database.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import { engineSecrets } from '../../src-main/engine/secrets/secrets.ts'
import type { SecretStore } from '../../src-main/engine/secrets/store.ts'
import type { Server } from '../../src-main/world/wire/exchange.ts'
import { seededChance } from './chance.ts'
import type { History } from './history.ts'
import { type MemoryTransport, memoryTransport } from './memory-transport.ts'
import type { Stage, StagedConnection } from './stage.ts'
import { type VirtualClock, passUntil } from './virtual-clock.ts'

/** Longer than any engine may take to stop: what takes longer is a bug. */
export const stopMax: Span = minutes(2)

export interface Life {
  readonly engine: Engine
  readonly transport: MemoryTransport
  /** What the engine told as an error of its own: a bug, whatever else holds. */
  readonly errors: readonly string[]
  /** Nothing of it reaches the world any more, and no wait of it ends. */
  die(): void
  /** Ends what is left of it, so that its file and its memory are free again. */
  bury(): Promise<void>
  readonly alive: boolean
}

export interface LifeParts {
  readonly stage: Stage
  readonly clock: VirtualClock
  readonly seed: number
  /** Which of a run's engines it is. */
  readonly nth: number
  readonly databasePath: string
  readonly pollSeconds: number
  /** Called whenever the engine asks the world outside for anything: time, chance, or an exchange. */
  readonly touched?: () => void
  /** Told of each of the engine's own writes to its file, from the first one after its opening. */
  readonly writes?: Writes
  /** Told of every exchange when it has been. */
  readonly history?: Pick<History, 'exchanged'>
}

/** `die` ends the engine there and then: what it goes on to do until it waits for something reaches nobody. */
export interface Writes {
  begins(): void
  ended(die: () => void): void
}

export async function beginLife(parts: LifeParts): Promise<Life> {
  const { stage, clock } = parts
  const errors: string[] = []
  const hung: (() => void)[] = []
  const life = { alive: true, isBuried: false }
  const touched = (): void => {
    if (life.alive) parts.touched?.()
  }
  const transport = memoryTransport(clock, serversOf(parts, touched))
  const mine: Clock = {
    timeout: clock.timeout,
    now() {
      touched()
      return clock.now()
    },
    async sleep(span, signal) {
      touched()
      if (life.isBuried) return
      await clock.sleep(span, signal)
      if (!life.alive && !life.isBuried) await new Promise<void>((resolve) => hung.push(resolve))
    },
  }
  const chance = seededChance(parts.seed, parts.nth)
  const secrets = await secretsFor(stage)
  const engine = await openEngine({
    databasePath: parts.databasePath,
    version: 'simulated',
    clock: mine,
    chance: watched(chance, touched),
    secrets: engineSecrets({ keychain: secrets, memory: memorySecrets(), environment: null }),
    connectorOf: stage.connectorOf,
    log: newLog({ write: (line) => void (life.alive && errors.push(line.trim())), clock: mine, format: 'plain', atLeast: 'error' }),
    zone: 'UTC',
    dispatcher: transport.dispatcher,
  })
  const die = (): void => {
    life.alive = false
    transport.cut()
  }
  if (parts.writes !== undefined) watchWrites(engine.store, parts.writes, () => life.alive, die)
  furnish(engine, stage, clock, parts.pollSeconds)
  engine.start()
  return {
    engine,
    transport,
    errors,
    get alive() {
      return life.alive
    },
    die,
    async bury() {
      life.alive = false
      life.isBuried = true
      transport.cut()
      const stopped = engine.stop()
      for (const release of hung.splice(0)) release()
      await passUntil(clock, stopped, stopMax)
    },
  }
}

/** Only whole transactions: what is begun within one is kept or lost with it. */
function watchWrites(store: Store, writes: Writes, alive: () => boolean, die: () => void): void {
  const { transaction } = store
  let depth = 0
  Object.assign(store, {
    transaction<T>(work: (tx: Tx) => T): T {
      if (!alive()) return transaction(work)
      if (depth === 0) writes.begins()
      depth += 1
      try {
        return transaction(work)
      } finally {
        depth -= 1
        if (depth === 0) writes.ended(die)
      }
    },
  })
}

function watched(chance: Chance, touched: () => void): Chance {
  return {
    fraction() {
      touched()
      return chance.fraction()
    },
    id() {
      touched()
      return chance.id()
    },
  }
}

/** Before a server is asked the business has come up to the moment, however seldom anybody asks. */
function serversOf({ stage, clock, history }: LifeParts, touched: () => void): ReadonlyMap<string, Server> {
  const served = ({ connection, weather }: StagedConnection): Server => (request) => {
    touched()
    stage.advance(clock.now())
    const reply = weather.serve(request)
    history?.exchanged(clock.now(), connection.id, request, reply)
    touched()
    return reply
  }
  return new Map([stage.shop, stage.erp].map((one) => [one.origin, served(one)]))
}

async function secretsFor(stage: Stage): Promise<SecretStore> {
  const inside = memorySecrets()
  for (const { connection, secrets } of [stage.shop, stage.erp]) {
    // oxlint-disable-next-line no-await-in-loop -- two of them
    await inside.put(refOf(connection.id), Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, new Secret(value)])))
  }
  return { ...inside, where: 'keychain' }
}

function refOf(connection: string): string {
  return `simulated/${connection}`
}

/** What a person has entered: both connections, their pair, how often to read, and that repairs may be made. */
function furnish(engine: Engine, stage: Stage, clock: VirtualClock, pollSeconds: number): void {
  const { store } = engine
  if (store.pairs.get(stage.pair.id) !== null) return
  store.transaction((tx) => {
    for (const { connection } of [stage.shop, stage.erp]) {
      store.connections.save(tx, { ...connection, secretRef: refOf(connection.id), createdAt: clock.now() })
      store.connections.noteSecret(tx, connection.id, 'keychain', clock.now())
    }
    store.pairs.save(tx, stage.pair)
    store.settings.save(tx, 'engine', z.unknown(), { pollSeconds, repairs: { 'order.create': true } })
  })
}
