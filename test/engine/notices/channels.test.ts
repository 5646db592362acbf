/** The second channel against real servers on loopback: told once, told in words when refused, and not lost in a crash. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { ChannelDraft } from '../../../src-main/contract/channel-views.ts'
import type { Severity } from '../../../src-main/domain/incident.ts'
import { ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { at } from '../../support/clock.ts'
import { type ScriptedPlatform, scriptPlatform } from '../../support/platform.ts'
import { type MailServer, mailServer } from '../../support/smtp.ts'
import { aCaller, bothSides, passing } from '../handlers/caller.ts'

// hours pass here second by second
vi.setConfig({ testTimeout: 30_000 })

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

const kept = <T extends { close(): unknown }>(one: T): T => {
  open.push(one)
  return one
}

/** A Monday in Paris, at work. */
const morning = at('2026-11-23T09:00:00Z')

async function anEngine({ at: begun = morning, ...given }: { path?: string; at?: number; demo?: boolean } = {}) {
  const caller = kept(await aCaller({ ...given, at: begun, connections: bothSides, pairs: [aPair()] }))
  const { store } = caller.engine
  // nothing is to be read here: days pass at the pace of messages
  store.transaction((tx) => store.settings.save(tx, 'engine', z.unknown(), { pollSeconds: 3600 }))
  return {
    ...caller,
    store,
    /** Opened as the reconciler does, with its owner and its deadlines. */
    speak(key: string, severity: Severity = 'critical', parent: string | null = null): void {
      const finding = aFinding({ severity, subject: { kind: 'order', connection: 'shop', key }, says: `Order ${key} is absent.` })
      store.transaction((tx) => store.incidents.apply(tx, 'pair', finding, { id: `i${key}`, market: null, dueAt: null, parent, at: caller.clock.now() }))
    },
  }
}

type Opened = Awaited<ReturnType<typeof anEngine>>

const started = new WeakSet<object>()

/** Runs what the engine does every minute, for so long, and waits for real servers meanwhile. */
async function live({ engine, clock }: Opened, span: number, until: () => boolean): Promise<void> {
  if (!started.has(engine)) engine.start()
  started.add(engine)
  await clock.advance(span)
  await expect.poll(async () => {
    await clock.advance(100)
    return until()
  }, { timeout: 8000 }).toBe(true)
}

const mail = (server: MailServer, more: Partial<Extract<ChannelDraft['settings'], { kind: 'email' }>> = {}): ChannelDraft => ({
  id: null,
  label: 'Mail',
  enabled: true,
  settings: { kind: 'email', host: '127.0.0.1', port: server.port, security: 'none', user: null, from: 'plumbline@example.org', to: ['office@example.org'], ...more },
  secrets: {},
})

const hook = (server: ScriptedPlatform): ChannelDraft => ({
  id: null,
  label: 'Chat',
  enabled: true,
  settings: { kind: 'webhook', host: '' },
  secrets: { address: `${server.url}/services/T0K3N?key=s3cr3t`, token: 'b34r3r' },
})

describe('an incident to which nobody reacts', () => {
  it('is told by e-mail to its owner and the channel, once, in one message for all of its rule', async () => {
    const server = kept(await mailServer())
    const one = await anEngine()
    await one.client.channels.save(mail(server))
    const you = (await one.client.people.list()).people[0]
    await one.client.people.save({ id: 'you', name: 'Marit', email: 'marit@example.org', calendar: you?.calendar ?? { zone: 'UTC', week: [], holidays: [] } })
    for (const key of ['1', '2', '3']) one.speak(key)
    await one.client.incidents.decide({ ids: ['i3'], decision: { kind: 'acknowledge' } })
    await live(one, minutes(17), () => server.taken.length > 0)
    await one.clock.advance(hours(1))
    expect(server.taken).toHaveLength(1)
    expect(server.taken[0]?.to.toSorted()).toEqual(['marit@example.org', 'office@example.org'])
    expect(server.taken[0]?.text).toMatch(/Subject: =\?UTF-8\?Q\?Nobody_has_reacted(?:=3A|:)_2_/)
    expect(server.taken[0]?.text).toContain('Order 1 is absent.')
    expect(server.taken[0]?.text).not.toContain('Order 3 is absent.')
    expect((await one.client.channels.log({ limit: 10, offset: 0 })).rows).toMatchObject([{ kind: 'escalation', state: 'sent', tries: 1 }])
    expect((await one.client.incidents.get({ id: 'i1' })).timeline[0]).toMatchObject({ what: 'escalated' })
  })

  it('says nothing where another incident explains it, or its weight asks for no hurry', async () => {
    const server = kept(await mailServer())
    const one = await anEngine()
    await one.client.channels.save(mail(server))
    one.speak('1', 'critical', 'a stopped flow')
    one.speak('2', 'medium')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, hours(4), () => true)
    expect([server.taken, one.store.deliveries.count()]).toEqual([[], 0])
  })

  it('waits through quiet hours, unless it is critical', async () => {
    const server = kept(await mailServer())
    const one = await anEngine({ at: at('2026-11-23T20:30:00Z') })
    await one.client.channels.save(mail(server))
    await one.client.settings.save({ quiet: { enabled: true, from: '21:00', to: '07:00', zone: 'Europe/Paris', exceptCritical: false } })
    one.speak('1')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, minutes(30), () => true)
    expect(server.taken).toEqual([])
    expect(one.store.deliveries.page(1, 0)).toMatchObject([{ state: 'waiting', nextAt: at('2026-11-24T06:00:00Z') }])
    await live(one, hours(10), () => server.taken.length > 0)
    expect(server.taken).toHaveLength(1)
  })
})

describe('what somebody reacted to, or what is over, while its message waited', () => {
  const night = { enabled: true, from: '21:00', to: '07:00', zone: 'Europe/Paris', exceptCritical: false } as const

  async function aNight(...keys: readonly string[]) {
    const server = kept(await mailServer())
    const one = await anEngine({ at: at('2026-11-23T20:30:00Z') })
    await one.client.channels.save(mail(server))
    await one.client.settings.save({ quiet: night })
    // what is taken up and not put right by its deadline is told as such: another message
    await one.client.rules.save({ pair: 'pair', rule: 'F12-past-sla', setting: ruleSettingSchema.parse({ on: false }), why: 'Told as the message itself.' })
    for (const key of keys) one.speak(key)
    await one.client.incidents.decide({ ids: keys.map((key) => `i${key}`), decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, minutes(30), () => one.store.deliveries.count() > 0)
    expect(server.taken).toEqual([])
    return { server, one }
  }

  it.each<[string, (one: Opened) => unknown]>([
    ['it is over', ({ store, clock }) => store.transaction((tx) => store.incidents.resolve(tx, 'i1', 'It came.', clock.now()))],
    ['somebody took it up', ({ client }) => client.incidents.decide({ ids: ['i1'], decision: { kind: 'acknowledge' } })],
  ])('is not sent: %s', async (_why, react) => {
    const { server, one } = await aNight('1')
    await react(one)
    await live(one, hours(10), () => one.store.deliveries.page(1, 0)[0]?.state !== 'waiting')
    expect(server.taken).toEqual([])
    expect((await one.client.channels.log({ limit: 1, offset: 0 })).rows).toMatchObject([{ state: 'dropped', tries: 0, says: 'Somebody has reacted meanwhile, or it is over: nothing is sent.' }])
  })

  it('is left out of the message about those to which nobody did', async () => {
    const { server, one } = await aNight('1', '2', '3')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'acknowledge' } })
    await live(one, hours(10), () => server.taken.length > 0)
    expect(server.taken[0]?.text).toMatch(/Subject: =\?UTF-8\?Q\?Nobody_has_reacted(?:=3A|:)_2_/)
    expect(server.taken[0]?.text).toContain('Order 2 is absent.')
    expect(server.taken[0]?.text).not.toContain('Order 1 is absent.')
  })
})

describe('a webhook', () => {
  it('gets JSON with a key that every try shares; its address is kept from the file and the log', async () => {
    const server = kept(await scriptPlatform({ answer: () => ({ text: 'ok', headers: { 'content-type': 'text/plain' } }) }))
    const one = await anEngine()
    server.misbehave({ status: 503 }, { times: 2 })
    const saved = await one.client.channels.save(hook(server))
    expect(saved).toMatchObject({ settings: { kind: 'webhook', host: server.url.slice(7) }, secret: { stored: true, where: 'keychain' } })
    one.speak('1')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, minutes(25), () => server.seen.length === 3)
    await expect.poll(() => one.store.deliveries.page(1, 0)[0]?.state, { timeout: 4000 }).toBe('sent')
    const keys = new Set(server.seen.map((request) => request.headers['idempotency-key']))
    expect(keys.size).toBe(1)
    expect(server.seen[2]).toMatchObject({ method: 'POST', path: '/services/T0K3N', headers: { authorization: 'Bearer b34r3r' }, body: { severity: 'critical', incident: 'i1' } })
    expect(server.seen[2]?.query.get('key')).toBe('s3cr3t')
    const everything = JSON.stringify([one.store.channels.list(), one.store.deliveries.page(9, 0), one.store.audit.page(null, 50), one.logged, await one.client.channels.list()])
    expect(everything).not.toMatch(/T0K3N|s3cr3t|b34r3r/)
  })

  it('that refuses for good is given up in words, and sent again when a person says so', async () => {
    const server = kept(await scriptPlatform({ answer: () => ({ json: {} }) }))
    const one = await anEngine()
    server.misbehave({ status: 404 }, { times: 1 })
    await one.client.channels.save(hook(server))
    one.speak('1')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, minutes(17), () => one.store.deliveries.page(1, 0)[0]?.state === 'failed')
    const [failed] = (await one.client.channels.log({ limit: 10, offset: 0 })).rows
    expect(failed?.says).toMatch(/^Chat has nothing at this address/)
    await passing(one.clock, one.client.channels.again({ id: failed?.id ?? '' }))
    await expect.poll(() => one.store.deliveries.page(1, 0)[0]?.state, { timeout: 4000 }).toBe('sent')
    await expect(one.client.channels.again({ id: failed?.id ?? '' })).rejects.toMatchObject({ code: 'REFUSED' })
  })
})

describe('in the demo', () => {
  it('a message says that it is of the demo, whichever way it goes', async () => {
    const [server, chat] = [kept(await mailServer()), kept(await scriptPlatform({ answer: () => ({ text: 'ok' }) }))]
    const one = await anEngine({ demo: true })
    await one.client.channels.save(mail(server))
    await one.client.channels.save(hook(chat))
    one.speak('1')
    await one.client.incidents.decide({ ids: ['i1'], decision: { kind: 'comment', says: 'Settles the owners.' } })
    await live(one, minutes(17), () => server.taken.length > 0 && chat.seen.length > 0)
    expect(server.taken[0]?.text).toMatch(/Subject: (?:=\?UTF-8\?Q\?)?Demo(?:=3A|:)/)
    expect(server.taken[0]?.text.replaceAll(/=?\r\n/g, ' ')).toContain('Sent by the demo of Plumbline')
    expect(chat.seen[0]?.body).toMatchObject({ title: expect.stringMatching(/^Demo: Nobody has reacted/) })
    expect(await passing(one.clock, one.client.channels.test(hook(chat)))).toMatchObject({ ok: true })
    expect(chat.seen.at(-1)?.body).toMatchObject({ title: 'Demo: Plumbline: a test' })
  })
})

describe('a push', () => {
  it('is published as JSON with its urgency', async () => {
    const server = kept(await scriptPlatform({ answer: () => ({ json: { id: 'x' } }) }))
    const one = await anEngine()
    const draft: ChannelDraft = { id: null, label: 'Phone', enabled: true, settings: { kind: 'push', server: server.url, topic: 'nordlicht' }, secrets: {} }
    expect(await passing(one.clock, one.client.channels.test(draft))).toMatchObject({ ok: true })
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/', body: { topic: 'nordlicht', title: 'Plumbline: a test', priority: 2 } })
    expect(one.store.channels.list()).toEqual([])
  })
})

describe('a crash', () => {
  it('between the sending and the noting loses nothing, and the second copy is known as one by its id', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-channels-'))
    const path = join(folder, 'plumbline.sqlite')
    const server = kept(await scriptPlatform({ answer: () => ({ json: {} }) }))
    kept({ close: () => rmSync(folder, { recursive: true }) })
    const first = await anEngine({ path })
    await first.client.channels.save({ ...hook(server), settings: { kind: 'push', server: server.url, topic: 't' }, secrets: {} })
    first.speak('1')
    first.store.transaction((tx) => {
      const [channel] = first.store.channels.list()
      const draft = { kind: 'escalation', key: 'escalation i1 1', severity: 'critical', title: 'T', body: 'B', incident: 'i1', address: null } as const
      first.store.deliveries.add(tx, channel?.id ?? '', draft, { id: 'd1', at: morning, nextAt: morning })
      // the same escalation is never put there twice
      first.store.deliveries.add(tx, channel?.id ?? '', draft, { id: 'd2', at: morning, nextAt: morning })
      first.store.duties.settle(tx, 'i1', { owner: 'you', ownedBy: 'rule', dueAt: null, reactAt: null })
      first.store.deliveries.escalated(tx, 'i1', morning)
      // as it stood when the process died: a try was noted, its end was not
      first.store.deliveries.trying(tx, 'd1', morning + minutes(1))
    })
    const second = await anEngine({ path, at: morning + minutes(2) })
    await live(second, minutes(1), () => server.seen.length > 0)
    await second.clock.advance(hours(1))
    expect(server.seen.map((request) => request.headers['idempotency-key'])).toEqual(['d1'])
    expect(second.store.deliveries.page(5, 0)).toMatchObject([{ id: 'd1', state: 'sent', tries: 2 }])
  })
})

describe('an SMTP server that refuses', () => {
  it.each([
    ['the password', { user: 'u', password: 'right' }, null, /did not accept the user name and password/],
    ['the message', null, { code: 554, says: 'Blocked as spam' }, /refused the message \(554\): .*Blocked as spam/],
    ['for now', null, { code: 451, says: 'Greylisted' }, /cannot take the message just now \(451\)/],
  ])('%s is reported in words, at once', async (_what, login, refusal, says) => {
    const server = kept(await mailServer(login))
    server.refuse(refusal)
    const { client, clock } = await anEngine()
    const draft = login === null ? mail(server) : { ...mail(server, { user: login.user }), secrets: { password: 'wr0ng' } }
    const answer = await passing(clock, client.channels.test(draft))
    expect(answer).toEqual({ ok: false, says: expect.stringMatching(says) })
    expect(answer.says).not.toContain('wr0ng')
  })

  it('takes the word of whoever may write', async () => {
    const server = kept(await mailServer({ user: 'u', password: 'right' }))
    const { client, clock } = await anEngine()
    expect(await passing(clock, client.channels.test({ ...mail(server, { user: 'u' }), secrets: { password: 'right' } }))).toMatchObject({ ok: true })
    expect(server.taken[0]?.text).toContain('This channel works.')
  })

  it('is not there at all, or speaks no TLS where it must', async () => {
    const server = await mailServer()
    const { client, clock } = await anEngine()
    const insecure = await passing(clock, client.channels.test(mail(server, { security: 'starttls' })))
    expect(insecure.says).toMatch(/does not offer TLS/)
    await server.close()
    expect((await passing(clock, client.channels.test(mail(server)))).says).toMatch(/refuses connections on port/)
  })
})

const plain: ChannelDraft = { id: null, label: 'X', enabled: true, settings: { kind: 'webhook', host: '' }, secrets: {} }

describe('a channel that cannot be', () => {
  it.each([
    ['mail without TLS to another computer', { settings: { kind: 'email', host: 'smtp.example.com', port: 25, security: 'none', user: null, from: 'a@example.org', to: [] } }, 'BAD_REQUEST'],
    ['an account without its password', { settings: { kind: 'email', host: 'smtp.example.com', port: 465, security: 'tls', user: 'u', from: 'a@example.org', to: [] } }, 'REFUSED'],
    ['a webhook over plain http', { settings: { kind: 'webhook', host: '' }, secrets: { address: 'http://example.com/x' } }, 'REFUSED'],
    ['a webhook without an address', { settings: { kind: 'webhook', host: '' } }, 'REFUSED'],
    ['a push to plain http', { settings: { kind: 'push', server: 'http://ntfy.example.com', topic: 't' } }, 'REFUSED'],
  ] as [string, Partial<ChannelDraft>, string][])('%s is refused, and nothing is kept', async (_what, wrong, code) => {
    const one = await anEngine()
    await expect(one.client.channels.save({ ...plain, ...wrong })).rejects.toMatchObject({ code })
    expect([one.store.channels.list(), one.store.audit.count()]).toEqual([[], 0])
  })

  it('a kept password is not sent to another server', async () => {
    const server = kept(await mailServer({ user: 'u', password: 'right' }))
    const { client } = await anEngine()
    const saved = await client.channels.save({ ...mail(server, { user: 'u' }), secrets: { password: 'right' } })
    const moved = { ...mail(server, { user: 'u', host: 'localhost' }), id: saved.id }
    await expect(client.channels.test(moved)).rejects.toMatchObject({ data: { field: 'password' } })
  })
})

it('the digest comes once a day, with what is open and what is late', async () => {
  const server = kept(await mailServer())
  const one = await anEngine()
  await one.client.channels.save(mail(server))
  await one.client.settings.save({ digest: { enabled: true, at: '11:00', zone: 'Europe/Paris' } })
  one.speak('1', 'medium')
  await live(one, hours(2), () => server.taken.length > 0)
  await one.clock.advance(hours(20))
  expect(server.taken).toHaveLength(1)
  expect(server.taken[0]?.text).toMatch(/Subject: 2026-11-23: 1 open/)
  await live(one, hours(5), () => server.taken.length > 1)
  expect(server.taken).toHaveLength(2)
})
