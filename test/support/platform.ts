/**
 * A scripted platform: a real HTTP server on loopback that answers from recordings and can have a bad day.
 *
 *   const platform = await scriptPlatform({ answer: (request) => …, now: () => recordedAt })
 *   platform.misbehave({ status: 503 }, { times: 2 })     // the next two requests, then as before
 *   …
 *   platform.assertExpected()                             // throws for a request that no script knew, or a write
 *   await platform.close()
 *
 * `answer` gives null for what it does not know: that is answered 501 and remembered as unexpected. A request that
 * `isWrite` calls a write is remembered as unexpected too, unless `allowWrites()` was called.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  readonly method: string
  /** Decoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed when it is JSON, else the text; null without a body. */
  readonly body: unknown
}

export interface ScriptedAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** Sent as it is instead of `json`. */
  readonly text?: string | Uint8Array
}

/** A bad day. `cut`: half of the true answer, the connection intact; `broken`: half of it, then the line is gone. */
export type Misbehaviour =
  | ScriptedAnswer
  | 'cut'
  | 'broken'
  | 'hang'
  | 'html'
  | 'empty'
  | 'echo-401'
  | { readonly hugeBytes: number }

export interface ScriptedPlatform {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string
  readonly seen: readonly SeenRequest[]
  /** From now on, for so many matching requests (default: all). `null` heals. */
  misbehave(
    how: Misbehaviour | null,
    scope?: { times?: number; when?: (request: SeenRequest) => boolean },
  ): void
  /** Moves the platform's clock, which its `Date` header tells. */
  setNow(now: () => number): void
  allowWrites(): void
  assertExpected(): void
  close(): Promise<void>
}

export interface Script {
  answer(request: SeenRequest): ScriptedAnswer | null
  isWrite?(request: SeenRequest): boolean
  now?(): number
}

interface BadDay {
  readonly how: Misbehaviour
  readonly when: (request: SeenRequest) => boolean
  left: number
}

export async function scriptPlatform(script: Script): Promise<ScriptedPlatform> {
  const seen: SeenRequest[] = []
  const unexpected: string[] = []
  let now = script.now ?? (() => Date.now())
  let badDay: BadDay | null = null
  let writesAllowed = false

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    seen.push(request)
    if (!writesAllowed && script.isWrite?.(request) === true)
      unexpected.push(`a write: ${request.method} ${request.path}`)
    response.sendDate = false
    response.setHeader('date', new Date(now()).toUTCString())
    const bad = badDay
    if (bad !== null && bad.left > 0 && bad.when(request)) {
      bad.left -= 1
      return misanswer(bad.how, request, response, () => script.answer(request))
    }
    const answer = script.answer(request)
    if (answer === null)
      unexpected.push(
        `${request.method} ${request.path}?${request.query} ${JSON.stringify(request.body)}`,
      )
    send(response, answer ?? { status: 501, text: 'no script knows this request' })
  }

  const server = createServer((incoming, response) => {
    respond(incoming, response).catch((error: unknown) => {
      unexpected.push(`the script failed: ${String(error)}`)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // An address of a listening TCP server is never a pipe's name.
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    misbehave(how, scope = {}) {
      badDay =
        how === null
          ? null
          : { how, when: scope.when ?? (() => true), left: scope.times ?? Number.MAX_SAFE_INTEGER }
    },
    setNow(next) {
      now = next
    },
    allowWrites() {
      writesAllowed = true
    },
    assertExpected() {
      if (unexpected.length > 0)
        throw new Error(`the platform was asked what no script expected:\n${unexpected.join('\n')}`)
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve, reject) =>
        server.close((error) => (error === undefined ? resolve() : reject(error))),
      )
    },
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  const url = new URL(incoming.url ?? '/', 'http://loopback')
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: incoming.headers,
    body: text === '' ? null : bodyOf(text),
  }
}

function bodyOf(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function send(response: ServerResponse, answer: ScriptedAnswer): void {
  const body = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json))
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json; charset=utf-8',
    ...answer.headers,
  })
  response.end(body)
}

function misanswer(
  how: Misbehaviour,
  request: SeenRequest,
  response: ServerResponse,
  trueAnswer: () => ScriptedAnswer | null,
): void {
  if (how === 'hang') return
  if (how === 'html') {
    return send(response, {
      headers: { 'content-type': 'text/html' },
      text: '<!doctype html><title>Shop</title><p>Hello</p>',
    })
  }
  if (how === 'empty') return send(response, { text: '' })
  if (how === 'echo-401') {
    return send(response, {
      status: 401,
      json: { message: `refused: ${JSON.stringify(request.headers)} ${request.query}` },
    })
  }
  if (how === 'cut' || how === 'broken') {
    const answer = trueAnswer()
    const whole =
      typeof answer?.text === 'string' ? answer.text : JSON.stringify(answer?.json ?? {})
    const half = whole.slice(0, Math.floor(whole.length / 2))
    if (how === 'cut') return send(response, { text: half })
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(whole),
    })
    response.write(half, () => response.destroy())
    return
  }
  if ('hugeBytes' in how) return sendHuge(response, how.hugeBytes)
  send(response, how)
}

/** Valid JSON of about this size, written as fast as the reader takes it, so that a reader that stops is noticed. */
function sendHuge(response: ServerResponse, bytes: number): void {
  const chunk = 'x'.repeat(64 * 1024)
  let left = bytes
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"huge":"')
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length
      if (!response.write(chunk)) {
        response.once('drain', more)
        return
      }
    }
    if (!response.destroyed) response.end('"}')
  }
  more()
}
