/** Starts one of our own files as a process: in Electron's own Node, or in a Node beside it where that is too old. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type MessagePortMain, utilityProcess } from 'electron'
import { findNode } from './runtime.ts'

export interface OwnProcess<To> {
  post(message: To): void
  /** Passes a port with the message; null where the process cannot be given one. */
  readonly give: ((message: To, port: MessagePortMain) => void) | null
  kill(): void
}

/** The other end is our own build, of the same commit: its messages are typed, not parsed. */
export interface OwnProcessEvents<From> {
  message(message: From): void
  /** It could not even begin; `says` ends in why. Its exit follows. */
  notStarted(says: string): void
  /** Comes exactly once, after which the process is of no use. */
  exit(code: number | null): void
}

export interface Place {
  readonly appPath: string
  /** Electron's own Node is too old for our files. */
  readonly besideElectron: boolean
}

/** `file` as it lies in the build, `name` as a person reads it: "Plumbline engine". */
export function startProcess<To, From>(place: Place, file: string, name: string, events: OwnProcessEvents<From>): OwnProcess<To> {
  const path = join(place.appPath, 'out', 'main', file)
  if (!place.besideElectron) return inUtilityProcess(path, name, events)
  const node = findNode(place.appPath, process.env)
  if (node !== null) return inNode(node, path, name, events)
  return noProcess(`There is no Node.js 24 for the ${name}. Run \`npm ci\`, then start Plumbline again.`, events)
}

function inUtilityProcess<To, From>(path: string, name: string, events: OwnProcessEvents<From>): OwnProcess<To> {
  const child = utilityProcess.fork(path, [], { serviceName: name, stdio: 'inherit' })
  child.on('message', (message: From) => events.message(message))
  child.once('exit', (code) => events.exit(code))
  return {
    // No window is on the other side, and so no origin: the list of ports is its second argument.
    post: (message) => child.postMessage(message, []),
    give: (message, port) => child.postMessage(message, [port]),
    kill: () => void child.kill(),
  }
}

function inNode<To, From>(node: string, path: string, name: string, events: OwnProcessEvents<From>): OwnProcess<To> {
  const child = fork(path, [], {
    execPath: node,
    // Electron's own switches are nothing to Node.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  let over = false

  function end(code: number | null): void {
    if (over) return
    over = true
    events.exit(code)
  }

  child.on('message', (message: From) => events.message(message))
  child.once('exit', end)
  // A Node that was never started has no exit.
  child.on('error', (error) => {
    if (child.pid !== undefined) return
    events.notStarted(`The ${name}'s Node.js could not be started: ${error.message}`)
    end(null)
  })

  return {
    post(message) {
      // What could not be sent was meant for a process that is gone, and its end is heard in any case.
      if (child.connected) child.send(message as object, () => undefined)
    },
    give: null,
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Stands for a process that cannot be started at all, so that the window can say why. */
function noProcess<To, From>(says: string, events: OwnProcessEvents<From>): OwnProcess<To> {
  setImmediate(() => {
    events.notStarted(says)
    events.exit(null)
  })
  return { post: () => undefined, give: null, kill: () => undefined }
}
