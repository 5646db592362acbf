/** What a pair has set about a rule holds for its orders, and nothing that a rule does not take is ever kept. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { heldBy, ruleProblem } from '../../../src-main/engine/reconcile/rule-settings.ts'
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
const known = new Map([[rule.id, rule]])

function pairWith(rules: Record<string, unknown>) {
  return aPair({ settings: pairSettingsSchema.parse({ rules }) })
}

describe('a rule as a pair holds it', () => {
  it('has its own parameters where nothing is set', () => {
    expect(heldBy(rule, aPair(), 'FR')).toEqual({ on: true, severity: null, params: { hoursMax: 24 } })
  })

  it('takes the pair’s parameters, and in a market that market’s', () => {
    const pair = pairWith({ 'F99-slow': { params: { hoursMax: 48 }, markets: { DE: { hoursMax: 12 } } } })
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

  it.each([
    ['a rule that does not exist', { 'F98-none': {} }, /There is no rule F98-none; the rules are F99-slow/],
    ['a parameter out of range', { 'F99-slow': { params: { hoursMax: 0 } } }, /Slow: hoursMax cannot be so/],
    ['a parameter out of range in one market', { 'F99-slow': { markets: { DE: { hoursMax: 'x' } } } }, /Slow in DE: hoursMax/],
  ])('are refused in words with %s', (_what, rules, says) => {
    expect(ruleProblem(settings(rules), known)).toMatch(says)
  })
})
