/** The only door to a platform: every HTTP request of the engine leaves through here, paced, bounded and redacted. */
import { bulkhead } from 'cockatiel'
import { type Dispatcher, type Response, fetch } from 'undici'
import type { Chance, Clock } from '../../domain/clock.ts'
import { type Fault, type FaultClass, type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import { type Instant, type Span, seconds } from '../../domain/time.ts'
import { baseOf, urlOf } from './address.ts'
import { newBreaker } from './breaker.ts'
import type { Answer, Api, ConnectorDefinition, Request, Secrets } from './definition.ts'
import { type Scene, faultOfBody, faultOfNetwork, faultOfRedirect, faultOfStatus, faultOfTimeout, wordsOf } from './faults.ts'
import { parseExact } from './json.ts'
import { newOffsetMeter } from './offset.ts'
import { holdFromHeaders, newPace, retryAfterOf } from './pace.ts'
import { newRedaction } from './redaction.ts'
import { newSession } from './session.ts'

const timeoutDefault = seconds(30)
const triesMax = 3
const backOffFirst = seconds(1)
/** A pause up to this is waited out; a longer one is given back as a fault, with its length. */
export const pauseMax = seconds(20)
const errorBodyMax = 64 * 1024
const queueMax = 1000

/** One exchange, for the engine's log: no header, no query, no body. */
export interface ApiLogLine {
  readonly at: Instant
  readonly platform: string
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly tookMs: Span
  readonly bytes: number
  readonly fault: FaultClass | null
  readonly detail: string
}

export interface ApiOptions<Settings> {
  readonly connector: Pick<ConnectorDefinition<Settings>, 'label' | 'limits' | 'baseUrl' | 'authorise' | 'faultOf'>
  readonly settings: Settings
  readonly secrets: Secrets
  readonly clock: Clock
  readonly chance: Chance
  readonly signal: AbortSignal
  readonly log: (line: ApiLogLine) => void
  /** Carries the proxy and the system's certificates; without it undici's own. */
  readonly dispatcher?: Dispatcher
}

/**
 * Opens the door of one connection. Keep the Api while the connection is polled: pace, session, breaker and the
 * measured clock offset live in it. `request` rejects, with the signal's reason, only when the signal is aborted.
 */
export function openApi<Settings>(options: ApiOptions<Settings>): Api {
  const { clock, chance, signal, connector, secrets } = options
  const redaction = newRedaction()
  for (const secret of Object.values(secrets)) redaction.hide(secret.reveal())
  const pace = newPace(clock, connector.limits.perMinute)
  const breaker = newBreaker(clock)
  const meter = newOffsetMeter()
  const places = bulkhead(connector.limits.concurrent, queueMax)
  const base = baseOf(connector.baseUrl(options.settings))
  const exchange = newExchange({ ...options, redaction, meter, pace })

  /** Sends once, and for reads again while the platform's trouble may pass. */
  async function attempt(request: Request, headers: Readonly<Record<string, string>>): Promise<Outcome<Answer>> {
    if (!base.ok) return base
    const url = urlOf(base.value, request)
    if (!url.ok) return url
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted()
      const refusal = breaker.refusal() ?? longPause()
      if (refusal !== null) return failed(refusal)
      await pace.turn(signal)
      const outcome = await exchange(request, url.value, headers)
      breaker.note(outcome.ok ? null : outcome.fault)
      if (outcome.ok || !request.reads || tries >= triesMax || !mayPass(outcome.fault)) return outcome
      const wait = outcome.fault.retryAfterMs ?? backOffFirst * 2 ** (tries - 1) * chance.fraction()
      if (wait > pauseMax) return outcome
      await clock.sleep(Math.ceil(wait), signal)
    }
  }

  function longPause(): Fault | null {
    const held = pace.held()
    if (held <= pauseMax) return null
    const says = `${connector.label} asked us to pause. Reading goes on by itself after that.`
    return fault('rate-limited', says, { retryAfterMs: held, detail: 'not sent: the pause is not over' })
  }

  const session = newSession(connector, options.settings, secrets, (request) => attempt(request, {}), redaction)

  async function authorisedRequest(request: Request): Promise<Outcome<Answer>> {
    for (let signIns = 0; ; signIns += 1) {
      signal.throwIfAborted()
      const authorisation = await session.authorise()
      if (!authorisation.ok) return authorisation
      const outcome = await attempt(request, authorisation.value.headers)
      if (outcome.ok || outcome.fault.class !== 'credentials') return outcome
      const mayHelp = session.refused(authorisation.value)
      // A write is never sent twice, not even after a refusal; the next request signs in.
      if (!mayHelp || !request.reads || signIns >= 1) return outcome
    }
  }

  return {
    async request(request) {
      signal.throwIfAborted()
      if (!base.ok) return base
      const outcome = await places.execute(() => authorisedRequest(request))
      return outcome.ok ? outcome : failed(redaction.cleanFault(outcome.fault))
    },
    clockOffsetMs: () => meter.offset(),
    now: () => clock.now(),
    signal,
  }
}

function mayPass(because: Fault): boolean {
  return because.class === 'temporary' || because.class === 'unreachable' || because.class === 'rate-limited'
}

interface ExchangeParts<Settings> extends ApiOptions<Settings> {
  readonly redaction: ReturnType<typeof newRedaction>
  readonly meter: ReturnType<typeof newOffsetMeter>
  readonly pace: ReturnType<typeof newPace>
}

type Exchange = (request: Request, url: URL, headers: Readonly<Record<string, string>>) => Promise<Outcome<Answer>>

/** One request and its answer, with no second try. */
function newExchange<Settings>(parts: ExchangeParts<Settings>): Exchange {
  const { clock, connector, meter, pace, redaction, signal } = parts
  return async (request, url, headers) => {
    const scene: Scene = { platform: connector.label, host: url.host, method: request.method, path: url.pathname }
    const timeoutMs = request.timeoutMs ?? timeoutDefault
    // The time-out is the machine's, not the engine's clock: it bounds a real socket.
    const timer = AbortSignal.timeout(timeoutMs)
    const ending = new AbortController()
    const sentAt = clock.now()
    let bytes = 0
    const finish = (outcome: Outcome<Answer>, status: number | null): Outcome<Answer> => {
      const cleaned = outcome.ok ? outcome : failed(redaction.cleanFault(outcome.fault))
      parts.log({
        at: sentAt,
        platform: connector.label,
        method: request.method,
        path: redaction.clean(url.pathname),
        status,
        tookMs: clock.now() - sentAt,
        bytes,
        fault: cleaned.ok ? null : cleaned.fault.class,
        detail: cleaned.ok ? '' : cleaned.fault.detail,
      })
      return cleaned
    }
    try {
      const response = await fetch(url, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, timer, ending.signal]),
        headers: {
          accept: 'application/json',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(parts.dispatcher === undefined ? {} : { dispatcher: parts.dispatcher }),
      })
      const answeredAt = clock.now()
      const date = dateOf(response)
      if (date !== null) meter.note(sentAt, answeredAt, date)
      pace.hold(holdFromHeaders((name) => response.headers.get(name), answeredAt))
      const bytesMax = response.ok ? connector.limits.answerBytesMax : errorBodyMax
      const body = await readBody(response, bytesMax)
      bytes = body.bytes
      if (body.cut) ending.abort()
      const outcome = outcomeOf(scene, response, body, date, answeredAt, connector)
      if (!outcome.ok && outcome.fault.retryAfterMs !== null) pace.hold(outcome.fault.retryAfterMs)
      return finish(outcome, response.status)
    } catch (error) {
      signal.throwIfAborted()
      if (timer.aborted) return finish(failed(faultOfTimeout(scene, timeoutMs)), null)
      return finish(failed(faultOfNetwork(scene, error)), null)
    }
  }
}

interface Body {
  readonly buffer: Uint8Array
  readonly bytes: number
  /** True when reading stopped at the cap. */
  readonly cut: boolean
}

/** Reads at most `bytesMax`, counted after decompression, and stops the transfer as soon as it would be more. */
async function readBody(response: Response, bytesMax: number): Promise<Body> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (response.body !== null) {
    for await (const chunk of response.body) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk that is not bytes')
      bytes += chunk.byteLength
      if (bytes > bytesMax) return { buffer: Buffer.concat(chunks), bytes, cut: true }
      chunks.push(chunk)
    }
  }
  return { buffer: Buffer.concat(chunks), bytes, cut: false }
}

function outcomeOf<Settings>(
  scene: Scene,
  response: Response,
  body: Body,
  date: Instant | null,
  now: Instant,
  connector: ApiOptions<Settings>['connector'],
): Outcome<Answer> {
  const { status } = response
  const contentType = response.headers.get('content-type') ?? ''
  const read = readJson(body, contentType)
  const stated = connector.faultOf?.({ status, json: read.json ?? null, contentType }) ?? null
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'), response.headers.get('date'), now)
  if (stated !== null) {
    const waits = stated.class === 'rate-limited' || stated.class === 'temporary'
    return failed({ ...stated, status: stated.status ?? status, retryAfterMs: stated.retryAfterMs ?? (waits ? retryAfterMs : null) })
  }
  if (status >= 300 && status < 400) return failed(faultOfRedirect(scene, status, response.headers.get('location')))
  if (!response.ok) return failed(faultOfStatus(scene, status, wordsOf(read.json, read.text), retryAfterMs))
  if (read.wrong !== null) return failed(faultOfBody(scene, status, read.wrong, `${body.bytes} bytes of ${contentType}`))
  return ok({ status, json: read.json, date })
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
  if (/^\s*<(?:!doctype|html|\?xml|head|body)/i.test(text)) return { json: null, text, wrong: 'html' }
  if (contentType !== '' && !/\bjson\b/i.test(contentType)) return { json: null, text, wrong: 'content-type' }
  try {
    return { json: parseExact(text), text, wrong: null }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { json: null, text, wrong: 'broken' }
  }
}

function dateOf(response: Response): Instant | null {
  const at = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(at) ? null : at
}
