import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { Agent, type Dispatcher } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { type Fault, type Outcome, failed, fault, ok } from '../../../src-main/domain/fault.ts'
import { Secret } from '../../../src-main/domain/secret.ts'
import { type ApiOptions, openApi } from '../../../src-main/engine/connectors/api.ts'
import type { Answer, Request } from '../../../src-main/engine/connectors/definition.ts'
import { openTestApi, seededChance, steppingClock } from '../../support/api.ts'
import { type Script, type ScriptedPlatform, scriptPlatform } from '../../support/platform.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const read: Request = { method: 'GET', path: 'orders', reads: true }
const write: Request = { method: 'POST', path: 'orders', body: { a: 1 }, reads: false }
const key = 'sk_0123456789abcdef'

type Connector = ApiOptions<{ baseUrl: string }>['connector']

function connector(more: Partial<Connector> = {}): Connector {
  return {
    label: 'Shop',
    limits: { concurrent: 4, perMinute: 100_000, answerBytesMax: 1_000_000 },
    baseUrl: (settings) => settings.baseUrl,
    authorise: async ({ secrets }) =>
      ok(secrets['key'] === undefined ? {} : { authorization: secrets['key'] }),
    ...more,
  }
}

const open: ScriptedPlatform[] = []
afterEach(async () => {
  for (const platform of open.splice(0)) {
    await platform.close()
    platform.assertExpected()
  }
})

async function world(more: Partial<Connector> = {}, script: Partial<Script> = {}) {
  const platform = await scriptPlatform({
    answer: () => ({ json: { ok: true } }),
    now: () => noon,
    ...script,
  })
  open.push(platform)
  const settings = { baseUrl: `${platform.url}/base/` }
  return {
    platform,
    ...openTestApi({ connector: connector(more), settings, secrets: { key }, at: noon }),
  }
}

function faultIn(outcome: Outcome<unknown>): Fault {
  if (outcome.ok) throw new Error('it went well')
  return outcome.fault
}

describe('a request', () => {
  it('takes the credentials into its body where the connector seals it, in each try, and shows them nowhere', async () => {
    const seal: Connector['seal'] = (body, secrets) => ({
      ...Object(body),
      key: secrets['key']?.reveal(),
    })
    const { api, log, platform } = await world({ seal })
    platform.misbehave({ status: 503, json: { message: `busy with ${key}` } }, { times: 1 })
    await api.request({ ...write, reads: true })
    expect(platform.seen.map(({ body }) => body)).toEqual([
      { a: 1, key },
      { a: 1, key },
    ])
    expect(JSON.stringify(log)).not.toContain(key)
  })

  it('says beside what the connector wants to be said, but never instead of who we are', async () => {
    const { api, platform } = await world()
    const headers = { 'x-database': 'main', authorization: 'nobody' }
    await api.request({ ...read, headers })
    expect(platform.seen[0]?.headers).toMatchObject({ 'x-database': 'main', authorization: key })
  })
})

describe('an answer', () => {
  it('has every number as its own text, and says when the platform gave it', async () => {
    const { api } = await world(
      {},
      { answer: () => ({ text: '{"total":105.70,"tax":11.225671406003160001}' }) },
    )
    expect(await api.request(read)).toEqual(
      ok({ status: 200, json: { total: '105.70', tax: '11.225671406003160001' }, date: noon }),
    )
  })

  it('measures how far the clocks are apart, to about a second', async () => {
    const { api, platform } = await world()
    expect(api.clockOffsetMs()).toBeNull()
    platform.setNow(() => noon - 600_000)
    await api.request(read)
    expect(Math.abs((api.clockOffsetMs() ?? 0) - 600_000)).toBeLessThanOrEqual(1000)
  })

  it('of 50 MB and more is not read to its end', async () => {
    const { api, platform } = await world({
      limits: { concurrent: 1, perMinute: 60_000, answerBytesMax: 5_000_000 },
    })
    platform.misbehave({ hugeBytes: 60_000_000 })
    const before = process.memoryUsage().arrayBuffers
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'unexpected-shape',
      says: expect.stringContaining('too big'),
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000)
  })

  it('that refuses with the platform’s own error body at 200 is what the connector calls it', async () => {
    const { api } = await world(
      {
        faultOf: ({ json }) =>
          json !== null && typeof json === 'object' && 'error' in json
            ? fault('permission', 'The shop says no.')
            : null,
      },
      { answer: () => ({ json: { error: ['UserError'] } }) },
    )
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'permission',
      says: 'The shop says no.',
      status: 200,
    })
  })

  it.each([
    [
      'a PDF',
      { headers: { 'content-type': 'application/pdf' }, text: '%PDF-1.4' },
      'unexpected-shape',
      /not data/,
    ],
    [
      'letters of no known encoding',
      { text: Buffer.from('{"a":"Garc\u00EDa"}', 'latin1') },
      'unexpected-shape',
      /encoding/,
    ],
    ['empty', { text: '  ' }, 'unexpected-shape', /nothing at all/],
    [
      '404',
      { status: 404, json: { type: 'not_found', message: 'Order x' } },
      'not-found',
      /address/,
    ],
    ['409', { status: 409, json: {} }, 'validation', /refused a request/],
    [
      'a redirect to itself',
      { status: 301, headers: { location: '/login' } },
      'validation',
      /another page/,
    ],
  ] as const)('that is %s is a named fault', async (_, how, faultClass, says) => {
    const { api, platform } = await world()
    platform.misbehave(how)
    const because = faultIn(await api.request(read))
    expect(because.class).toBe(faultClass)
    expect(because.says).toMatch(says)
  })
})

describe('a read', () => {
  it('is tried three times while the trouble may pass, with growing pauses', async () => {
    const { api, clock, platform } = await world()
    platform.misbehave({ status: 503, json: {} })
    expect(faultIn(await api.request(read))).toMatchObject({ class: 'temporary', status: 503 })
    expect(platform.seen).toHaveLength(3)
    expect(clock.slept).toHaveLength(2)
    expect(clock.slept[0]).toBeLessThanOrEqual(1000)
    expect(clock.slept[1]).toBeLessThanOrEqual(2000)
  })

  it('succeeds when the trouble passes meanwhile', async () => {
    const { api, platform } = await world()
    platform.misbehave('broken', { times: 2 })
    expect(await api.request(read)).toMatchObject({ ok: true })
    expect(platform.seen).toHaveLength(3)
  })

  it('is not tried again where the platform said no', async () => {
    const { api, platform } = await world()
    platform.misbehave({ status: 400, json: { message: 'bad filter' } })
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'validation',
      detail: expect.stringContaining('bad filter'),
    })
    expect(platform.seen).toHaveLength(1)
  })

  it('waits as long as the platform asks, or gives the pause back when it is long, and sends nothing before it is over', async () => {
    const { api, clock, platform } = await world()
    platform.misbehave({ status: 429, headers: { 'retry-after': '3' }, json: {} }, { times: 1 })
    expect(await api.request(read)).toMatchObject({ ok: true })
    expect(clock.slept).toEqual([3000])
    platform.misbehave(
      { status: 429, headers: { 'retry-after': 'Mon, 23 Nov 2026 13:00:00 GMT' }, json: {} },
      { times: 1 },
    )
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'rate-limited',
      retryAfterMs: 3_600_000,
    })
    const sent = platform.seen.length
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'rate-limited',
      retryAfterMs: 3_600_000,
    })
    expect(platform.seen).toHaveLength(sent)
    clock.advance(3_600_000)
    expect(await api.request(read)).toMatchObject({ ok: true })
  })

  it('stops asking a platform that is down, and tries again after a while', async () => {
    const { api, clock, platform } = await world()
    platform.misbehave({ status: 500, json: {} })
    expect(api.shutFor()).toBe(0)
    for (let poll = 0; poll < 4; poll += 1)
      expect(faultIn(await api.request(read)).class).toBe('temporary')
    expect(platform.seen).toHaveLength(5)
    const shutFor = api.shutFor()
    expect(shutFor).toBeGreaterThan(20_000)
    platform.misbehave(null)
    expect(faultIn(await api.request(read)).class).toBe('temporary')
    clock.advance(30_000)
    expect(api.shutFor()).toBe(0)
    expect(await api.request(read)).toMatchObject({ ok: true })
  })
})

describe('a write', () => {
  it.each([
    ['an error', { status: 503, json: {} }, 'temporary'],
    ['an answer that breaks off', 'broken', 'temporary'],
    ['a pause', { status: 429, headers: { 'retry-after': '1' }, json: {} }, 'rate-limited'],
  ] as const)('is sent once, whatever comes back: %s', async (_, how, faultClass) => {
    const { api, platform } = await world()
    platform.misbehave(how)
    expect(faultIn(await api.request(write)).class).toBe(faultClass)
    expect(platform.seen).toHaveLength(1)
    expect(platform.seen[0]).toMatchObject({ method: 'POST', path: '/base/orders', body: { a: 1 } })
  })
})

describe('a session', () => {
  const signInRequest: Request = { method: 'POST', path: 'login', body: { user: 'a' }, reads: true }

  /** Hands out `session-N…`, accepts only the newest, and can end it. */
  async function sessionWorld() {
    let signIns = 0
    let valid = ''
    const more: Partial<Connector> = {
      async authorise({ session, signIn }) {
        if (!session.has('token')) {
          const answer = await signIn(signInRequest)
          if (!answer.ok) return answer
          session.set('token', new Secret((answer.value.json as { token: string }).token))
        }
        const token = session.get('token')
        return token === undefined
          ? failed(fault('credentials', 'No.'))
          : ok({ authorization: token })
      },
    }
    const opened = await world(more, {
      answer(request) {
        if (request.path === '/base/login') {
          signIns += 1
          valid = `session-number-${signIns}`
          return { json: { token: valid } }
        }
        if (request.headers['authorization'] === valid) return { json: { ok: true } }
        return {
          status: 401,
          json: { message: `refused ${String(request.headers['authorization'])}` },
        }
      },
    })
    return { ...opened, signIns: () => signIns, end: () => (valid = 'none') }
  }

  it('is begun once for many requests at once', async () => {
    const { api, signIns } = await sessionWorld()
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => api.request(read)))
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    expect(signIns()).toBe(1)
  })

  it('is begun anew once when the platform has ended it', async () => {
    const { api, end, signIns } = await sessionWorld()
    await api.request(read)
    end()
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => api.request(read)))
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    expect(signIns()).toBe(2)
  })

  it('that stays refused is a matter of credentials, with no token in its words', async () => {
    const { api, platform } = await sessionWorld()
    await api.request(read)
    platform.misbehave(
      { status: 401, json: { message: 'refused session-number-1 and session-number-2' } },
      {
        when: (request) => request.path !== '/base/login',
      },
    )
    const because = faultIn(await api.request(read))
    expect(because.class).toBe('credentials')
    expect(JSON.stringify(because)).not.toContain('session-number')
    expect(platform.seen.filter((request) => request.path === '/base/orders')).toHaveLength(3)
  })

  it('does not send a write again, not even after a refusal; the next request signs in', async () => {
    const { api, end, platform, signIns } = await sessionWorld()
    await api.request(read)
    end()
    expect(faultIn(await api.request(write)).class).toBe('credentials')
    expect(
      platform.seen.filter(
        (request) => request.method === 'POST' && request.path === '/base/orders',
      ),
    ).toHaveLength(1)
    expect(await api.request(read)).toMatchObject({ ok: true })
    expect(signIns()).toBe(2)
  })
})

describe('credentials that cannot be sent', () => {
  it.each(['sk_abc\ndef', 'sk_ä', 'sk_…'])('are named, not sent and not shown: %j', async (bad) => {
    const { platform } = await world()
    const settings = { baseUrl: `${platform.url}/` }
    const { api } = openTestApi({
      connector: connector(),
      settings,
      secrets: { key: bad },
      at: noon,
    })
    const because = faultIn(await api.request(read))
    expect(because).toMatchObject({
      class: 'credentials',
      says: expect.stringContaining('copying'),
    })
    expect(JSON.stringify(because)).not.toContain('sk_')
    expect(platform.seen).toEqual([])
  })
})

describe('the way to a platform', () => {
  const secrets = { key }

  it.each([
    ['http://shop.example.com/', 'validation', /https/],
    ['https://nobody.invalid/', 'unreachable', /address|network/],
    ['http://127.0.0.1:9/', 'unreachable', /refuses connections|cannot be reached/],
  ])('%s ends in a sentence that says what to do', async (baseUrl, faultClass, says) => {
    const { api } = openTestApi({
      connector: connector(),
      settings: { baseUrl },
      secrets,
      at: noon,
    })
    const because = faultIn(await api.request({ ...write, timeoutMs: 5000 }))
    expect(because.class).toBe(faultClass)
    expect(because.says).toMatch(says)
  })

  it('names a certificate that nobody vouches for, and sends nothing', async () => {
    const pem = readFileSync(new URL('fixtures/self-signed.pem', import.meta.url))
    let requests = 0
    const server = createServer({ key: pem, cert: pem }, (_, response) => {
      requests += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { api } = openTestApi({
      connector: connector(),
      settings: { baseUrl: `https://localhost:${port}/` },
      secrets,
      at: noon,
    })
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'unreachable',
      says: expect.stringContaining('self-signed'),
    })
    expect(requests).toBe(0)
    server.closeAllConnections()
    server.close()
  })

  it('names a server that does not speak TLS where TLS was asked for', async () => {
    const { platform } = await world()
    const settings = { baseUrl: platform.url.replace('http:', 'https:').concat('/') }
    const { api } = openTestApi({ connector: connector(), settings, secrets, at: noon })
    expect(faultIn(await api.request(read))).toMatchObject({
      class: 'unreachable',
      says: expect.stringContaining('TLS'),
    })
    expect(platform.seen).toEqual([])
  })

  it('never takes credentials to another server', async () => {
    const elsewhere = await world()
    const { api, platform } = await world()
    platform.misbehave({
      status: 307,
      headers: { location: `${elsewhere.platform.url}/base/orders` },
    })
    const because = faultIn(await api.request(read))
    expect(because).toMatchObject({ class: 'validation', path: 'baseUrl' })
    expect(because.says).toContain(elsewhere.platform.url)
    expect(elsewhere.platform.seen).toEqual([])
  })

  it('gives up when the time is over, and says in the log that this was why', async () => {
    const { api, log, platform } = await world()
    platform.misbehave('hang')
    expect(faultIn(await api.request({ ...write, timeoutMs: 60 }))).toMatchObject({
      class: 'unreachable',
      says: expect.stringContaining('did not answer'),
    })
    expect(log.map((line) => [line.timedOut, line.again])).toEqual([[true, false]])
  })

  it('is shared by no more requests at once than the platform allows, and is left at once on a stop', async () => {
    const { abort, api, platform } = await world({
      limits: { concurrent: 2, perMinute: 60_000, answerBytesMax: 1000 },
    })
    platform.misbehave('hang')
    const requests = Array.from({ length: 6 }, () => api.request(read))
    const stopped = Promise.allSettled(requests)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(platform.seen).toHaveLength(2)
    abort(new Error('stop now'))
    expect(
      (await stopped).map((one) => (one.status === 'rejected' ? String(one.reason) : 'answered')),
    ).toEqual(Array.from({ length: 6 }, () => 'Error: stop now'))
    await expect(api.request(read)).rejects.toThrow('stop now')
    expect(platform.seen).toHaveLength(2)
  })

  it('goes through the dispatcher that it was given: the proxy and the system’s certificates', async () => {
    const { platform } = await world()
    const dispatched: string[] = []
    const dispatcher: Dispatcher = new Agent().compose((dispatch) => (options, handler) => {
      dispatched.push(String(options.path))
      return dispatch(options, handler)
    })
    const api = openApi({
      connector: connector(),
      settings: { baseUrl: `${platform.url}/base/` },
      secrets: {},
      clock: steppingClock(noon),
      chance: seededChance(),
      signal: new AbortController().signal,
      log: () => undefined,
      dispatcher,
    })
    const outcome: Outcome<Answer> = await api.request(read)
    expect(outcome.ok).toBe(true)
    expect(dispatched).toEqual(['/base/orders'])
    await dispatcher.close()
  })
})

describe('what is said of a request', () => {
  it('holds no secret, no query and no body', async () => {
    const { api, log, platform } = await world()
    platform.misbehave('echo-401')
    const outcome = await api.request({ ...read, query: { email: 'ana@example.test', token: key } })
    const said = JSON.stringify([log, outcome])
    expect(said).not.toContain(key)
    expect(said).not.toContain('ana@example.test')
    expect(log).toEqual([
      {
        at: noon,
        platform: 'Shop',
        method: 'GET',
        path: '/base/orders',
        status: 401,
        tookMs: 0,
        bytes: expect.any(Number),
        fault: 'credentials',
        timedOut: false,
        again: false,
        detail: expect.stringContaining('[secret]'),
      },
    ])
  })
})
