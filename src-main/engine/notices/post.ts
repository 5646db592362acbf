/** A message as a webhook's JSON or as a push, through the engine's one door to HTTP: paced, bounded, redacted, never to plain HTTP elsewhere. */
import type { Chance, Clock } from '../../domain/clock.ts'
import { type Fault, type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import type { Severity } from '../../domain/incident.ts'
import { Secret } from '../../domain/secret.ts'
import { iso, seconds } from '../../domain/time.ts'
import { type ApiOptions, openApi } from '../connectors/api.ts'
import type { Message } from './send.ts'

export interface PostParts {
  readonly clock: Clock
  readonly chance: Chance
  readonly signal: AbortSignal
  readonly dispatcher?: ApiOptions<unknown>['dispatcher']
}

interface Post {
  readonly label: string
  readonly base: string
  readonly path: string
  readonly query: Readonly<Record<string, string[]>>
  readonly token: Secret | null
  /** What of the address lets one in. */
  readonly hidden: readonly string[]
  readonly body: unknown
  readonly key: string
}

/** `address` may hold what lets one in, in its path or its query. */
export function postWebhook(parts: PostParts, label: string, address: Secret, token: Secret | null, message: Message): Promise<Outcome<null>> {
  const url = URL.parse(address.reveal())
  if (url === null) return Promise.resolve(failed(fault('validation', 'The webhook’s address is not a web address.', { path: 'address' })))
  const query: Record<string, string[]> = {}
  for (const [name, value] of url.searchParams) query[name] = [...(query[name] ?? []), value]
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1)
  return post(parts, {
    label,
    base: `${url.protocol}//${url.host}${folder}`,
    path: url.pathname,
    query,
    token,
    hidden: [url.href, url.pathname.length > 1 ? url.pathname : '', ...url.searchParams.values()],
    // `text` is what chats show of it
    body: {
      text: `${message.title}\n${message.body}`,
      kind: message.kind,
      severity: message.severity,
      title: message.title,
      body: message.body,
      incident: message.incident,
      at: iso(parts.clock.now()),
    },
    key: message.id,
  })
}

const priorities: Readonly<Record<Severity, number>> = { critical: 5, high: 4, medium: 3, low: 2 }

/** ntfy: "Publish as JSON", to the root of the server. */
export function postPush(parts: PostParts, label: string, to: { readonly server: string; readonly topic: string }, token: Secret | null, message: Message): Promise<Outcome<null>> {
  const { title, body, severity, id } = message
  return post(parts, {
    label,
    base: to.server.endsWith('/') ? to.server : `${to.server}/`,
    path: '',
    query: {},
    token,
    hidden: [],
    body: { topic: to.topic, title, message: body, priority: priorities[severity] },
    key: id,
  })
}

async function post(parts: PostParts, given: Post): Promise<Outcome<null>> {
  const token = given.token?.reveal() ?? ''
  const secrets = Object.fromEntries([...given.hidden, token].filter((one) => one !== '').map((one, nth) => [`hidden${nth}`, new Secret(one)]))
  const { clock, chance, signal, dispatcher } = parts
  const api = openApi({
    clock,
    chance,
    signal,
    ...(dispatcher === undefined ? {} : { dispatcher }),
    connector: {
      label: given.label,
      limits: { concurrent: 1, perMinute: 60, answerBytesMax: 64 * 1024 },
      baseUrl: () => given.base,
      authorise: () => Promise.resolve(ok(token === '' ? {} : { authorization: new Secret(`Bearer ${token}`) })),
    },
    settings: null,
    secrets,
    log: () => undefined,
  })
  const answer = await api.request({
    method: 'POST',
    path: given.path,
    query: given.query,
    body: given.body,
    headers: { 'idempotency-key': given.key },
    reads: false,
    timeoutMs: seconds(20),
  })
  if (answer.ok || tookIt(answer.fault)) return ok(null)
  return failed({ ...answer.fault, says: firstSentence(answer.fault.says) })
}

/** A receiver may answer anything with its yes: an empty page, "ok". */
function tookIt({ class: kind, status }: Fault): boolean {
  return kind === 'unexpected-shape' && status !== null && status >= 200 && status < 300
}

/** What follows it speaks of reading, and nothing is read here. */
function firstSentence(says: string): string {
  return says.split(/(?<=[.!?]) (?=[A-Z])/)[0] ?? says
}
