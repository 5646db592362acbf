/** The simulated world as a process of its own: begins when the shell says so, takes a visitor's pulls, ends when told. */
import type { FromWorld, ToWorld } from '../contract/demo.ts'
import { type Stage, openStage } from './stage.ts'

/** Electron's port, as a utility process is given it; a Node child has its IPC instead. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: ToWorld }) => void): void
  postMessage(message: FromWorld): void
}

const send = listenToShell()
let stage: Stage | null = null
let stopping = false

/** The other end is our own shell, of the same build: its messages are typed, not parsed. */
function listenToShell(): (message: FromWorld) => void {
  // Only Electron's utility process has one.
  const { parentPort } = process as { parentPort?: ParentPort }
  if (parentPort !== undefined) {
    parentPort.on('message', (event) => hear(event.data))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window is on the other side
    return (message) => parentPort.postMessage(message)
  }
  process.on('message', (message: ToWorld) => hear(message))
  process.once('disconnect', () => void stop())
  // Ctrl-C in a terminal reaches the whole group, and the shell ends the world when its engine has ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  return (message) => void process.send?.(message)
}

function hear(message: ToWorld): void {
  switch (message.kind) {
    case 'start':
      void start(message.seed)
      return
    case 'pull':
      stage?.pull(message.lever)
      return
    case 'stop':
      void stop()
      return
    default:
      message satisfies never
  }
}

async function start(seed: number): Promise<void> {
  try {
    stage = await openStage({ seed, boardChanged: (board) => send({ kind: 'board', board }) })
    send({ kind: 'running', seam: stage.seam })
  } catch (error) {
    // Whatever it is, a person must read it: the shell shows it and ends this process.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    send({ kind: 'failed', says: `The simulated shop and ERP could not begin: ${error instanceof Error ? error.message : String(error)}` })
  }
}

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await stage?.close()
  process.exit(0)
}
