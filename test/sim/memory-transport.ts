/** The network of a simulation: undici's door to servers in memory, with delay, cuts, resets and silence in virtual time. */
import { Dispatcher, errors } from 'undici'
import type { Server, WireReply, WireRequest } from '../../src-main/world/wire/exchange.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface MemoryTransport {
  readonly dispatcher: Dispatcher
  /** Whoever used it is dead: nothing that is on its way ever comes back. */
  cut(): void
  /** Requests that arrived at a server. */
  readonly exchanges: number
}

/** `servers` by origin, as `http://127.0.0.1:8069`. A name that is not among them is one that nobody knows. */
export function memoryTransport(clock: VirtualClock, servers: ReadonlyMap<string, Server>): MemoryTransport {
  const line = new MemoryDispatcher(clock, servers)
  return {
    dispatcher: line,
    cut: () => line.cut(),
    get exchanges() {
      return line.exchanges
    },
  }
}

type Options = Dispatcher.DispatchOptions
type Handler = Dispatcher.DispatchHandler

class MemoryDispatcher extends Dispatcher {
  exchanges = 0
  /** As a socket holds its request: `fetch` holds only weakly what an abort must reach, and a collected one never ends. */
  readonly #open = new Set<Call>()
  readonly #clock: VirtualClock
  readonly #servers: ReadonlyMap<string, Server>
  #isCut = false

  constructor(clock: VirtualClock, servers: ReadonlyMap<string, Server>) {
    super()
    this.#clock = clock
    this.#servers = servers
  }

  cut(): void {
    this.#isCut = true
  }

  override dispatch(options: Options, handler: Handler): boolean {
    const call = new Call(handler, () => this.#open.delete(call))
    this.#open.add(call)
    handler.onRequestStart?.(call, {})
    if (!call.aborted && !this.#isCut) {
      this.#exchange(options, call).catch((error: unknown) => call.fail(error instanceof Error ? error : new Error(String(error))))
    }
    return true
  }

  async #exchange(options: Options, call: Call): Promise<void> {
    const server = this.#servers.get(String(options.origin))
    const request = { ...wireRequest(options), body: await textOf(options.body) }
    if (call.aborted || this.#isCut) return
    if (server === undefined) return call.fail(unknownHost(String(options.origin)))
    this.exchanges += 1
    const reply = server(request)
    switch (reply.kind) {
      case 'silence':
        // the caller's own time-out ends it
        return
      case 'reset':
        return call.fail(new errors.SocketError('read ECONNRESET'))
      case 'answer': {
        const delayMs = reply.delayMs ?? 0
        if (delayMs <= 0) return call.answer(reply)
        this.#clock.at(this.#clock.now() + delayMs, () => {
          if (!this.#isCut) call.answer(reply)
        })
        return
      }
      default:
        return reply satisfies never
    }
  }
}

/** One request on its way, as undici's own dispatchers hand it to `fetch`. */
class Call implements Dispatcher.DispatchController {
  aborted = false
  paused = false
  reason: Error | null = null
  /** Where `fetch` looks for an answer's headers. */
  rawHeaders: string[] = []
  readonly #handler: Handler
  readonly #ended: () => void
  #isOver = false

  constructor(handler: Handler, ended: () => void) {
    this.#handler = handler
    this.#ended = ended
  }

  abort(reason: Error): void {
    if (this.#isOver) return
    this.aborted = true
    this.reason = reason
    this.#end()
    this.#handler.onResponseError?.(this, reason)
  }

  /** Everything is in memory already: there is nobody to hold back. */
  pause(): void {}

  resume(): void {}

  fail(error: Error): void {
    if (this.#isOver) return
    this.#end()
    this.#handler.onResponseError?.(this, error)
  }

  answer(reply: Extract<WireReply, { kind: 'answer' }>): void {
    if (this.#isOver) return
    const body = Buffer.from(reply.body, 'utf8')
    const sent = reply.cutAfter === undefined ? body : body.subarray(0, reply.cutAfter)
    const headers = { ...reply.headers, 'content-length': String(body.byteLength) }
    this.rawHeaders = Object.entries(headers).flat()
    this.#handler.onResponseStart?.(this, reply.status, headers)
    if (sent.byteLength > 0 && !this.#isOver) this.#handler.onResponseData?.(this, sent)
    if (this.#isOver) return
    if (sent.byteLength < body.byteLength) {
      // as from a socket: the end of the line is met after what came before it was taken
      setImmediate(() => this.fail(new errors.SocketError('other side closed')))
      return
    }
    this.#end()
    this.#handler.onResponseEnd?.(this, {})
  }

  #end(): void {
    this.#isOver = true
    this.#ended()
  }
}

function wireRequest(options: Options): Omit<WireRequest, 'body'> {
  return { method: options.method, path: options.path, headers: headersOf(options.headers) }
}

/** `fetch` gives pairs or an object; nothing else of ours is ever sent here. */
function headersOf(headers: Options['headers']): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) plain[name.toLowerCase()] = String(value)
  return plain
}

/** `fetch` hands a body over as chunks of bytes. */
async function textOf(body: unknown): Promise<string> {
  if (body === null || body === undefined) return ''
  if (typeof body === 'string') return body
  if (!isIterable(body)) throw new TypeError('a body that is neither text nor bytes')
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a chunk that is not bytes')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function unknownHost(origin: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${origin}`), { code: 'ENOTFOUND' })
}
