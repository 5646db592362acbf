/** A real engine and a client of its real contract, as the window has them: a port between, oRPC and zod at both ends. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import type { contract } from '../../../src-main/contract/operations.ts'
import type { Chance } from '../../../src-main/domain/clock.ts'
import type { Connection } from '../../../src-main/domain/connection.ts'
import type { Pair } from '../../../src-main/domain/pair.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import { connectorFor } from '../../../src-main/engine/connectors/registry.ts'
import { type Engine, openEngine } from '../../../src-main/engine/engine.ts'
import { newLog } from '../../../src-main/engine/log.ts'
import { memorySecrets } from '../../../src-main/engine/secrets/memory.ts'
import { type EngineSecrets, engineSecrets } from '../../../src-main/engine/secrets/secrets.ts'
import { seededChance } from '../../support/api.ts'
import { aConnection, anErpConnection } from '../../support/builders.ts'
import { type FakeClock, fakeClock } from '../../support/clock.ts'
import { type ScriptedConnector, scriptConnector } from '../../support/scripted-connector.ts'

export type Client = ContractRouterClient<typeof contract>

export interface Caller {
  readonly engine: Engine
  readonly client: Client
  readonly clock: FakeClock
  readonly secrets: EngineSecrets
  /** The shop and the ERP that live in memory, by the names of their platforms. */
  readonly shop: ScriptedConnector
  readonly erp: ScriptedConnector
  /** What the engine wrote into its diary. */
  readonly logged: readonly string[]
  /** Hangs up, and stops the engine. */
  close(): Promise<void>
}

/** Connections and pairs that are there from the beginning; none unless they are named. */
export async function aCaller(
  given: {
    path?: string
    at?: Instant
    connections?: readonly Connection[]
    pairs?: readonly Pair[]
    chance?: Chance
    secrets?: EngineSecrets
    demo?: boolean
  } = {},
): Promise<Caller> {
  const clock = fakeClock(given.at)
  const shop = scriptConnector({ now: () => clock.now(), id: 'scripted-shop' })
  const erp = scriptConnector({ now: () => clock.now(), id: 'scripted-erp' })
  const scripted = new Map([shop, erp].map((one) => [one.connector.id, one.connector]))
  const logged: string[] = []
  const secrets = given.secrets ?? engineSecrets({ keychain: memorySecrets(), memory: memorySecrets(), environment: null })
  const engine = await openEngine({
    databasePath: given.path ?? ':memory:',
    version: '9.9.9',
    clock,
    chance: given.chance ?? seededChance(),
    secrets,
    connectorOf: (platform) => scripted.get(platform) ?? connectorFor(platform),
    log: newLog({ write: (line) => logged.push(line), clock, format: 'json', atLeast: 'debug' }),
    zone: 'Europe/Paris',
    demo: given.demo ?? false,
  })
  const { store } = engine
  store.transaction((tx) => {
    for (const one of given.connections ?? []) store.connections.save(tx, one)
    for (const one of given.pairs ?? []) store.pairs.save(tx, one)
  })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(engine.router).upgrade(port1)
  const client: Client = createORPCClient(new RPCLink({ port: port2 }))
  port1.start()
  port2.start()
  return {
    engine,
    client,
    clock,
    secrets,
    shop,
    erp,
    logged,
    async close() {
      port2.close()
      await passing(clock, engine.stop())
    },
  }
}

/** Lets the engine's time go on while it does something that waits for a real server. */
export async function passing<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const noted = work.finally(() => over.abort())
  while (!over.signal.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- time goes on bit by bit
    await clock.advance(100)
  }
  return noted
}

/** Both scripted sides, as connections. */
export const bothSides: readonly Connection[] = [
  aConnection({ platform: 'scripted-shop' }),
  anErpConnection({ platform: 'scripted-erp' }),
]
