import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../../../../src-main/engine/connectors/definition.ts'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Replayed, password, recordedAt, replayTryton, user } from './platform.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

interface Given {
  readonly answer?: Replayed['answer']
  readonly password?: string
  readonly path?: string
  readonly behindMs?: number
  readonly warehouses?: readonly string[]
  readonly prepare?: (platform: ScriptedPlatform) => void
}

async function checked(given: Given = {}): Promise<Check> {
  platform = await replayTryton(given.answer === undefined ? {} : { answer: given.answer })
  given.prepare?.(platform)
  if (given.behindMs !== undefined) platform.setNow(() => recordedAt - (given.behindMs ?? 0))
  const settings = tryton.settings.parse({
    baseUrl: `${platform.url}${given.path ?? '/tryton/'}`,
    user,
    ...(given.warehouses === undefined ? {} : { warehouses: given.warehouses }),
  })
  const secrets = { password: given.password ?? password }
  const { api } = openTestApi({ connector: tryton, settings, secrets, at: recordedAt })
  const outcome = await tryton.check(api, settings)
  if (!outcome.ok) throw new Error(outcome.fault.says)
  return outcome.value
}

const notOk = ({ steps }: Check): readonly string[] =>
  steps.filter(({ state }) => state !== 'ok').map(({ state, title }) => `${title}: ${state}`)

const refuses =
  (model: string): Replayed['answer'] =>
  (method) =>
    method === `model.${model}.search_read`
      ? {
          json: {
            id: 1,
            error: ['UserError', [`You are not allowed to access "${model}".`, '', null]],
          },
        }
      : null

describe('testing a Tryton connection', () => {
  it('goes through every step, writes nothing, and lists the warehouses that can be mapped', async () => {
    const check = await checked()
    expect(notOk(check)).toEqual([])
    expect(check.steps.map(({ title }) => title)).toEqual([
      'Reach the server',
      'Find the database',
      'Log in',
      'Company',
      'Read sales',
      'Read invoices',
      'Read stock and shipments',
      'Read products and customers',
      'Warehouses',
      'Enter sales (only for repairs)',
      'Tax rounding',
      'Clock',
      'Time stamps',
    ])
    expect(check.locations).toEqual(['WH-LYON', 'WH-GENT'])
    expect(check.steps.find(({ title }) => title === 'Tax rounding')?.says).toContain(
      'line by line',
    )
  })

  it.each<[string, Given, string[]]>([
    [
      'a wrong password',
      { password: 'wrong' },
      ['Reach the server: ok', 'Find the database: ok', 'Log in: failed'],
    ],
    [
      'an unknown database',
      { path: '/nothing/' },
      ['Reach the server: ok', 'Find the database: failed'],
    ],
    ['a web page', { prepare: (server) => server.misbehave('html') }, ['Reach the server: failed']],
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
    ['account.invoice', 'Read invoices: failed'],
    ['stock.move', 'Read stock and shipments: failed'],
    ['party.contact_mechanism', 'Read products and customers: failed'],
  ])('names the model %s where the user may not read it, and goes on', async (model, step) => {
    const check = await checked({ answer: refuses(model) })
    expect(notOk(check)).toEqual([step])
    expect(check.steps.find(({ state }) => state === 'failed')?.says).toContain(model)
  })

  it('is content with a user who only reads, and says what a repair needs', async () => {
    const rights = {
      'sale.sale': { create: 1 },
      'sale.line': { create: 1 },
      'sale.line-account.tax': { create: 0 },
    }
    const check = await checked({
      answer: (method) =>
        method === 'model.ir.model.access.get_access' ? { json: { id: 1, result: rights } } : null,
    })
    expect(notOk(check)).toEqual([])
    expect(check.steps.find(({ title }) => title.startsWith('Enter sales'))?.says).toMatch(
      /may not write sale\.line-account\.tax\./,
    )
  })

  it('warns where tax rounding cannot be read', async () => {
    const check = await checked({
      answer: (method) =>
        method === 'model.account.configuration.read'
          ? {
              json: {
                id: 1,
                error: [
                  'UserError',
                  ['You are not allowed to access "Account Configuration".', '', null],
                ],
              },
            }
          : null,
    })
    expect(notOk(check)).toEqual(['Tax rounding: warning'])
  })

  it('notices a clock that is off, and stamps that lie ahead of it as those of another zone do', async () => {
    const check = await checked({ behindMs: 3_600_000 })
    expect(notOk(check)).toEqual(['Clock: warning', 'Time stamps: failed'])
    expect(Math.round((check.clockOffsetMs ?? 0) / 60_000)).toBe(60)
  })

  it('names a warehouse of the settings that Tryton does not have, and those that it has', async () => {
    const check = await checked({ warehouses: ['WH-LYON', 'WH-PARIS'] })
    expect(notOk(check)).toEqual(['Warehouses: failed'])
    expect(check.steps.find(({ state }) => state === 'failed')?.says).toMatch(
      /"WH-PARIS".*WH-LYON, WH-GENT/,
    )
  })

  it('warns of a version that nobody tried', async () => {
    const check = await checked({
      prepare: (server) =>
        server.misbehave(
          { json: { id: 1, result: '7.4.2' } },
          { when: ({ path }) => path === '/' },
        ),
    })
    expect(notOk(check)).toEqual(['Reach the server: warning'])
  })

  it('says that the user has no company', async () => {
    const check = await checked({
      answer: (method) =>
        method === 'model.res.user.get_preferences'
          ? { json: { id: 1, result: { company: null } } }
          : null,
    })
    expect(notOk(check)).toEqual(['Read the user: failed'])
  })
})
