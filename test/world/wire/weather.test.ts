/** Bad days between a platform and whoever asks it: what each does to a request, and what it leaves alone. */
import { describe, expect, it } from 'vitest'
import type { WireReply, WireRequest } from '../../../src-main/world/wire/exchange.ts'
import { type Climate, type Mishap, type Outlook, fairClimate, mishaps, roughClimate, weathered } from '../../../src-main/world/wire/weather.ts'
import { dice } from '../../sim/chance.ts'

const start = Date.parse('2026-11-23T09:00:00.000Z')
const read: WireRequest = { method: 'GET', path: '/orders', headers: {}, body: '' }
const write: WireRequest = { method: 'POST', path: '/orders', headers: {}, body: '{}' }

const clear: Outlook = { down: false, throttled: false, refusesKey: false, errorShare: 0, silenceShare: 0, streamDown: new Set(), streamSlowMs: new Map(), clockOffsetMs: 0 }

function aDay(climate: Partial<Climate> = {}) {
  const day = { now: start, outlook: clear, asked: [] as WireRequest[], answers: 0 }
  const weather = weathered({
    climate: { ...fairClimate, delayMs: [0, 0], ...climate },
    now: () => day.now,
    fraction: dice(1, 'weather'),
    manners: {
      writes: (request) => request.method === 'POST',
      streamOf: (request) => request.path.slice(1),
      refuseKey: () => ({ kind: 'answer', status: 401, headers: {}, body: '{}' }),
    },
    outlook: () => day.outlook,
    server(request) {
      day.asked.push(request)
      day.answers += 1
      return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json', date: new Date(weather.now()).toUTCString() }, body: `{"nth":${day.answers}}` }
    },
  })
  return Object.assign(day, { weather })
}

const statusOf = (reply: WireReply): number | string => (reply.kind === 'answer' ? reply.status : reply.kind)

describe('a fair day', () => {
  it('changes nothing but how long an answer takes', () => {
    const { weather } = aDay({ delayMs: [20, 120] })
    const reply = weather.serve(read)
    expect(reply).toMatchObject({ kind: 'answer', status: 200, body: '{"nth":1}' })
    const delayMs = reply.kind === 'answer' ? (reply.delayMs ?? -1) : -1
    expect(delayMs >= 20 && delayMs < 120).toBe(true)
  })
})

describe('a mishap', () => {
  it.each<[Mishap, number | string, number]>([
    ['limited', 429, 0],
    ['limited-mutely', 429, 0],
    ['busy', 503, 0],
    ['page', 200, 0],
    ['cut', 200, 1],
    ['reset-before', 'reset', 0],
    ['reset-after', 'reset', 1],
    ['silence-before', 'silence', 0],
    ['silence-after', 'silence', 1],
  ])('of the kind %s is answered by %s after the server saw %i requests', (how, status, seen) => {
    const day = aDay()
    day.weather.begin({ kind: 'down', how })
    expect([statusOf(day.weather.serve(write)), day.asked.length]).toEqual([status, seen])
  })

  it('says when to come back, or does not', () => {
    const headersAt = (how: Mishap) => {
      const { weather } = aDay()
      weather.begin({ kind: 'down', how })
      const reply = weather.serve(read)
      return reply.kind === 'answer' ? reply.headers : {}
    }
    expect(Number(headersAt('limited')['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(headersAt('limited-mutely')['retry-after']).toBeUndefined()
  })

  it('cuts an answer somewhere inside of its body', () => {
    const { weather } = aDay()
    weather.begin({ kind: 'down', how: 'cut' })
    const reply = weather.serve(read)
    expect(reply.kind === 'answer' && reply.cutAfter !== undefined && reply.cutAfter < reply.body.length).toBe(true)
  })
})

describe('rough weather', () => {
  it('brings every mishap, as often as it says, and the same row of them from the same seed', () => {
    const rows = [aDay(roughClimate), aDay(roughClimate)].map(({ weather }) => {
      for (let nth = 0; nth < 40_000; nth += 1) weather.serve(read)
      return weather.met
    })
    const [first, second] = rows
    expect([...(first ?? [])]).toEqual([...(second ?? [])])
    expect([...(first?.keys() ?? [])].toSorted()).toEqual([...mishaps].toSorted())
    const limited = (first?.get('limited') ?? 0) / 40_000
    expect(limited > 0.004 && limited < 0.008).toBe(true)
  })
})

describe('a spell', () => {
  it('that was planned holds from its beginning until its end', () => {
    const day = aDay({ spells: [{ kind: 'down', how: 'reset-before', from: start + 1000, to: start + 2000 }] })
    const seen = [0, 1000, 1999, 2000].map((at) => {
      day.now = start + at
      return statusOf(day.weather.serve(read))
    })
    expect(seen).toEqual([200, 'reset', 'reset', 200])
  })

  it('that was begun by hand lasts until it is cleared, and is remembered with its end', () => {
    const day = aDay()
    day.weather.begin({ kind: 'down', how: 'silence-before' })
    day.now += 60_000
    expect(statusOf(day.weather.serve(read))).toBe('silence')
    day.weather.clear()
    expect(statusOf(day.weather.serve(read))).toBe(200)
    expect(day.weather.spells).toEqual([{ kind: 'down', how: 'silence-before', from: start, to: start + 60_000 }])
  })

  it('of stale reads repeats what was answered before to the same question, to readers alone', () => {
    const day = aDay()
    const bodyOf = (request: WireRequest) => {
      const reply = day.weather.serve(request)
      return reply.kind === 'answer' ? reply.body : ''
    }
    const before = [bodyOf(read), bodyOf(write)]
    day.weather.begin({ kind: 'stale' })
    expect([bodyOf(read), bodyOf({ ...read, path: '/stock' }), bodyOf(write)]).toEqual([before[0], '{"nth":3}', '{"nth":4}'])
    day.weather.clear()
    expect(bodyOf(read)).toBe('{"nth":5}')
  })

  it('of skew sets the platform’s own clock off, and its Date header with it', () => {
    const day = aDay()
    day.weather.begin({ kind: 'skewed', byMs: -300_000 })
    const reply = day.weather.serve(read)
    expect([day.weather.now(), reply.kind === 'answer' ? Date.parse(reply.headers['date'] ?? '') : 0]).toEqual([start - 300_000, start - 300_000])
  })
})

describe('what the world says of its platform', () => {
  it.each<[string, Partial<Outlook>, number | string]>([
    ['down', { down: true }, 'reset'],
    ['refusing its key', { refusesKey: true }, 401],
    ['answering one stream with errors', { streamDown: new Set(['orders']) }, 500],
    ['full of errors', { errorShare: 1 }, 500],
    ['full of silence', { silenceShare: 1 }, 'silence'],
  ])('that is %s is met at the next request, and over as soon as it is', (_what, outlook, status) => {
    const day = aDay()
    day.outlook = { ...clear, ...outlook }
    const met = statusOf(day.weather.serve(read))
    expect(met === 502 ? 500 : met).toBe(status)
    day.outlook = clear
    expect(statusOf(day.weather.serve(read))).toBe(200)
  })

  it('leaves the other streams of a platform alone, and lets one in ten through where all are throttled', () => {
    const day = aDay()
    day.outlook = { ...clear, streamDown: new Set(['stock']) }
    expect(statusOf(day.weather.serve(read))).toBe(200)
    day.outlook = { ...clear, throttled: true }
    const statuses = Array.from({ length: 200 }, () => statusOf(day.weather.serve(read)))
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
  })

  it('lets answers about one stream take longer, and those about the others as long as ever', () => {
    const day = aDay()
    const delayOf = (stream: string): number => {
      day.outlook = { ...clear, streamSlowMs: new Map([[stream, 45_000]]) }
      const reply = day.weather.serve(read)
      return reply.kind === 'answer' ? (reply.delayMs ?? 0) : -1
    }
    expect(delayOf('orders')).toBeGreaterThanOrEqual(45_000)
    expect(delayOf('stock')).toBeLessThan(1000)
  })

  it('sets its clock off by what it says', () => {
    const day = aDay()
    day.outlook = { ...clear, clockOffsetMs: 180_000 }
    expect(day.weather.now()).toBe(start + 180_000)
  })
})

describe('what came to grief', () => {
  it('is told with its stream, from when it was asked until what of its kind was asked next was answered', () => {
    const day = aDay()
    day.weather.begin({ kind: 'down', how: 'busy' })
    day.weather.serve(read)
    day.now += 1000
    day.weather.serve(read)
    day.weather.clear()
    day.now += 1000
    day.weather.serve({ ...read, path: '/stock' })
    expect(day.weather.slips).toEqual([{ stream: 'orders', from: start, to: null }])
    day.weather.serve(read)
    expect(day.weather.slips).toEqual([{ stream: 'orders', from: start, to: start + 2000 }])
  })
})
