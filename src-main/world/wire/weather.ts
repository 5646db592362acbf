/** Bad days between a platform and whoever asks it: by seeded dice, by spells that were planned, and by a hand on the switch. */
import type { Server, WireReply, WireRequest } from './exchange.ts'

/** Milliseconds since 1970, in true time. */
type Instant = number

/** What may become of one request. */
export const mishaps = [
  'limited',
  'limited-mutely',
  'server-error',
  'busy',
  'page',
  'cut',
  'reset-before',
  'reset-after',
  'silence-before',
  'silence-after',
] as const
export type Mishap = (typeof mishaps)[number]

/** What holds for a while: one mishap for every request, old answers to readers, or a clock that is off. */
export type Spell = Beginning & {
  readonly from: Instant
  /** Null: until somebody mends it. */
  readonly to: Instant | null
}

export interface Climate {
  /** Out of 1, for each request; what is left out never happens by dice. */
  readonly odds: Partial<Record<Mishap, number>>
  /** What passes before the first byte, between these. */
  readonly delayMs: readonly [number, number]
  readonly spells: readonly Spell[]
}

export const fairClimate: Climate = { odds: {}, delayMs: [20, 120], spells: [] }

/** An ordinary bad neighbourhood: about one request in forty goes wrong, and every kind of it happens. */
export const roughClimate: Climate = {
  ...fairClimate,
  odds: {
    limited: 0.006,
    'limited-mutely': 0.003,
    'server-error': 0.004,
    busy: 0.003,
    page: 0.001,
    cut: 0.002,
    'reset-before': 0.002,
    'reset-after': 0.002,
    'silence-before': 0.0003,
    'silence-after': 0.0003,
  },
}

/** A spell that begins now and lasts until somebody mends it. */
export type Beginning =
  | { readonly kind: 'down'; readonly how: Mishap }
  | { readonly kind: 'stale' }
  | { readonly kind: 'skewed'; readonly byMs: number }

/** What the world itself says of one of its platforms just now. */
export interface Outlook {
  readonly down: boolean
  /** Nearly everybody is told to come back later. */
  readonly throttled: boolean
  readonly refusesKey: boolean
  /** Out of 1: requests that end in a 5xx, and that never end. */
  readonly errorShare: number
  readonly silenceShare: number
  /** Streams that are answered with errors while the others are served. */
  readonly streamDown: ReadonlySet<string>
  /** What answers about a stream take longer. */
  readonly streamSlowMs: ReadonlyMap<string, number>
  readonly clockOffsetMs: number
}

export interface Weathered {
  readonly serve: Server
  /** The platform's own clock, as its `Date` header and its stamps have it. */
  now(): Instant
  /** From now on, until `clear`. */
  begin(spell: Beginning): void
  /** Ends every spell that lasts until somebody mends it. */
  clear(): void
  /** Those that were planned and those that were begun, with their ends. */
  readonly spells: readonly Spell[]
  /** How often each mishap came, by dice or by spell. */
  readonly met: ReadonlyMap<Mishap | 'stale', number>
  /** What was asked and came to grief, until what of its kind was asked next was answered. */
  readonly slips: readonly Slip[]
}

/** Nobody knows meanwhile what the answer would have said. `to` null: it was not answered again. */
export interface Slip {
  readonly stream: string | null
  readonly from: Instant
  readonly to: Instant | null
}

export interface WeatherParts {
  readonly server: Server
  readonly climate: Climate
  /** True time. */
  readonly now: () => Instant
  /** In [0, 1), from the seed. */
  readonly fraction: () => number
  readonly manners: Manners
  /** Read at each request; left out: the world says nothing of it. */
  readonly outlook?: () => Outlook
}

/** What weather must know of a platform's protocol. */
export interface Manners {
  /** Whether a request changes anything: a writer is never given an old answer. */
  writes(request: WireRequest): boolean
  /** The stream that a request reads, as `orders`; null for what is none. */
  streamOf(request: WireRequest): string | null
  /** How a key is refused that is not valid any more. */
  refuseKey(request: WireRequest): WireReply
  /** How it says "later", in its own words; the HTTP way where a platform has none. */
  throttle?(request: WireRequest): WireReply
}

/** Who is throttled with everybody else comes through now and then. */
const throttledShare = 0.9

/** Answers kept for stale reads: no platform's cache holds everything. */
const rememberedMax = 200

export function weathered(parts: WeatherParts): Weathered {
  const { climate, now, fraction } = parts
  const spells: Spell[] = [...climate.spells]
  const met = new Map<Mishap | 'stale', number>()
  const slips: Slip[] = []
  const remembered = new Map<string, WireReply>()
  const [least, most] = climate.delayMs

  const holding = <Kind extends Spell['kind']>(kind: Kind): Extract<Spell, { kind: Kind }> | null => {
    const found = spells.find((one) => one.kind === kind && one.from <= now() && (one.to === null || now() < one.to))
    // found by its kind just now
    return (found as Extract<Spell, { kind: Kind }> | undefined) ?? null
  }

  const platformNow = (): Instant => now() + (holding('skewed')?.byMs ?? 0) + (parts.outlook?.().clockOffsetMs ?? 0)

  function dice(): Mishap | null {
    let left = fraction()
    for (const mishap of mishaps) {
      left -= climate.odds[mishap] ?? 0
      if (left < 0) return mishap
    }
    return null
  }

  function note(what: Mishap | 'stale'): void {
    met.set(what, (met.get(what) ?? 0) + 1)
  }

  function ask(request: WireRequest): WireReply {
    const key = `${request.method} ${request.path} ${request.body}`
    const reads = !parts.manners.writes(request)
    const old = reads && holding('stale') !== null ? remembered.get(key) : undefined
    if (old !== undefined) {
      note('stale')
      return redated(old, platformNow())
    }
    const reply = parts.server(request)
    if (reads && reply.kind === 'answer' && reply.status === 200) {
      remembered.delete(key)
      remembered.set(key, reply)
      for (const first of remembered.keys()) {
        if (remembered.size <= rememberedMax) break
        remembered.delete(first)
      }
    }
    return reply
  }

  /** What the world says comes before what dice say. */
  function foretold(request: WireRequest): Mishap | 'refused' | 'throttled' | null {
    const outlook = parts.outlook?.()
    if (outlook === undefined) return null
    if (outlook.down) return 'reset-before'
    if (outlook.refusesKey) return 'refused'
    if (outlook.throttled && fraction() < throttledShare) return 'throttled'
    const stream = outlook.streamDown.size === 0 ? null : parts.manners.streamOf(request)
    if (stream !== null && outlook.streamDown.has(stream)) return 'server-error'
    if (outlook.errorShare > 0 && fraction() < outlook.errorShare) return 'server-error'
    return outlook.silenceShare > 0 && fraction() < outlook.silenceShare ? 'silence-before' : null
  }

  function noteSlip(request: WireRequest, hasSlipped: boolean): void {
    const stream = parts.manners.streamOf(request)
    const open = slips.findLastIndex((one) => one.stream === stream)
    const last = slips[open]
    const isOpen = last !== undefined && last.to === null
    if (hasSlipped && !isOpen) slips.push({ stream, from: now(), to: null })
    if (!hasSlipped && isOpen) slips[open] = { ...last, to: now() }
  }

  function slownessOf(request: WireRequest): number {
    const slow = parts.outlook?.().streamSlowMs
    if (slow === undefined || slow.size === 0) return 0
    return slow.get(parts.manners.streamOf(request) ?? '') ?? 0
  }

  return {
    now: platformNow,
    met,
    slips,
    serve(request) {
      const told = foretold(request)
      if (told === 'refused') return parts.manners.refuseKey(request)
      if (told === 'throttled' && parts.manners.throttle !== undefined) return parts.manners.throttle(request)
      const mishap = (told === 'throttled' ? 'limited-mutely' : told) ?? holding('down')?.how ?? dice()
      const delayMs = least + Math.floor((most - least) * fraction()) + slownessOf(request)
      if (mishap !== null) note(mishap)
      noteSlip(request, mishap !== null)
      const reply = mishap === null ? ask(request) : suffered(mishap, () => ask(request), platformNow(), fraction)
      return reply.kind === 'answer' ? { ...reply, delayMs: (reply.delayMs ?? 0) + delayMs } : reply
    },
    spells,
    begin(spell) {
      spells.push({ ...spell, from: now(), to: null })
    },
    clear() {
      for (const [nth, spell] of spells.entries()) if (spell.to === null) spells[nth] = { ...spell, to: now() }
    },
  }
}

/** A lagging replica and a cache in between say old things today. */
function redated(reply: WireReply, at: Instant): WireReply {
  return reply.kind === 'answer' ? { ...reply, headers: { ...reply.headers, ...dated(at) } } : reply
}

function suffered(mishap: Mishap, ask: () => WireReply, at: Instant, fraction: () => number): WireReply {
  const json = { ...dated(at), 'content-type': 'application/json' }
  const html = { ...dated(at), 'content-type': 'text/html; charset=utf-8' }
  switch (mishap) {
    case 'limited':
      return answer(429, { ...json, 'retry-after': String(1 + Math.floor(fraction() * 4)) }, '{"errors":"Exceeded 2 calls per second for api client."}')
    case 'limited-mutely':
      return answer(429, json, '{"errors":"Too Many Requests"}')
    case 'server-error':
      return answer(fraction() < 0.5 ? 500 : 502, html, badGateway)
    case 'busy':
      return answer(503, { ...html, 'retry-after': '2' }, badGateway)
    case 'page':
      // a portal, a login page, a maintenance notice: all well as far as HTTP goes
      return answer(200, html, '<!doctype html><html><head><title>Please wait…</title></head><body></body></html>')
    case 'cut': {
      const reply = ask()
      if (reply.kind !== 'answer') return reply
      return { ...reply, cutAfter: Math.floor(Buffer.byteLength(reply.body) * fraction()) }
    }
    case 'reset-before':
      return { kind: 'reset' }
    case 'reset-after':
      ask()
      return { kind: 'reset' }
    case 'silence-before':
      return { kind: 'silence' }
    case 'silence-after':
      ask()
      return { kind: 'silence' }
    default:
      return mishap satisfies never
  }
}

const badGateway = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>'

function answer(status: number, headers: Readonly<Record<string, string>>, body: string): WireReply {
  return { kind: 'answer', status, headers, body }
}

function dated(at: Instant): { readonly date: string } {
  return { date: new Date(at).toUTCString() }
}
