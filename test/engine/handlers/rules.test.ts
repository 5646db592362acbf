/** What an owner says of a rule holds at once: what is switched off ends as that and never as mended, and weighs, owners and markets follow. */
import { afterEach, describe, expect, it } from 'vitest'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import type { Subject } from '../../../src-main/domain/incident.ts'
import { marketSettingSchema, ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { at } from '../../support/clock.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const rule = 'F02-total-differs'
const order = (key: string): Subject => ({ kind: 'order', connection: 'shop', key })

/** Two open incidents of the rule: one in France, one in Japan, and one of another rule. */
async function opened() {
  caller = await aCaller({ at: at('2026-11-27T09:00:00Z'), connections: bothSides, pairs: [aPair()] })
  const { engine, clock } = caller
  const { store } = engine
  store.transaction((tx) => {
    for (const [id, market, of] of [['fr', 'FR', rule], ['jp', 'JP', rule], ['other', 'FR', 'F02-order-stuck']] as const) {
      store.incidents.apply(tx, 'pair', aFinding({ rule: of, severity: 'high', subject: order(id) }), { id, market, dueAt: null, parent: null, at: clock.now() })
    }
  })
  const save = (setting: Partial<ReturnType<typeof ruleSettingSchema.parse>>, why = '') =>
    caller?.client.rules.save({ pair: 'pair', rule, setting: { ...ruleSettingSchema.parse({}), ...setting }, why })
  return { ...caller, store, save, states: () => ['fr', 'jp', 'other'].map((id) => store.incidents.get(id)?.state) }
}

const inMarket = (of: Partial<ReturnType<typeof marketSettingSchema.parse>>) => ({ ...marketSettingSchema.parse({}), ...of })

describe('a rule that is switched off', () => {
  it('closes what it had open, as that, with who and why; what other rules found stays', async () => {
    const { client, store, save, states } = await opened()
    await save({ on: false }, 'We book totals by hand this month.')
    expect(states()).toEqual(['resolved', 'resolved', 'open'])
    expect(store.incidents.get('fr')).toMatchObject({ closedAs: 'rule-off', resolvedBy: 'The rule was switched off by You: We book totals by hand this month.' })
    expect(await client.incidents.get({ id: 'fr' })).toMatchObject({ closedAs: 'rule-off', timeline: [{ who: 'You' }, { who: 'Plumbline' }] })
    expect(await client.rules.history({ pair: 'pair', rule })).toMatchObject([{ who: 'You', why: 'We book totals by hand this month.', changes: [{ what: 'on', before: 'true', after: 'false' }] }])
  })

  it('is not without a word of why, and keeps what holds', async () => {
    const { save, states, store } = await opened()
    await expect(save({ on: false })).rejects.toMatchObject({ code: 'REFUSED', data: { field: 'why' } })
    await expect(save({ markets: { JP: inMarket({ on: false }) } })).rejects.toMatchObject({ data: { says: expect.stringContaining('switched off in JP') } })
    expect([states(), store.pairs.get('pair')?.settings.rules]).toEqual([['open', 'open', 'open'], {}])
  })

  it('in one market is judged on in the others', async () => {
    const { save, states, store } = await opened()
    await save({ markets: { JP: inMarket({ on: false }) } }, 'Totals are in yen there.')
    expect([states(), store.incidents.get('jp')?.closedAs]).toEqual([['open', 'resolved', 'open'], 'rule-off'])
  })

  it('has not come back when it is switched on again: what it finds is met anew', async () => {
    const { save, store, clock } = await opened()
    await save({ on: false }, 'For a while.')
    await save({ on: true })
    store.transaction((tx) => store.incidents.apply(tx, 'pair', aFinding({ rule, severity: 'high', subject: order('fr') }), { id: 'new', market: 'FR', dueAt: null, parent: null, at: clock.now() + 1 }))
    expect(store.incidents.get('fr')).toMatchObject({ state: 'open', reopenedCount: 0, closedAs: null, resolvedBy: null })
    expect(store.incidents.timeline('fr').map((entry) => entry.what)).toEqual(['opened', 'resolved', 'opened'])
  })

  it('by way of the pair’s own settings ends as well, and stands in its own history', async () => {
    const { client, states } = await opened()
    const rules = { [rule]: { ...ruleSettingSchema.parse({}), on: false } }
    const given = { id: 'pair', shop: 'shop', erp: 'erp', settings: { rules } }
    await expect(client.pairs.save(given)).rejects.toMatchObject({ data: { field: 'why' } })
    await client.pairs.save({ ...given, why: 'Agreed with finance.' })
    expect(states()).toEqual(['resolved', 'resolved', 'open'])
    expect(await client.rules.history({ pair: 'pair', rule })).toMatchObject([{ why: 'Agreed with finance.' }])
  })
})

describe('a rule that weighs otherwise', () => {
  it('weighs so at once where it is open, market by market, and not where a person has weighed one by hand', async () => {
    const { client, save, store } = await opened()
    await client.incidents.decide({ ids: ['fr'], decision: { kind: 'override', class: 'severity', what: 'It is small.', why: 'Under ten.', by: null, severity: 'low' } })
    await save({ severity: 'medium', markets: { JP: inMarket({ severity: 'critical' }) } })
    expect(['fr', 'jp', 'other'].map((id) => store.incidents.get(id)?.severity)).toEqual(['low', 'critical', 'high'])
  })
})

describe('the owner of a rule', () => {
  it('in a market is asked before that of the rule, with deadlines of the market', async () => {
    const { client, save, store } = await opened()
    const { people } = await client.people.save({ id: null, name: 'Kenji', email: null, calendar: officeHours('UTC') })
    const kenji = people.find((one) => one.name === 'Kenji')?.id ?? ''
    const { roles } = await client.people.saveRole({ id: null, name: 'Finance', calendar: officeHours('UTC'), members: ['you'] })
    const finance = roles[0]?.id ?? ''
    await save({ owner: finance, markets: { JP: inMarket({ owner: kenji, slaMinutes: 60 }) } })
    expect(['fr', 'jp'].map((id) => store.incidents.get(id)?.owner)).toEqual([finance, kenji])
    expect(store.incidents.get('jp')?.slaDueAt).toBe(at('2026-11-27T10:00:00Z'))
    // whom nobody knows any more names nobody: the rule's own answers
    await client.people.remove({ id: kenji })
    expect(store.incidents.get('jp')?.owner).toBe(finance)
    await expect(save({ markets: { JP: inMarket({ owner: kenji }) } })).rejects.toMatchObject({ data: { field: 'owner' } })
  })
})
