/** What of a rule is a matter of business is a person's to set: each parameter says what it does, and what is set of it holds. */
import { describe, expect, it } from 'vitest'
import { type PairSettings, marketSettingSchema, pairSettingsSchema, ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { fieldsOf } from '../../../src-main/engine/handlers/rule-fields.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { anErpOrder, anOrder, aPair, aStockLevel } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aReadSeam } from '../../support/seam.ts'

const withRule = (id: string, params: object, more: object = {}): PairSettings => pairSettingsSchema.parse({ rules: { [id]: { ...ruleSettingSchema.parse({}), params, ...more } } })

describe('a parameter of a rule', () => {
  it('has a name and a sentence of its own, a standard, and bounds where it is a number', () => {
    for (const { id, params } of catalogue.values()) {
      for (const field of fieldsOf(params)) {
        expect([id, field.name, field.says]).toEqual([id, field.name, expect.stringMatching(/^[A-Z].*[.]$/)])
        expect([id, field.name, field.label]).toEqual([id, field.name, expect.not.stringMatching(/[a-z][A-Z]/)])
        if (field.kind === 'whole' && field.name !== 'offsetMaxMs') expect([id, field.name, field.least, field.most]).not.toContain(null)
      }
    }
  })
})

describe('the grace of a rule', () => {
  const early = anOrder()
  it.each([
    ['F02-paid-order-missing', [early], []],
    ['F02-order-missing', [anOrder({ payment: { state: 'authorised', captures: [] } })], []],
    ['F02-erp-order-without-shop-order', [], [anErpOrder()]],
    ['F02-duplicate-erp-order', [early], [anErpOrder(), anErpOrder({ id: 'again', number: 'SO9' })]],
    ['F02-cancelled-in-shop', [anOrder({ cancelledAt: monday + minutes(1) })], [anErpOrder()]],
    ['F02-cancelled-in-erp', [early], [anErpOrder({ state: 'cancelled', platformState: 'cancelled' })]],
  ] as const)('of %s is the pair’s until one is set, and then its own', async (id, shop, erp) => {
    const spoken = async (settings: PairSettings): Promise<boolean> => {
      const due = pairSettingsSchema.parse({ ...settings, due: { '*': 'placed' } })
      const seam = await aReadSeam({ pair: aPair({ settings: due }) }).shop(...shop).erp(...erp).run()
      const found = seam.open().some((one) => one.startsWith(`${id} `))
      seam.store.close()
      return found
    }
    expect(await spoken(pairSettingsSchema.parse({}))).toBe(true)
    expect(await spoken(withRule(id, { graceMinutes: 600 }))).toBe(false)
    expect(await spoken(withRule(id, { graceMinutes: 5 }))).toBe(true)
  })

  it('may be another in one market', async () => {
    const id = 'F02-paid-order-missing'
    const settings = withRule(id, {}, { markets: { DE: marketSettingSchema.parse({ params: { graceMinutes: 600 } }) } })
    const of = (number: string, country: string) => anOrder({ number, market: { country, region: null } })
    const seam = await aReadSeam({ pair: aPair({ settings }) }).shop(of('1', 'DE'), of('2', 'FR')).run()
    expect(seam.open()).toEqual([`${id} 2`])
  })
})

describe('a difference of stock', () => {
  it.each([
    [1, true],
    [3, true],
    [4, false],
  ])('of three units is told where at least %i are asked for: %s', async (unitsMin, isTold) => {
    const settings = pairSettingsSchema.parse({ ...withRule('F01-stock-behind', { unitsMin }), stockTargetMinutes: 0, locations: { WH: 'Lyon' } })
    const seam = aReadSeam({ pair: aPair({ settings }) }).shop(aStockLevel({ location: 'Lyon', onHand: '5', available: '5' })).erp(aStockLevel({ onHand: '5', available: '5' }))
    await seam.run()
    await seam.clock.advance(minutes(10))
    await seam.erp(aStockLevel({ onHand: '2', available: '2' })).coveredTo({ shop: monday + hours(2), erp: monday + hours(2) }).run()
    await seam.clock.advance(minutes(50))
    await seam.coveredTo({ shop: monday + hours(3), erp: monday + hours(3) }).full()
    expect(seam.open().some((one) => one.startsWith('F01-stock-behind'))).toBe(isTold)
  })
})
