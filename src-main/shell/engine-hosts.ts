/** The two ways to start the engine's file: in Electron's own Node, or in a Node beside it where that is too old. */
import { fork } from 'node:child_process'
import { type MessagePortMain, utilityProcess } from 'electron'
import type { FromEngine } from '../contract/wires.ts'
import type { EngineHost, EngineHostEvents } from './engine-process.ts'

export function startInUtilityProcess(file: string, events: EngineHostEvents): EngineHost<MessagePortMain> {
  const child = utilityProcess.fork(file, [], { serviceName: 'Plumbline engine', stdio: 'inherit' })
  // The engine's end is our own build, of the same commit: its messages are typed, not parsed.
  child.on('message', (message: FromEngine) => events.message(message))
  child.once('exit', (code) => events.exit(code))
  return {
    // No window is on the other side, and so no origin: the list of ports is its second argument.
    post: (message) => child.postMessage(message, []),
    connect: (client, port) => child.postMessage({ kind: 'connect', client }, [port]),
    kill: () => void child.kill(),
  }
}

/** A port cannot be passed to a Node process, so each client's messages travel over its IPC with the client's name. */
export function startInNode(node: string, file: string, events: EngineHostEvents): EngineHost<MessagePortMain> {
  const ports = new Map<string, MessagePortMain>()
  const child = fork(file, [], {
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
    for (const port of ports.values()) port.close()
    ports.clear()
    events.exit(code)
  }

  function post(message: Parameters<EngineHost<MessagePortMain>['post']>[0]): void {
    // What could not be sent was meant for a process that is gone, and its end is heard in any case.
    if (child.connected) child.send(message, () => undefined)
  }

  child.on('message', (message: FromEngine) => {
    if (message.kind === 'relay') ports.get(message.client)?.postMessage(message.data)
    else events.message(message)
  })
  child.once('exit', end)
  // A Node that was never started has no exit.
  child.on('error', (error) => {
    if (child.pid !== undefined) return
    events.message({ kind: 'failed', says: `The engine's Node.js could not be started: ${error.message}` })
    end(null)
  })

  return {
    post,
    connect(client, port) {
      ports.set(client, port)
      post({ kind: 'connect', client })
      port.on('message', (event) => post({ kind: 'relay', client, data: event.data }))
      port.once('close', () => {
        ports.delete(client)
        post({ kind: 'hang-up', client })
      })
      port.start()
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
