/** F01: a dead stock sync is one incident, and what was sold beyond the last unit has its orders and its worth. */
import { describe, expect, it } from 'vitest'
import { type Instant, minutes } from '../../../../src-main/domain/time.ts'
import { anErpOrder, anOrder, anOrderLine, aPair, aStockLevel } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { readTo } from '../../../support/flow.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

const pair = aPair({ settings: { stockTargetMinutes: 15, locations: { WH: 'Lyon' } } })
const skus = ['MUG', 'CUP', 'JUG', 'POT', 'PAN', 'LID']

const shopLevel = (sku: string, units: number, at: Instant) => aStockLevel({ sku, location: 'Lyon', available: String(units), changedAt: at })
const erpLevel = (sku: string, units: number, at: Instant) => aStockLevel({ sku, location: 'WH', available: String(units), changedAt: at })

/** Both sides have ten of each; then the ERP moves, and the shop follows some minutes later. */
async function syncing(): Promise<Seam> {
  const seam = aSeam({ pair })
  for (const sku of skus) seam.shop(shopLevel(sku, 10, monday)).erp(erpLevel(sku, 10, monday))
  await readTo(seam, monday + minutes(60))
  for (const [turn, sku] of skus.entries()) seam.erp(erpLevel(sku, 9, monday + minutes(60 + turn)))
  await readTo(seam, monday + minutes(66))
  for (const sku of skus) seam.shop(shopLevel(sku, 9, monday + minutes(67)))
  return readTo(seam, monday + minutes(68))
}

/** The ERP goes on moving these. */
function move(seam: Seam, moved: readonly string[], at: Instant): Seam {
  for (const sku of moved) seam.erp(erpLevel(sku, 5, at))
  return seam
}

function told(seam: Seam): readonly (readonly [string, boolean])[] {
  return seam.store.incidents.live(100).map((one) => [`${one.rule} ${one.subject.key}`, one.parent !== null])
}

describe('F01-stock-sync-stopped', () => {
  const rule = 'F01-stock-sync-stopped'
  const at = monday + minutes(90)

  it('speaks once when nothing settles any more, with what it leaves behind under it', async () => {
    const seam = await syncing()
    expect(seam.open()).toEqual([])
    await readTo(move(seam, skus, at), at + minutes(1))
    await readTo(seam, at + minutes(22))
    expect(told(seam).filter(([, isChild]) => !isChild)).toEqual([[`${rule} stock`, false]])
    expect(told(seam).filter(([what, isChild]) => isChild && what.startsWith('F01-stock-behind'))).toHaveLength(skus.length)
    // it runs again, and forgets one
    for (const sku of skus.slice(1)) seam.shop(shopLevel(sku, 5, at + minutes(30)))
    await readTo(await readTo(seam, at + minutes(31)), at + minutes(32))
    expect(told(seam)).toEqual([['F01-stock-behind MUG@Lyon', true]])
    await readTo(seam, at + minutes(50))
    expect(told(seam)).toEqual([['F01-stock-behind MUG@Lyon', false]])
  })

  it('is not taken in by figures that agree by chance, as a sale is met on one side before the other', async () => {
    const seam = await syncing()
    await readTo(move(seam, skus.slice(1), at), at + minutes(1))
    // one MUG is sold: the ERP's own figure is met before its order, and after that order the sides agree again
    seam.shop(shopLevel('MUG', 8, at + minutes(5)))
    await readTo(seam.erp(erpLevel('MUG', 7, at + minutes(6))), at + minutes(7))
    await readTo(seam.erp(erpLevel('MUG', 8, at + minutes(8))), at + minutes(9))
    await readTo(seam, at + minutes(22))
    expect(seam.open()).toContain(`${rule} stock`)
  })

  it.each([
    ['a few SKUs are left behind', async () => move(await syncing(), ['MUG', 'CUP'], at)],
    ['the target is not over', async () => move(await syncing(), skus, at + minutes(10))],
    ['the ERP stands still as well', syncing],
    ['nothing was ever watched to settle', async () => {
      const seam = aSeam({ pair })
      for (const sku of skus) seam.shop(shopLevel(sku, 12, monday)).erp(erpLevel(sku, 10, monday))
      return seam
    }],
  ])('stays silent when %s', async (_why, given) => {
    const seam = await given()
    await readTo(await readTo(seam, at + minutes(11)), at + minutes(22))
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })
})

describe('F01-sold-after-zero', () => {
  const rule = 'F01-sold-after-zero'

  const order = (number: string, at: Instant, given: Parameters<typeof anOrder>[0] = {}) =>
    anOrder({
      number,
      placedAt: at,
      changedAt: at,
      lines: [anOrderLine({ allocations: [{ location: 'Lyon', quantity: '2' }] })],
      payment: { state: 'authorised', captures: [] },
      customer: { email: `${number}@example.com` },
      ...given,
    })

  /** The ERP has none left since nine o'clock; the shop shows two still. */
  const empty = () => aSeam({ pair }).shop(shopLevel('MUG', 2, monday)).erp(erpLevel('MUG', 0, monday))

  it('speaks of units sold since then, of their orders and their worth', async () => {
    const seam = empty().shop(order('1', monday + minutes(5)), order('2', monday + minutes(9)))
    await readTo(await readTo(seam, monday + minutes(10)), monday + minutes(40))
    const incident = seam.store.incidents.live(10).find((one) => one.rule === rule)
    expect([incident?.subject.key, incident?.severity, incident?.cause, incident?.amount]).toEqual(['MUG@Lyon', 'critical', 'oversell', { minor: 4000, currency: 'EUR' }])
    expect(incident?.says).toContain('has sold 4 of MUG at Lyon since ERP had none left, in 2 orders')
    // goods come in for both
    await readTo(seam.erp(erpLevel('MUG', 4, monday + minutes(41))), monday + minutes(60))
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('counts what has arrived in the ERP as what is on its way, and each unit once', async () => {
    const seam = empty().shop(order('1', monday + minutes(5)), order('2', monday + minutes(9)))
    await readTo(seam, monday + minutes(10))
    seam.erp(anErpOrder({ references: ['1'], customerEmail: '1@example.com' }), erpLevel('MUG', -2, monday + minutes(12)))
    await readTo(seam, monday + minutes(40))
    expect(seam.store.incidents.live(10).find((one) => one.rule === rule)?.says).toContain('has sold 4 of MUG')
  })

  it('says why orders for it were cancelled meanwhile', async () => {
    const seam = empty().shop(
      order('1', monday + minutes(5)),
      order('2', monday + minutes(6), { cancelledAt: monday + minutes(8), cancelReason: 'inventory' }),
    )
    await readTo(await readTo(seam, monday + minutes(10)), monday + minutes(40))
    expect(seam.store.incidents.live(10).find((one) => one.rule === rule)?.evidence).toContainEqual({ label: 'Cancelled since then', shop: '1 × inventory', erp: null, differs: false })
  })

  it.each([
    ['all was sold before', () => empty().shop(order('1', monday - minutes(5)))],
    ['the order was cancelled', () => empty().shop(order('1', monday + minutes(5), { cancelledAt: monday + minutes(6) }))],
    ['it may be sold without stock', () => empty().shop({ ...shopLevel('MUG', 2, monday), backorder: true }, order('1', monday + minutes(5)))],
    ['another location sold it', () => empty().shop(order('1', monday + minutes(5), { lines: [anOrderLine({ allocations: [{ location: 'Gent', quantity: '2' }] })] }))],
    ['the ERP is short by its own doing', () => empty().erp(erpLevel('MUG', -7, monday + minutes(2)))],
    ['some are left', () => empty().erp(erpLevel('MUG', 3, monday + minutes(2))).shop(order('1', monday + minutes(5)))],
  ])('stays silent when %s', async (_why, given) => {
    const seam = given()
    await readTo(await readTo(seam, monday + minutes(10)), monday + minutes(40))
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('waits until both sides are read past the last sale and the target', async () => {
    const seam = empty().shop(order('1', monday + minutes(5)))
    await readTo(await readTo(seam, monday + minutes(10)), monday + minutes(19))
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
    await readTo(seam, monday + minutes(21))
    expect(seam.open()).toContain(`${rule} MUG@Lyon`)
  })
})
