/** Starts the engine's one file in the process that this Electron can give it, and tells it of the machine. */
import { randomUUID } from 'node:crypto'
import { MessageChannelMain, type MessagePortMain, type Session, app } from 'electron'
import type { DemoSeam } from '../contract/demo.ts'
import type { FromEngine } from '../contract/wires.ts'
import { steadyClock } from './clock.ts'
import { startEngineHost } from './engine-hosts.ts'
import { type EngineProcess, type EngineStanding, keepEngine } from './engine-process.ts'
import { log } from './log.ts'
import type { Place } from './processes.ts'
import { proxyOf } from './proxy.ts'

export interface EngineStartOptions {
  readonly place: Place
  readonly databasePath: string
  /** What it watches in place of the person's own connections. */
  readonly demo: DemoSeam | null
  readonly session: Session
  readonly changed: (standing: EngineStanding) => void
}

export type RunningEngine = EngineProcess<MessagePortMain>

export function startEngine({ place, databasePath, demo, session, changed }: EngineStartOptions): RunningEngine {
  const engine: RunningEngine = keepEngine({
    start: (events) => startEngineHost(place, events),
    first: { kind: 'start', start: { databasePath, version: app.getVersion(), demo } },
    clock: steadyClock,
    heard: (message) => void answer(message),
    changed,
  })

  async function answer(message: FromEngine): Promise<void> {
    if (message.kind !== 'proxy-of') return
    const way = await session.resolveProxy(message.url).catch((error: unknown) => {
      log('proxy not resolved, taken as direct', error)
      return 'DIRECT'
    })
    engine.tell({ kind: 'proxy', question: message.question, proxy: proxyOf(way) })
  }

  return engine
}

/** The near end of a fresh line to the engine; null when it does not run. */
export function newPort(engine: RunningEngine): MessagePortMain | null {
  const { port1, port2 } = new MessageChannelMain()
  return engine.connect(randomUUID(), port2) ? port1 : null
}
