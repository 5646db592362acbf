/** An engine's process and its clients' lines: ports where the process can be given them, else messages that are relayed. */
import type { MessagePortMain } from 'electron'
import type { FromEngine, ToEngine } from '../contract/wires.ts'
import type { EngineHost, EngineHostEvents } from './engine-process.ts'
import { type Place, startProcess } from './processes.ts'

export function startEngineHost(place: Place, events: EngineHostEvents): EngineHost<MessagePortMain> {
  const relayed = new Map<string, MessagePortMain>()
  const child = startProcess<ToEngine, FromEngine>(place, 'engine.cjs', 'Plumbline engine', {
    message(message) {
      if (message.kind === 'relay') relayed.get(message.client)?.postMessage(message.data)
      else events.message(message)
    },
    notStarted: (says) => events.message({ kind: 'failed', says }),
    exit(code) {
      for (const port of relayed.values()) port.close()
      relayed.clear()
      events.exit(code)
    },
  })

  /** A port cannot be passed to a Node process, so each client's messages travel over its IPC with the client's name. */
  function relay(client: string, port: MessagePortMain): void {
    relayed.set(client, port)
    child.post({ kind: 'connect', client })
    port.on('message', (event) => child.post({ kind: 'relay', client, data: event.data }))
    port.once('close', () => {
      relayed.delete(client)
      child.post({ kind: 'hang-up', client })
    })
    port.start()
  }

  return {
    post: child.post,
    connect(client, port) {
      if (child.give === null) relay(client, port)
      else child.give({ kind: 'connect', client }, port)
    },
    kill: child.kill,
  }
}
