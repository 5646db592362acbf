/** Fetches pieces of a file that a platform lays elsewhere: without credentials, over TLS, and never more than asked for. */
import { type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { type Span, seconds } from '../../domain/time.ts'
import { isLoopback } from '../../domain/loopback.ts'
import type { Download, Piece } from './definition.ts'
import {
  type Scene,
  faultOfNetwork,
  faultOfRedirect,
  faultOfStatus,
  faultOfTimeout,
} from './faults.ts'

const timeoutMs: Span = seconds(60)

export interface DownloadParts {
  readonly platform: string
  /** The platform itself is on this computer: then its files may be too, without TLS. */
  readonly isLocal: boolean
  readonly signal: AbortSignal
  /** Aborts after the span. */
  readonly timeout: (span: Span) => AbortSignal
  /** One GET of the engine's only door, without a redirect. */
  readonly get: (
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Answered>
}

interface Answered {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<unknown> | null
}

export interface Fetched {
  readonly outcome: Outcome<Piece>
  /** For the log: the query of such an address is a key to the file and is told nowhere. */
  readonly path: string
  readonly status: number | null
  readonly bytes: number
}

export async function download(parts: DownloadParts, wanted: Download): Promise<Fetched> {
  const url = URL.parse(wanted.url)
  if (url === null || !isSafe(url, parts.isLocal)) {
    const says = `${parts.platform} named an address for its export that is not safe to read from. Nothing was read; tell support.`
    const detail = url === null ? 'no address' : `${url.protocol}//${url.host}`
    const outcome = failed(fault('unexpected-shape', says, { detail, path: 'url' }))
    return { outcome, path: '', status: null, bytes: 0 }
  }
  const path = url.pathname
  const scene: Scene = { platform: parts.platform, host: url.host, method: 'GET', path }
  const timer = parts.timeout(timeoutMs)
  const ending = new AbortController()
  const range = `bytes=${wanted.from}-${wanted.from + wanted.bytesMax - 1}`
  try {
    const until = AbortSignal.any([parts.signal, timer, ending.signal])
    const answered = await parts.get(url, { range }, until)
    const outcome = await pieceOf(scene, answered, wanted)
    const bytes = outcome.ok ? outcome.value.bytes.byteLength : 0
    return { outcome, path, status: answered.status, bytes }
  } catch (error) {
    parts.signal.throwIfAborted()
    const because = timer.aborted ? faultOfTimeout(scene, timeoutMs) : faultOfNetwork(scene, error)
    return { outcome: failed(because), path, status: null, bytes: 0 }
  } finally {
    // whatever was not read of the answer is not wanted
    ending.abort()
  }
}

function isSafe(url: URL, isLocal: boolean): boolean {
  if (url.username !== '' || url.password !== '') return false
  return (
    url.protocol === 'https:' || (isLocal && url.protocol === 'http:' && isLoopback(url.hostname))
  )
}

async function pieceOf(
  scene: Scene,
  { status, headers, body }: Answered,
  { from, bytesMax }: Download,
): Promise<Outcome<Piece>> {
  // the file ends before the first byte that was asked for
  if (status === 416) return ok({ bytes: new Uint8Array(), last: true })
  if (status >= 300 && status < 400)
    return failed(faultOfRedirect(scene, status, headers.get('location')))
  if (status !== 200 && status !== 206) return failed(faultOfStatus(scene, status, '', null))
  // a server that knows no ranges sends the file from its beginning
  const { bytes, more } = await readSpan(body, status === 206 ? 0 : from, bytesMax)
  const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
  const ended = total === undefined ? !more : from + bytes.byteLength >= Number(total)
  return ok({ bytes, last: ended && !more })
}

/** At most `bytesMax` behind the first `skipped`; `more` where the answer goes on behind them. */
async function readSpan(
  stream: AsyncIterable<unknown> | null,
  skipped: number,
  bytesMax: number,
): Promise<{ readonly bytes: Uint8Array; readonly more: boolean }> {
  const chunks: Uint8Array[] = []
  let at = 0
  for await (const chunk of stream ?? []) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk that is not bytes')
    const kept = chunk.subarray(Math.max(0, skipped - at), Math.max(0, skipped + bytesMax - at))
    at += chunk.byteLength
    if (kept.byteLength > 0) chunks.push(kept)
    if (at > skipped + bytesMax) return { bytes: Buffer.concat(chunks), more: true }
  }
  return { bytes: Buffer.concat(chunks), more: false }
}
