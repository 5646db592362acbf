import { afterEach, describe, expect, it } from 'vitest'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { stock } from '../../../../src-main/engine/connectors/tryton/stock.ts'
import { orders } from '../../../../src-main/engine/connectors/tryton/streams.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { isSignIn, password, recordedAt, replayTryton, user } from './platform.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

async function connect(given: { password?: string; database?: string } = {}) {
  platform = await replayTryton()
  const settings = tryton.settings.parse({
    baseUrl: `${platform.url}/${given.database ?? 'tryton'}`,
    user,
  })
  const secrets = { password: given.password ?? password }
  const { api } = openTestApi({ connector: tryton, settings, secrets, at: recordedAt })
  const logins = () => platform?.seen.filter(isSignIn).length
  return { api, settings, logins, platform }
}

describe('logging in to Tryton', () => {
  it('logs in once for every stream and the check', async () => {
    const { api, logins, settings } = await connect()
    await Promise.all([
      orders.read(api, null, { settings, since: null }),
      stock.read(api, null, { settings, since: null }),
    ])
    await tryton.check(api, settings)
    expect(logins()).toBe(1)
  })

  it('never sends a wrong password twice: Tryton would wait longer each time, and lock everybody out', async () => {
    const { api, logins, settings } = await connect({ password: 'wrong' })
    const ask = { settings, since: null }
    const faults = [
      await orders.read(api, null, ask),
      await orders.read(api, null, ask),
      await stock.read(api, null, ask),
    ]
    expect(faults.map((outcome) => (outcome.ok ? null : outcome.fault.class))).toEqual([
      'credentials',
      'credentials',
      'credentials',
    ])
    expect(logins()).toBe(1)
  })

  it('logs in again when its session has ended, and when the server was down at first', async () => {
    const { api, logins, platform: server, settings } = await connect()
    const ask = { settings, since: null }
    server.misbehave({ status: 503, text: '' }, { times: 1, when: isSignIn })
    expect((await orders.read(api, null, ask)).ok).toBe(false)
    expect((await orders.read(api, null, ask)).ok).toBe(true)
    server.misbehave({ status: 401, text: '' }, { times: 1, when: (request) => !isSignIn(request) })
    expect((await orders.read(api, null, ask)).ok).toBe(true)
    expect(logins()).toBe(3)
  })

  it('waits out the pause after too many wrong passwords, which Tryton does not state', async () => {
    const { api, platform: server, settings } = await connect()
    server.misbehave({ status: 429, text: '' }, { when: isSignIn })
    const outcome = await orders.read(api, null, { settings, since: null })
    expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.retryAfterMs]).toEqual([
      'rate-limited',
      300_000,
    ])
  })

  it('asks for another user where a password is not enough', async () => {
    const { api, platform: server, settings } = await connect()
    const more = { json: { id: 1, error: ['LoginException', ['sms_code', 'Code', 'char']] } }
    server.misbehave(more, { when: isSignIn })
    const outcome = await orders.read(api, null, { settings, since: null })
    expect(outcome.ok ? null : outcome.fault).toMatchObject({
      class: 'credentials',
      says: expect.stringContaining('more than a password'),
    })
  })

  it('says that the database is not there, not that the server is not', async () => {
    const { api, settings } = await connect({ database: 'nothing' })
    const outcome = await orders.read(api, null, { settings, since: null })
    expect(outcome.ok ? null : [outcome.fault.class, outcome.fault.path]).toEqual([
      'not-found',
      'baseUrl',
    ])
  })
})

describe('the settings of a Tryton connection', () => {
  it.each([
    ['https://erp.example.com/company/', 'https://erp.example.com/'],
    ['https://erp.example.com/company', 'https://erp.example.com/'],
    ['https://example.com/erp/company/', 'https://example.com/erp/'],
  ])('finds server and database in %s', (baseUrl, server) => {
    const settings = tryton.settings.parse({ baseUrl, user })
    expect([settings.baseUrl, tryton.baseUrl(settings)]).toEqual([`${server}company/`, server])
  })

  it.each([
    'https://erp.example.com/',
    'https://erp.example.com',
    'erp.example.com/company',
    'ftp://erp.example.com/company/',
  ])('refuses %s, which names no database on a web server', (baseUrl) => {
    expect(tryton.settings.safeParse({ baseUrl, user }).success).toBe(false)
  })
})
