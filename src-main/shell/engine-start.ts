/** Starts the engine's one file in the process that this Electron can give it, and tells it of the machine. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { MessageChannelMain, type MessagePortMain, type Session, app } from 'electron'
import type { FromEngine } from '../contract/wires.ts'
import { steadyClock } from './clock.ts'
import { startInNode, startInUtilityProcess } from './engine-hosts.ts'
import {
  type EngineHost,
  type EngineHostEvents,
  type EngineProcess,
  type EngineStanding,
  keepEngine,
} from './engine-process.ts'
import { log } from './log.ts'
import { proxyOf } from './proxy.ts'
import { findNode } from './runtime.ts'

export interface EngineStartOptions {
  readonly appPath: string
  /** Electron's own Node is too old for the engine. */
  readonly besideElectron: boolean
  readonly session: Session
  readonly changed: (standing: EngineStanding) => void
}

export type RunningEngine = EngineProcess<MessagePortMain>

export function startEngine(options: EngineStartOptions): RunningEngine {
  const file = join(options.appPath, 'out', 'main', 'engine.cjs')

  function start(events: EngineHostEvents): EngineHost<MessagePortMain> {
    if (!options.besideElectron) return startInUtilityProcess(file, events)
    const node = findNode(options.appPath, process.env)
    if (node !== null) return startInNode(node, file, events)
    return noHost('There is no Node.js 24 for the engine. Run `npm ci`, then start Plumbline again.', events)
  }

  const engine: RunningEngine = keepEngine({
    start,
    first: {
      kind: 'start',
      start: { databasePath: join(app.getPath('userData'), 'plumbline.sqlite'), version: app.getVersion() },
    },
    clock: steadyClock,
    heard: (message) => void answer(message),
    changed: options.changed,
  })

  async function answer(message: FromEngine): Promise<void> {
    if (message.kind !== 'proxy-of') return
    const way = await options.session.resolveProxy(message.url).catch((error: unknown) => {
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

/** Stands for an engine that cannot be started at all, so that the window can say why. */
function noHost(says: string, events: EngineHostEvents): EngineHost<MessagePortMain> {
  setImmediate(() => {
    events.message({ kind: 'failed', says })
    events.exit(null)
  })
  return { post: () => undefined, connect: () => undefined, kill: () => undefined }
}
