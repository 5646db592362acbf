/** The only door to a platform: every HTTP request of the engine leaves through here, paced, bounded and redacted. */
import { bulkhead } from 'cockatiel'
import { type Dispatcher, fetch } from 'undici'
import type { Chance, Clock } from '../../domain/clock.ts'
import { type Fault, type FaultClass, type Outcome, failed, fault } from '../../domain/fault.ts'
import { type Instant, type Span, seconds } from '../../domain/time.ts'
import { baseOf, urlOf } from './address.ts'
import { dateIn, outcomeOf, readBody } from './answer.ts'
import { newBreaker } from './breaker.ts'
import { type DownloadParts, download } from './download.ts'
import type { Answer, Api, ConnectorDefinition, Request, Secrets } from './definition.ts'
import { type Scene, faultOfNetwork, faultOfTimeout } from './faults.ts'
import { newOffsetMeter } from './offset.ts'
import { holdFromHeaders, newPace } from './pace.ts'
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
  /** It was cut because no answer came in time. */
  readonly timedOut: boolean
  /** It had failed before and is sent once more. */
  readonly again: boolean
  readonly detail: string
}

export interface ApiOptions<Settings> {
  readonly connector: Pick<
    ConnectorDefinition<Settings>,
    'label' | 'limits' | 'baseUrl' | 'authorise' | 'seal' | 'faultOf' | 'holdOf'
  >
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
  async function attempt(
    request: Request,
    headers: Readonly<Record<string, string>>,
  ): Promise<Outcome<Answer>> {
    if (!base.ok) return base
    const url = urlOf(base.value, request)
    if (!url.ok) return url
    for (let tries = 1; ; tries += 1) {
      signal.throwIfAborted()
      const refusal = breaker.refusal() ?? longPause()
      if (refusal !== null) return failed(refusal)
      await pace.turn(signal)
      const outcome = await exchange(request, url.value, headers, tries > 1)
      breaker.note(outcome.ok ? null : outcome.fault)
      if (outcome.ok || !request.reads || tries >= triesMax || !mayPass(outcome.fault))
        return outcome
      const wait = outcome.fault.retryAfterMs ?? backOffFirst * 2 ** (tries - 1) * chance.fraction()
      if (wait > pauseMax) return outcome
      await clock.sleep(Math.ceil(wait), signal)
    }
  }

  function longPause(): Fault | null {
    const held = pace.held()
    if (held <= pauseMax) return null
    const says = `${connector.label} asked us to pause. Reading goes on by itself after that.`
    return fault('rate-limited', says, {
      retryAfterMs: held,
      detail: 'not sent: the pause is not over',
    })
  }

  const session = newSession(
    connector,
    options.settings,
    secrets,
    (request) => attempt(request, {}),
    redaction,
    () => clock.now(),
  )

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
    async download(wanted) {
      signal.throwIfAborted()
      const sentAt = clock.now()
      const isLocal = base.ok && base.value.protocol === 'http:'
      const get = newGet(options.dispatcher)
      const timeout = (span: Span): AbortSignal => timeoutAfter(clock, span)
      const { outcome, path, status, bytes } = await places.execute(() =>
        download({ platform: connector.label, isLocal, signal, get, timeout }, wanted),
      )
      const cleaned = outcome.ok ? outcome : failed(redaction.cleanFault(outcome.fault))
      options.log({
        at: sentAt,
        platform: connector.label,
        method: 'GET',
        path: redaction.clean(path),
        status,
        tookMs: clock.now() - sentAt,
        bytes,
        fault: cleaned.ok ? null : cleaned.fault.class,
        timedOut: false,
        again: false,
        detail: cleaned.ok ? '' : cleaned.fault.detail,
      })
      return cleaned
    },
    pause: (span) => clock.sleep(span, signal),
    clockOffsetMs: () => meter.offset(),
    shutFor: () => breaker.shutFor(),
    now: () => clock.now(),
    signal,
  }
}

/** Without authorisation, whoever asks: what is elsewhere is fetched as anybody could. */
function newGet(dispatcher: Dispatcher | undefined): DownloadParts['get'] {
  const through = dispatcher === undefined ? {} : { dispatcher }
  return (url, headers, until) => fetch(url, { redirect: 'manual', headers, signal: until, ...through })
}

/** The machine's, as it bounds a real socket; where no socket is, the clock has its own. */
function timeoutAfter(clock: Clock, span: Span): AbortSignal {
  return clock.timeout?.(span) ?? AbortSignal.timeout(span)
}

function mayPass(because: Fault): boolean {
  return (
    because.class === 'temporary' ||
    because.class === 'unreachable' ||
    because.class === 'rate-limited'
  )
}

interface ExchangeParts<Settings> extends ApiOptions<Settings> {
  readonly redaction: ReturnType<typeof newRedaction>
  readonly meter: ReturnType<typeof newOffsetMeter>
  readonly pace: ReturnType<typeof newPace>
}

type Exchange = (
  request: Request,
  url: URL,
  headers: Readonly<Record<string, string>>,
  again: boolean,
) => Promise<Outcome<Answer>>

/** One request and its answer, with no second try. */
function newExchange<Settings>(parts: ExchangeParts<Settings>): Exchange {
  const { clock, connector, meter, pace, redaction, signal } = parts

  async function talk(request: Request, url: URL, headers: Readonly<Record<string, string>>) {
    const timeoutMs = request.timeoutMs ?? timeoutDefault
    const timer = timeoutAfter(clock, timeoutMs)
    const ending = new AbortController()
    const sealed = connector.seal?.(request.body, parts.secrets) ?? request.body
    const body = sealed === undefined ? {} : { body: JSON.stringify(sealed) }
    const type = request.body === undefined ? {} : { 'content-type': 'application/json' }
    try {
      const response = await fetch(url, {
        method: request.method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, timer, ending.signal]),
        headers: { accept: 'application/json', ...type, ...request.headers, ...headers },
        ...body,
        ...(parts.dispatcher === undefined ? {} : { dispatcher: parts.dispatcher }),
      })
      const answeredAt = clock.now()
      const bytesMax = response.ok ? connector.limits.answerBytesMax : errorBodyMax
      const read = await readBody(response.body, bytesMax)
      if (read.cut) ending.abort()
      const header = (name: string): string | null => response.headers.get(name)
      return { kind: 'answered' as const, status: response.status, header, body: read, answeredAt }
    } catch (error) {
      signal.throwIfAborted()
      return { kind: 'failed' as const, error, timeoutMs: timer.aborted ? timeoutMs : null }
    }
  }

  return async (request, url, headers, again) => {
    const scene: Scene = {
      platform: connector.label,
      host: url.host,
      method: request.method,
      path: url.pathname,
    }
    const sentAt = clock.now()
    const talked = await talk(request, url, headers)
    let outcome: Outcome<Answer>
    if (talked.kind === 'answered') {
      const date = dateIn(talked.header)
      if (date !== null) meter.note(sentAt, talked.answeredAt, date)
      pace.hold(holdFromHeaders(talked.header, talked.answeredAt))
      outcome = outcomeOf(scene, talked, connector.faultOf)
      if (!outcome.ok && outcome.fault.retryAfterMs !== null) pace.hold(outcome.fault.retryAfterMs)
      if (outcome.ok) pace.hold(connector.holdOf?.(outcome.value.json) ?? 0)
    } else if (talked.timeoutMs !== null) {
      outcome = failed(faultOfTimeout(scene, talked.timeoutMs))
    } else {
      outcome = failed(faultOfNetwork(scene, talked.error))
    }
    const cleaned = outcome.ok ? outcome : failed(redaction.cleanFault(outcome.fault))
    parts.log({
      at: sentAt,
      platform: connector.label,
      method: request.method,
      path: redaction.clean(url.pathname),
      status: talked.kind === 'answered' ? talked.status : null,
      tookMs: clock.now() - sentAt,
      bytes: talked.kind === 'answered' ? talked.body.bytes : 0,
      fault: cleaned.ok ? null : cleaned.fault.class,
      timedOut: talked.kind === 'failed' && talked.timeoutMs !== null,
      again,
      detail: cleaned.ok ? '' : cleaned.fault.detail,
    })
    return cleaned
  }
}
