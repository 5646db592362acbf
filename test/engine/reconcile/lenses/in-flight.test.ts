/** Two figures are never read at one moment: what lies between them is counted, and is no incident (DESIGN §3). */
import { describe, expect, it } from 'vitest'
import type { DomainRecord, StreamName } from '../../../../src-main/domain/records.ts'
import { type Instant, minutes } from '../../../../src-main/domain/time.ts'
import { aPair, aStockLevel, anErpOrder, anOrder, anOrderLine } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'
import { cover } from '../../../support/store.ts'

const pair = aPair({ settings: { stockTargetMinutes: 15, locations: { WH: 'Lyon' } } })
const at = (minute: number): Instant => monday + minutes(minute)

const shown = (units: number, minute: number) => aStockLevel({ location: 'Lyon', available: String(units), changedAt: at(minute) })
const had = (units: number, minute: number) => aStockLevel({ location: 'WH', available: String(units), changedAt: at(minute) })
const sold = (number: string, minute: number, given: Parameters<typeof anOrder>[0] = {}) =>
  anOrder({
    number, placedAt: at(minute), changedAt: at(minute), customer: { id: number, email: `${number}@example.com` },
    lines: [anOrderLine({ quantity: '2', allocations: [{ location: 'Lyon', quantity: '2' }] })], ...given,
  })
const booked = (number: string, minute: number, given: Parameters<typeof anErpOrder>[0] = {}) =>
  anErpOrder({ references: [number], customerEmail: `${number}@example.com`, createdAt: at(minute), changedAt: at(minute), ...given })

type Side = 'shop' | 'erp'

/** One stream is read at a minute of its own, with all that it brings, and what has changed is judged. */
async function read(seam: Seam, side: Side, stream: StreamName, minute: number, ...records: readonly DomainRecord[]): Promise<void> {
  await seam.clock.advance(Math.max(0, at(minute) - seam.clock.now()))
  seam[side](...records)
  cover(seam.store, side, [stream], at(minute), 0)
  await seam.run()
}

/** Both sides have ten, and every stream was read at minute 60. */
async function agreeing(): Promise<Seam> {
  const seam = await aSeam({ pair }).shop(shown(10, 0)).erp(had(10, 0)).coveredTo({ shop: at(60), erp: at(60) }).run()
  expect(stateOf(seam)).toEqual(['10', '10', null])
  return seam
}

function stateOf(seam: Seam): readonly [string | undefined, string | undefined, number | null] {
  const [state] = seam.store.stock.states('pair')
  return [state?.shop, state?.expected, state?.behindSince == null ? null : (state.behindSince - monday) / minutes(1)]
}

const later = async (seam: Seam, minute: number): Promise<Seam> => {
  for (const side of ['shop', 'erp'] as const) for (const stream of ['orders', 'stock'] as const) await read(seam, side, stream, minute)
  return seam
}

describe('a sale that one figure counts and the other does not', () => {
  it('is no difference when the ERP has the order and its stock was read before', async () => {
    const seam = await agreeing()
    await read(seam, 'erp', 'stock', 63)
    await read(seam, 'shop', 'orders', 65, sold('1', 64))
    await read(seam, 'shop', 'stock', 65, shown(8, 64))
    await read(seam, 'erp', 'orders', 67, booked('1', 66))
    expect(stateOf(seam)).toEqual(['8', '8', null])
    await read(seam, 'erp', 'stock', 68, had(8, 66))
    expect(stateOf(seam)).toEqual(['8', '8', null])
  })

  it('is no difference when the shop’s stock was read before it', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'stock', 63)
    await read(seam, 'shop', 'orders', 65, sold('1', 64))
    await read(seam, 'erp', 'orders', 65, booked('1', 64.5))
    await read(seam, 'erp', 'stock', 65, had(8, 64.5))
    expect(stateOf(seam)).toEqual(['10', '10', null])
    await read(seam, 'shop', 'stock', 68, shown(8, 64))
    expect(stateOf(seam)).toEqual(['8', '8', null])
  })

  it('is none when a transaction of the ERP was seen late, with the stamp of its beginning', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 64))
    await read(seam, 'shop', 'stock', 65, shown(8, 64))
    await read(seam, 'erp', 'stock', 65)
    await read(seam, 'erp', 'orders', 65.5, booked('1', 64.9))
    expect(stateOf(seam)).toEqual(['8', '8', null])
  })

  it('counts back what was called off, on either side', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, booked('1', 63))
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    // the ERP's document is cancelled, and the stock that was read before knows nothing of it
    await read(seam, 'erp', 'orders', 67, booked('1', 63, { state: 'cancelled', reservesStock: false, changedAt: at(66) }))
    expect(stateOf(seam)).toEqual(['8', '8', null])
    await read(seam, 'erp', 'stock', 68, had(10, 66))
    expect(stateOf(seam)).toEqual(['8', '8', null])
  })
})

describe('a figure that is later than the orders', () => {
  it('is judged when these are read as far, and until then by what stood before', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'stock', 63, shown(8, 62))
    expect([seam.open(), stateOf(seam)[2]]).toEqual([[], null])
    expect(seam.store.judgements.whyNot('pair', { kind: 'sku', connection: 'shop', key: 'MUG@Lyon' }).map((one) => one.why)).toContain('orders and stock are not read as far as each other')
    // nobody sold them: somebody set the figure by hand, and that counts from then on
    await read(seam, 'shop', 'orders', 65)
    await read(seam, 'erp', 'orders', 65)
    expect(stateOf(seam).slice(0, 2)).toEqual(['8', '10'])
    expect((await later(seam, 76)).open()).toEqual([])
    expect(stateOf(seam)).toEqual(['8', '10', 62])
    expect((await later(seam, 77)).open()).toEqual(['F01-stock-behind MUG@Lyon'])
  })

  it('does not hide for long what was wrong before it, however often the shop sells', async () => {
    const seam = await agreeing()
    await later(seam, 61)
    await read(seam, 'erp', 'stock', 65, had(30, 62))
    for (let turn = 0; turn < 4; turn += 1) {
      const minute = 65 + 5 * turn
      await read(seam, 'shop', 'orders', minute, ...(turn === 0 ? [] : [sold(String(turn), minute - 4)]))
      await read(seam, 'erp', 'orders', minute)
      await read(seam, 'erp', 'stock', minute)
      await read(seam, 'shop', 'stock', minute + 1, shown(8 - 2 * turn, minute + 1))
    }
    // two more were sold in the minute between the last readings of orders and stock
    expect(seam.open()).toEqual(['F01-stock-behind MUG@Lyon'])
  })
})

describe('a shop that sells while nobody brings it the ERP’s figure', () => {
  it('is behind since the ERP moved, whatever it has sold since', async () => {
    const seam = await agreeing()
    await read(seam, 'erp', 'stock', 65, had(5, 62))
    await later(seam, 65)
    expect(stateOf(seam)).toEqual(['10', '5', 62])
    // by sales alone it comes to figures that the ERP had before
    for (const [turn, units] of [8, 6].entries()) {
      const minute = 68 + 3 * turn
      await read(seam, 'shop', 'orders', minute, sold(String(turn), minute - 1))
      await read(seam, 'shop', 'stock', minute, shown(units, minute - 1))
      await later(seam, minute)
    }
    expect(stateOf(seam)).toEqual(['6', '1', 62])
    expect((await later(seam, 77)).open()).toEqual(['F01-stock-behind MUG@Lyon'])
  })

  it('is not taken to follow the ERP by what it sells itself', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, booked('1', 63))
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    expect(seam.store.stock.shown('pair', 10)).toEqual([])
  })

  it('agrees with a figure that the ERP passed through between two readings', async () => {
    const seam = await agreeing()
    await later(seam, 65)
    await read(seam, 'shop', 'stock', 70, shown(7, 67))
    await read(seam, 'erp', 'stock', 70, had(5, 69))
    await later(seam, 70)
    expect(stateOf(seam)).toEqual(['7', '5', 69])
  })
})

describe('a change of the ERP that the shop follows', () => {
  it.each([['erp', 'shop'], ['shop', 'erp']] as const)('is watched, whether the %s is read first or the %s', async (...sides) => {
    const seam = await agreeing()
    for (const side of sides) {
      await read(seam, side, 'stock', 63, side === 'erp' ? had(12, 61) : shown(12, 62))
      await read(seam, side, 'orders', 63)
    }
    expect(stateOf(seam)).toEqual(['12', '12', null])
    const [change] = seam.store.stock.changes('pair', 'MUG', 'Lyon')
    expect(change).toMatchObject({ expected: '12', observed: true, at: at(61), settledAt: at(62) })
  })
})

describe('units that were sold as a bundle', () => {
  it('move the figure of a part only when the ERP’s is brought over, which may count them before or after', async () => {
    const bundled = aPair({ settings: { ...pair.settings, bundles: { SET: { MUG: '1' } } } })
    const seam = await aSeam({ pair: bundled }).shop(shown(10, 0)).erp(had(10, 0)).coveredTo({ shop: at(60), erp: at(60) }).run()
    const set = anOrderLine({ sku: 'SET', quantity: '2', allocations: [{ location: 'Lyon', quantity: '2' }] })
    await read(seam, 'shop', 'orders', 65, sold('1', 62, { lines: [set] }))
    await later(seam, 65)
    expect(stateOf(seam)).toEqual(['10', '10', null])
    await read(seam, 'shop', 'stock', 67, shown(8, 66))
    expect(stateOf(await later(seam, 67))).toEqual(['8', '8', null])
    // the ERP has it, and it is one more unit that the shop does not show
    await read(seam, 'shop', 'stock', 69, shown(9, 68))
    await read(seam, 'erp', 'orders', 70, booked('1', 69))
    await read(seam, 'erp', 'stock', 70, had(8, 69))
    expect(stateOf(await later(seam, 70))).toEqual(['9', '8', 69])
  })
})

describe('an order that the ERP deletes', () => {
  const without = (seam: Seam, ...ids: readonly string[]): void => void seam.store.transaction((tx) => seam.store.snapshots.markMissing(tx, 'erp', 'orders', ids, seam.clock.now()))

  it('was held there until then: the stock that was read before says so, and that which is read after no more', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, booked('1', 63, { id: 'S1' }))
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    await later(seam, 120)
    without(seam, 'S1')
    await read(seam, 'erp', 'orders', 121)
    expect([seam.open(), stateOf(seam)]).toEqual([['F02-paid-order-missing 1'], ['8', '8', null]])
    await read(seam, 'erp', 'stock', 122, had(10, 120))
    await later(seam, 140)
    expect([seam.open(), stateOf(seam)]).toEqual([['F02-paid-order-missing 1'], ['8', '8', null]])
    // it waits, and a shop that puts its units on sale again shows more than there is
    await read(seam, 'shop', 'stock', 142, shown(10, 141))
    expect(stateOf(await later(seam, 142)).slice(0, 2)).toEqual(['10', '8'])
  })
})

describe('an order that the ERP has had all the time, under no number', () => {
  it('is counted when somebody writes the number, and the shop has as long as ever to follow', async () => {
    const seam = await agreeing()
    const nameless = booked('1', 63, { id: 'S1', references: [], customerEmail: null })
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'erp', 'orders', 65, nameless)
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    // whoever brings the ERP's figure over takes the order for one that is not there
    await read(seam, 'shop', 'stock', 66, shown(6, 66))
    await later(seam, 140)
    expect(stateOf(seam)).toEqual(['6', '6', null])
    await read(seam, 'erp', 'orders', 142, { ...nameless, references: ['1'], changedAt: at(141) })
    await later(seam, 145)
    expect([seam.open(), stateOf(seam)]).toEqual([[], ['6', '6', null]])
    await read(seam, 'shop', 'stock', 147, shown(8, 146))
    expect([(await later(seam, 147)).open(), stateOf(seam)]).toEqual([[], ['8', '8', null]])
    // and has no excuse for what it shows long after
    await later(seam, 195)
    await read(seam, 'shop', 'stock', 200, shown(6, 199))
    expect(stateOf(await later(seam, 200))).toEqual(['6', '8', 199])
  })
})

describe('an order whose delivery was called off while it was read', () => {
  it('was held until then, though its own stamp is of before', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, booked('1', 63, { id: 'S1' }))
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    await later(seam, 90)
    // the order was read before, and its deliveries after
    await read(seam, 'erp', 'orders', 95, booked('1', 63, { id: 'S1', reservesStock: false }))
    expect([seam.open(), stateOf(seam)]).toEqual([[], ['8', '8', null]])
    await read(seam, 'erp', 'stock', 95, had(10, 94))
    expect(stateOf(await later(seam, 100))).toEqual(['8', '8', null])
  })
})

describe('an order that lay as a draft for hours', () => {
  it('is held when it is confirmed, and not by the stock that was read before', async () => {
    const seam = await agreeing()
    const draft = booked('1', 63, { id: 'S1', state: 'draft', reservesStock: false })
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, draft)
    await later(seam, 400)
    await read(seam, 'erp', 'orders', 405, { ...draft, state: 'open', reservesStock: true, changedAt: at(401) })
    expect([seam.open().filter((one) => one.startsWith('F01')), stateOf(seam)]).toEqual([[], ['8', '8', null]])
    await read(seam, 'erp', 'stock', 406, had(8, 401))
    expect(stateOf(await later(seam, 410))).toEqual(['8', '8', null])
  })
})

describe('an order of which the ERP has reserved some', () => {
  it('may be counted or not, as nobody says which of its goods are short', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await read(seam, 'erp', 'orders', 65, booked('1', 63, { reservesStock: false, reservesSome: true }))
    await read(seam, 'erp', 'stock', 65, had(8, 63))
    expect(stateOf(seam)).toEqual(['8', '8', null])
    // what it has reserved no further than this is no excuse for more
    await read(seam, 'shop', 'stock', 67, shown(5, 66))
    expect(stateOf(await later(seam, 80))).toEqual(['5', '6', 66])
  })
})

describe('an order that the ERP is not meant to have', () => {
  it('may be counted or not by whoever brings the ERP’s figure over', async () => {
    const seam = await agreeing()
    await read(seam, 'shop', 'orders', 65, sold('1', 62, { test: true }))
    await read(seam, 'shop', 'stock', 65, shown(8, 62))
    await later(seam, 65)
    expect(stateOf(seam)[2]).toBeNull()
    await read(seam, 'shop', 'stock', 67, shown(10, 66))
    expect(stateOf(await later(seam, 67))[2]).toBeNull()
  })
})
