/** DOM, Electron and Node ports behind the one face that oRPC's message-port adapter asks for. */

/** What both ends of a conversation need of a port. */
export interface Wire {
  postMessage(message: unknown, transfer?: unknown[]): void
  addEventListener(kind: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(kind: 'close', listener: () => void): void
  start?(): void
}
