/** What a pair has set about a rule holds for its orders, and nothing that a rule does not take is ever kept. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { fieldsOf } from '../../../src-main/engine/handlers/rule-fields.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { heldBy, namesOf, ruleProblem } from '../../../src-main/engine/reconcile/rule-settings.ts'
import { type Rule, defineRule } from '../../../src-main/engine/reconcile/rule.ts'
import { aPair, anOrder } from '../../support/builders.ts'
import { aReadSeam } from '../../support/seam.ts'

const rule: Rule<'order'> = defineRule({
  id: 'F99-slow',
  title: 'Slow',
  over: 'order',
  severity: 'medium',
  params: z.object({ hoursMax: z.int().min(1).max(720).default(24) }),
  repair: null,
  guide: [],
  absentOn: null,
  detect: () => null,
}) as Rule<'order'>
const ofStock = { ...rule, id: 'F99-stock', title: 'Stock', over: 'stock', params: z.object({}) } as const
const known = new Map<string, Pick<Rule, 'title' | 'over' | 'params'>>([
  [rule.id, rule],
  [ofStock.id, ofStock],
])

function pairWith(rules: Record<string, unknown>) {
  return aPair({ settings: pairSettingsSchema.parse({ rules }) })
}

describe('a rule as a pair holds it', () => {
  it('has its own parameters where nothing is set', () => {
    expect(heldBy(rule, aPair(), 'FR')).toEqual({ on: true, severity: null, params: { hoursMax: 24 } })
  })

  it('takes the pair’s parameters, and in a market that market’s', () => {
    const pair = pairWith({ 'F99-slow': { params: { hoursMax: 48 }, markets: { DE: { params: { hoursMax: 12 } } } } })
    expect([null, 'FR', 'DE'].map((market) => heldBy(rule, pair, market).params)).toEqual([
      { hoursMax: 48 },
      { hoursMax: 48 },
      { hoursMax: 12 },
    ])
  })

  it('may be switched off, and may weigh otherwise', async () => {
    const id = 'F02-paid-order-missing'
    const off = await aReadSeam({ pair: pairWith({ [id]: { on: false } }) }).shop(anOrder()).run()
    expect(off.open()).toEqual([])
    const mild = await aReadSeam({ pair: pairWith({ [id]: { severity: 'low' } }) }).shop(anOrder()).run()
    expect(mild.store.incidents.live(10).map((one) => [one.rule, one.severity])).toEqual([[id, 'low']])
  })
})

describe('settings of rules', () => {
  const settings = (rules: Record<string, unknown>) => pairSettingsSchema.parse({ rules })

  it('are fine when each rule takes them', () => {
    expect(ruleProblem(settings({ 'F99-slow': { params: { hoursMax: 1 } } }), known)).toBeNull()
    expect(ruleProblem(settings({}), catalogue)).toBeNull()
  })

  it('name parameters that every rule of ours can tell', () => {
    for (const one of catalogue.values()) expect(namesOf(one)).toEqual(fieldsOf(one.params).map((field) => field.name))
  })

  it.each([
    ['a rule that does not exist', { 'F98-none': {} }, /There is no rule F98-none; the rules are F99-slow, F99-stock/],
    ['a parameter out of range', { 'F99-slow': { params: { hoursMax: 0 } } }, /Slow: hoursMax cannot be so/],
    ['a parameter out of range in one market', { 'F99-slow': { markets: { DE: { params: { hoursMax: 'x' } } } } }, /Slow in DE: hoursMax/],
    ['a parameter that the rule does not know', { 'F99-slow': { params: { hourMax: 3 } } }, /^Slow: there is no hourMax; it takes hoursMax\.$/],
    ['one that it does not know in one market', { 'F99-slow': { markets: { DE: { params: { hourMax: 3 } } } } }, /^Slow in DE: there is no hourMax/],
    ['one of a rule that takes none', { 'F99-stock': { params: { toString: 1 } } }, /^Stock: there is no toString; it takes no parameters\.$/],
    ['a market of a rule whose subjects are of none', { 'F99-stock': { markets: { FR: {} } } }, /^Stock in FR: what it judges is of no single market\./],
  ])('are refused in words with %s', (_what, rules, says) => {
    expect(ruleProblem(settings(rules), known)).toMatch(says)
  })
})
