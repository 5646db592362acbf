/** The engine as a process of its own: opens it when the shell says so, gives each client a line, stops when told. */
import { dirname, join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { ORPCError, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { type EngineStart, type FromEngine, type RelayedWire, type ToEngine, relayedWire } from '../contract/wires.ts'
import { systemChance, systemClock } from './clock.ts'
import { connectorFor } from './connectors/registry.ts'
import { settleDemo } from './demo.ts'
import { type Engine, openEngine } from './engine.ts'
import { openLogFile } from './log-file.ts'
import { newLog } from './log.ts'
import { machineDispatcher } from './outgoing.ts'
import { keychainSecrets } from './secrets/keychain.ts'
import { memorySecrets } from './secrets/memory.ts'
import { type EngineSecrets, engineSecrets, heldSecrets } from './secrets/secrets.ts'

/** Electron's port, as a utility process is given it; a Node child is given none, and messages are relayed instead. */
interface PassedPort {
  on(event: string, listener: (event?: { data: unknown }) => void): void
  postMessage(message: unknown): void
  start(): void
}

interface ParentPort {
  on(event: 'message', listener: (event: { data: ToEngine; ports: readonly PassedPort[] }) => void): void
  postMessage(message: FromEngine): void
}

/** The shell kills after as long; this is for when the shell itself is gone. */
const stopMaxMs = 5000

const lines = new Map<string, RelayedWire>()
const proxyAnswers = new Map<number, (proxy: string | null) => void>()
let questions = 0
let stopping = false
let opened: { readonly engine: Engine; readonly handler: RPCHandler<Record<never, never>> } | null = null
const send = listenToShell()
let keepInFile: ((line: string) => void) | null = null
const log = newLog({ write, clock: systemClock, format: 'json', atLeast: 'info' })

process.on('uncaughtExceptionMonitor', (error) => log.error('crashed', {}, error))

function write(line: string): void {
  process.stderr.write(line)
  keepInFile?.(line)
}

function listenToShell(): (message: FromEngine) => void {
  // Only Electron's utility process has one.
  const { parentPort } = process as { parentPort?: ParentPort }
  if (parentPort !== undefined) {
    parentPort.on('message', (event) => hear(event.data, event.ports[0] ?? null))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window is on the other side
    return (message) => parentPort.postMessage(message)
  }
  // The other end is our own shell, of the same build: its messages are typed, not parsed.
  process.on('message', (message: ToEngine) => hear(message, null))
  process.once('disconnect', () => void stop())
  // Ctrl-C in a terminal reaches the whole group: gently here too, and the shell sees it end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  return (message) => void process.send?.(message)
}

function hear(message: ToEngine, port: PassedPort | null): void {
  switch (message.kind) {
    case 'start':
      void start(message.start)
      return
    case 'connect':
      connect(message.client, port)
      return
    case 'relay':
      lines.get(message.client)?.deliver(message.data)
      return
    case 'hang-up':
      lines.get(message.client)?.close()
      lines.delete(message.client)
      return
    case 'proxy':
      proxyAnswers.get(message.question)?.(message.proxy)
      proxyAnswers.delete(message.question)
      return
    case 'resumed':
      opened?.engine.resumed()
      return
    case 'suspended':
      return
    case 'stop':
      void stop()
      return
    default:
      message satisfies never
  }
}

async function start({ databasePath, version, demo }: EngineStart): Promise<void> {
  keepInFile = openLogFile(join(dirname(databasePath), 'plumbline.log'), (reason) => {
    process.stderr.write(`The log is not kept in its file any more: ${reason}\n`)
  })
  trustWhatTheSystemTrusts()
  try {
    const secrets = demo === null ? ownSecrets() : heldSecrets(memorySecrets())
    const engine = await openEngine({
      databasePath,
      version,
      clock: systemClock,
      chance: systemChance,
      secrets,
      demo: demo !== null,
      connectorOf: connectorFor,
      log,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dispatcher: machineDispatcher(proxyOf),
    })
    if (demo !== null) await settleDemo(engine.store, secrets, demo, systemClock.now())
    opened = { engine, handler: new RPCHandler(engine.router, { interceptors: [onError(tellOfBug)] }) }
    engine.start()
    log.info('engine-running', { version, pid: process.pid })
    send({ kind: 'running' })
  } catch (error) {
    // Whatever it is, a person must read it: the shell shows it, ends this process and tries again.
    log.error('engine-not-started', {}, error)
    send({ kind: 'failed', says: error instanceof Error ? error.message : String(error) })
  }
}

function ownSecrets(): EngineSecrets {
  return engineSecrets({ keychain: keychainSecrets(systemClock), memory: memorySecrets(), environment: null })
}

/** What the contract names as a refusal is an answer; everything else that a handler throws is a bug. */
function tellOfBug(error: unknown): void {
  if (error instanceof ORPCError && error.defined) return
  log.error('question-failed', {}, error)
}

/** Company networks bring their own certificate authorities; every TLS connection of this process honours them. */
function trustWhatTheSystemTrusts(): void {
  try {
    setDefaultCACertificates([...getCACertificates('default'), ...getCACertificates('system')])
  } catch (error) {
    // A system whose store cannot be read leaves the authorities that Node brings: public ones are still known.
    log.error('system-certificates-not-read', {}, error)
  }
}

function connect(client: string, port: PassedPort | null): void {
  if (opened === null) return
  if (port !== null) {
    opened.handler.upgrade(port)
    port.start()
    return
  }
  const line = relayedWire((data) => send({ kind: 'relay', client, data }))
  lines.set(client, line)
  opened.handler.upgrade(line)
}

/** How the machine reaches this address: through a proxy's URL, or directly. */
function proxyOf(url: string): Promise<string | null> {
  questions += 1
  const question = questions
  return new Promise((resolve) => {
    proxyAnswers.set(question, resolve)
    send({ kind: 'proxy-of', question, url })
  })
}

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), stopMaxMs).unref()
  await opened?.engine.stop()
  process.exit(0)
}
