/** Serves simulated platforms over real HTTP on this machine alone, with cut, reset and silent connections. */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Server, WireReply } from './exchange.ts'

export interface Loopback {
  /** As `http://127.0.0.1:40123`, without a slash at its end. */
  readonly url: string
  /** Ends every connection, silent ones too. */
  close(): Promise<void>
}

/** No request of ours is near this; a bulk upload has another door. */
const bodyBytesMax = 10 * 1024 * 1024

/** `port` 0: any that is free. Rejects when the port is taken. */
export async function serveOnLoopback(server: Server, port = 0): Promise<Loopback> {
  const http = createServer((request, response) => {
    // a client that goes away in the middle of its own request is nobody to answer
    answerOne(server, request, response).catch(() => request.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', resolve)
  })
  const { port: bound } = http.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}

async function answerOne(server: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request)
  if (body === null) {
    response.writeHead(413).end()
    return
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
  send(server({ method: request.method ?? 'GET', path: request.url ?? '/', headers, body }), request, response)
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body that is not bytes')
    bytes += chunk.byteLength
    if (bytes > bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(reply: WireReply, request: IncomingMessage, response: ServerResponse): void {
  switch (reply.kind) {
    case 'silence':
      return
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'answer':
      if (reply.delayMs === undefined || reply.delayMs <= 0) write(reply, response)
      else setTimeout(() => write(reply, response), reply.delayMs)
      return
    default:
      return reply satisfies never
  }
}

function write(reply: Extract<WireReply, { kind: 'answer' }>, response: ServerResponse): void {
  const body = Buffer.from(reply.body, 'utf8')
  // the platform's own clock speaks in it, or nobody's
  response.sendDate = false
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.byteLength })
  if (reply.cutAfter === undefined || reply.cutAfter >= body.byteLength) {
    response.end(body)
    return
  }
  response.flushHeaders()
  // what was sent must leave before the line is gone
  response.write(body.subarray(0, reply.cutAfter), () => response.destroy())
}
