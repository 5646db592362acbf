/** From what came back over the wire to an answer, or to the fault that it means. */
import { type Outcome, failed, ok } from '../../domain/fault.ts'
import type { Instant } from '../../domain/time.ts'
import type { Answer, ConnectorDefinition } from './definition.ts'
import { type Scene, faultOfBody, faultOfRedirect, faultOfStatus, wordsOf } from './faults.ts'
import { parseExact } from './json.ts'
import { retryAfterOf } from './pace.ts'

/** Null where the header is missing. */
type Header = (name: string) => string | null

export interface Body {
  readonly buffer: Uint8Array
  readonly bytes: number
  /** True when reading stopped at the cap. */
  readonly cut: boolean
}

export interface Response {
  readonly status: number
  readonly header: Header
  readonly body: Body
  /** On our clock. */
  readonly answeredAt: Instant
}

/** Reads at most `bytesMax`, counted after decompression, and stops as soon as it would be more. */
export async function readBody(
  stream: AsyncIterable<unknown> | null,
  bytesMax: number,
): Promise<Body> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream ?? []) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk that is not bytes')
    bytes += chunk.byteLength
    if (bytes > bytesMax) return { buffer: Buffer.concat(chunks), bytes, cut: true }
    chunks.push(chunk)
  }
  return { buffer: Buffer.concat(chunks), bytes, cut: false }
}

/** The connector's own word on it comes first (a 200 with an error body), then the default table. */
export function outcomeOf(
  scene: Scene,
  response: Response,
  faultOf: ConnectorDefinition['faultOf'],
): Outcome<Answer> {
  const { status, header, body } = response
  const contentType = header('content-type') ?? ''
  const read = readJson(body, contentType)
  const stated = faultOf?.({ status, json: read.json ?? null, contentType }) ?? null
  const retryAfterMs = retryAfterOf(header('retry-after'), header('date'), response.answeredAt)
  if (stated !== null) {
    const waits = stated.class === 'rate-limited' || stated.class === 'temporary'
    return failed({
      ...stated,
      status: stated.status ?? status,
      retryAfterMs: stated.retryAfterMs ?? (waits ? retryAfterMs : null),
    })
  }
  if (status >= 300 && status < 400) {
    return failed(faultOfRedirect(scene, status, header('location')))
  }
  if (status < 200 || status >= 300) {
    return failed(faultOfStatus(scene, status, wordsOf(read.json, read.text), retryAfterMs))
  }
  if (read.wrong !== null) {
    return failed(faultOfBody(scene, status, read.wrong, `${body.bytes} bytes of ${contentType}`))
  }
  return ok({ status, json: read.json, date: dateIn(header) })
}

/** The platform's clock at the answer, in whole seconds. */
export function dateIn(header: Header): Instant | null {
  const at = Date.parse(header('date') ?? '')
  return Number.isNaN(at) ? null : at
}

interface ReadJson {
  readonly json: unknown
  readonly text: string
  readonly wrong: Parameters<typeof faultOfBody>[2] | null
}

function readJson(body: Body, contentType: string): ReadJson {
  if (body.cut) return { json: null, text: '', wrong: 'too-big' }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body.buffer)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { json: null, text: '', wrong: 'encoding' }
  }
  if (text.trim() === '') return { json: null, text, wrong: 'empty' }
  const page = /^\s*<(?:!doctype|html|\?xml|head|body)/i.test(text)
  if (page) return { json: null, text, wrong: 'html' }
  const stranger = contentType !== '' && !/\bjson\b/i.test(contentType)
  if (stranger) return { json: null, text, wrong: 'content-type' }
  try {
    return { json: parseExact(text), text, wrong: null }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { json: null, text, wrong: 'broken' }
  }
}
