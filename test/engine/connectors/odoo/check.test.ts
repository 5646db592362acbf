import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../../../../src-main/engine/connectors/definition.ts'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Given, closeAll, connect, value } from './connection.ts'
import type { Called } from './platform.ts'
import { tablesOf } from './tables.ts'

afterEach(closeAll)

async function checked(
  given: Given & { prepare?: (platform: ScriptedPlatform) => void; behindMs?: number } = {},
): Promise<Check> {
  const { api, clock, platform, settings } = await connect(given)
  platform.setNow(() => clock.now() - (given.behindMs ?? 0))
  given.prepare?.(platform)
  return value(await odoo.check(api, settings))
}

const notOk = ({ steps }: Check): readonly string[] =>
  steps.filter(({ state }) => state !== 'ok').map(({ state, title }) => `${title}: ${state}`)
const saysOf = ({ steps }: Check, title: string): string | undefined =>
  steps.find((step) => step.title === title)?.says

describe('testing an Odoo connection', () => {
  it.each([16, 17, 18, 19] as const)(
    'goes through every step in %i, writes nothing, and lists the warehouses',
    async (version) => {
      const check = await checked({ version })
      expect(notOk(check)).toEqual([])
      expect(check.steps.map(({ title }) => title)).toEqual([
        'Reach the server',
        'Find the database',
        'Log in',
        'API key',
        'Company',
        'Read orders',
        'Read invoices',
        'Read stock and shipments',
        'Read products and customers',
        'See all orders',
        'Fields',
        'Warehouses',
        'Enter orders and invoices (only for repairs)',
        'Tax rounding',
        'Clock',
      ])
      expect(check.locations).toEqual(['WH', 'SUD'])
      expect(saysOf(check, 'Reach the server')).toContain(
        `Odoo ${version}.0 answers; it is read by ${version === 19 ? 'JSON-2' : 'JSON-RPC'}`,
      )
    },
  )

  it.each<[string, Parameters<typeof checked>[0], string[]]>([
    [
      'a wrong key',
      { key: 'wrong' },
      ['Reach the server: ok', 'Find the database: ok', 'Log in: failed'],
    ],
    [
      'a wrong key of 19',
      { key: 'wrong', version: 19 },
      ['Reach the server: ok', 'Find the database: ok', 'Log in: failed'],
    ],
    [
      'a missing login',
      { settings: { user: null } },
      ['Reach the server: ok', 'Find the database: ok', 'Log in: failed'],
    ],
    [
      'an unknown database',
      { settings: { database: 'nothing' } },
      ['Reach the server: ok', 'Find the database: failed'],
    ],
    [
      'an unknown database of 19',
      { settings: { database: 'nothing' }, version: 19 },
      ['Reach the server: ok', 'Find the database: failed'],
    ],
    [
      'an unknown company',
      { settings: { company: 'Nobody' } },
      ['Reach the server: ok', 'Find the database: ok', 'Log in: ok', 'Company: failed'],
    ],
    ['a web page', { prepare: (server) => server.misbehave('html') }, ['Reach the server: failed']],
    [
      'a server without an Odoo',
      { prepare: (server) => server.misbehave({ status: 404, text: '' }) },
      ['Reach the server: failed'],
    ],
    [
      'trouble',
      { prepare: (server) => server.misbehave({ status: 500, text: '' }) },
      ['Reach the server: failed'],
    ],
  ])('stops at the step that %s does not pass', async (_name, given, steps) => {
    const check = await checked(given)
    expect(check.steps.map(({ state, title }) => `${title}: ${state}`)).toEqual(steps)
  })

  it.each([
    ['account.move', 'Read invoices: failed'],
    ['stock.quant', 'Read stock and shipments: failed'],
    ['sale.order.line', 'Read orders: failed'],
  ])('names the model %s where the user may not read it, and goes on', async (model, step) => {
    const check = await checked({ refused: [model] })
    expect(notOk(check)).toEqual([step])
    expect(check.steps.find(({ state }) => state === 'failed')?.says).toContain(model)
  })

  it('names an app that is not installed', async () => {
    const { 'stock.picking': _none, ...tables } = tablesOf(17)
    expect(notOk(await checked({ tables }))).toEqual(['Read stock and shipments: failed'])
  })

  it('warns of what cannot be told without a field that the user may not see', async () => {
    const check = await checked({ hidden: ['stock.picking/carrier_tracking_ref'] })
    expect(notOk(check)).toEqual(['Fields: warning'])
    expect(saysOf(check, 'Fields')).toContain('tracking numbers')
  })

  it('warns of a key that ends soon, by the day', async () => {
    const keys = [{ id: 1, user_id: [7, 'Plumbline'], expiration_date: '2026-11-30 00:00:00' }]
    const check = await checked({
      version: 18,
      tables: { ...tablesOf(18), 'res.users.apikeys': keys },
    })
    expect(notOk(check)).toEqual(['API key: warning'])
    expect(saysOf(check, 'API key')).toContain('2026-11-30')
  })

  it('is content with a user who only reads, and says what a repair needs', async () => {
    const check = await checked({
      answer: ({ method }) => (method === 'check_access_rights' ? { result: false } : undefined),
    })
    expect(notOk(check)).toEqual([])
    expect(saysOf(check, 'Enter orders and invoices (only for repairs)')).toMatch(
      /may not write sale\.order, sale\.order\.line, sale\.advance\.payment\.inv\./,
    )
  })

  it.each([17, 19] as const)(
    'warns of a role that hides the orders of others, in %i',
    async (version) => {
      const own = ({ method, named }: Called) =>
        method === 'has_group'
          ? { result: named['group_ext_id'] === 'sales_team.group_sale_salesman' }
          : undefined
      expect(notOk(await checked({ version, answer: own }))).toEqual(['See all orders: warning'])
      const all = ({ method }: Called) => (method === 'has_group' ? { result: true } : undefined)
      expect(notOk(await checked({ version, answer: all }))).toEqual([])
    },
  )

  it('warns where the user sees several companies and none is named', async () => {
    const tables = tablesOf(17)
    const users = (tables['res.users'] ?? []).map((one) => ({ ...one, company_ids: [1, 2] }))
    const [own] = tables['res.company'] ?? []
    const two = {
      ...tables,
      'res.users': users,
      'res.company': [own ?? {}, { ...own, id: 2, name: 'Atelier Sud' }],
    }
    expect(notOk(await checked({ tables: two }))).toEqual(['Company: warning'])
    expect(
      notOk(await checked({ tables: two, settings: { company: 'atelier sud' } })),
    ).not.toContain('Company: warning')
  })

  it('notices a clock that is off', async () => {
    const check = await checked({ behindMs: 3_600_000 })
    expect(notOk(check)).toEqual(['Clock: warning'])
    expect(Math.round((check.clockOffsetMs ?? 0) / 60_000)).toBe(60)
  })

  it('names a warehouse of the settings that Odoo does not have, and those that it has', async () => {
    const check = await checked({ settings: { warehouses: ['WH', 'EST'] } })
    expect(notOk(check)).toEqual(['Warehouses: failed'])
    expect(saysOf(check, 'Warehouses')).toMatch(/"EST".*WH, SUD/)
  })

  it('warns of a version that nobody tried', async () => {
    const page = { version_info: ['20', 0, 0, 'final', 0, ''], version: '20.0' }
    const check = await checked({
      version: 19,
      prepare: (server) =>
        server.misbehave({ json: page }, { when: ({ path }) => path === '/web/version' }),
    })
    expect(notOk(check)).toEqual(['Reach the server: warning'])
  })
})
