/** An order that was missing and was made at last is kept in sight: what deletes it again leaves no trace. */
import { describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import type { LookUp } from '../../../src-main/engine/reconcile/absence.ts'
import { mendedOrders } from '../../../src-main/engine/reconcile/mended.ts'
import { aPair, anErpOrder, anOrder } from '../../support/builders.ts'
import { type Hidden, type Seam, aReadSeam } from '../../support/seam.ts'

const missing = 'F02-paid-order-missing 1001'

/** Order 1001 was missing, and stands in the ERP since. */
async function mended(hidden: Hidden = {}): Promise<Seam> {
  const seam = await aReadSeam({ hidden }).shop(anOrder()).run()
  expect(seam.open()).toEqual([missing])
  await seam.clock.advance(minutes(5))
  await seam.erp(anErpOrder()).run()
  expect(seam.open()).toEqual([])
  return seam
}

/** The ids that are asked for, one list for each question. */
function watchOf(seam: Seam) {
  const asked: string[][] = []
  const lookUp: LookUp = async (_connection, by, keys) => {
    asked.push(by === 'id' ? [...keys] : [])
    return { ok: true, value: { found: keys.length, complete: true } }
  }
  const watch = mendedOrders({ store: seam.store, lookUp })
  return { asked, look: () => watch.reread(aPair(), seam.clock.now()) }
}

describe('an order that was mended', () => {
  it('is missing again as soon as it was deleted, though no reading meets that', async () => {
    const deleted: string[] = []
    const seam = await mended({ deleted })
    await seam.clock.advance(hours(1))
    await seam.run()
    expect(seam.open()).toEqual([])
    deleted.push(anErpOrder().id)
    await seam.clock.advance(minutes(5))
    await seam.run()
    expect(seam.open()).toContain(missing)
    expect(seam.changes.map((one) => `${one.what} ${one.rule}`)).toContain('reopened F02-paid-order-missing')
  })

  it('is asked for less the longer it has stood, and after a week no more', async () => {
    const seam = await mended()
    const { asked, look } = watchOf(seam)
    const countIn = async (span: number, step: number): Promise<number> => {
      const before = asked.length
      for (let passed = 0; passed < span; passed += step) {
        await look()
        await seam.clock.advance(step)
      }
      return asked.length - before
    }
    expect(await countIn(hours(1), minutes(1))).toBe(30)
    expect(await countIn(days(1), minutes(5))).toBeLessThan(110)
    expect(await countIn(days(6), minutes(30))).toBeLessThan(70)
    expect(asked.every((ids) => ids.length === 1 && ids[0] === anErpOrder().id)).toBe(true)
    expect(await countIn(days(1), hours(1))).toBe(0)
  })

  it('is not asked for while the ERP cannot be read', async () => {
    const seam = await mended()
    const { asked, look } = watchOf(seam)
    seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'erp', { state: 'unreachable', says: null, clockOffsetMs: 0, at: seam.clock.now() }))
    await look()
    expect(asked).toEqual([])
  })

  it('has its turn among many that were', async () => {
    const orders = Array.from({ length: 120 }, (_, nth) => String(2000 + nth))
    const seam = await aReadSeam().shop(...orders.map((number) => anOrder({ id: `o-${number}`, number }))).run()
    await seam.erp(...orders.map((number) => anErpOrder({ id: `so-${number}`, number: `SO${number}`, references: [number] }))).run()
    expect(seam.open()).toEqual([])
    const { asked, look } = watchOf(seam)
    for (let round = 0; round < 3; round += 1) {
      await look()
      await seam.clock.advance(minutes(1))
    }
    // the last twenty come before the first fifty have their second turn
    expect(asked.map((ids) => ids.length)).toEqual([50, 50, 50])
    expect(new Set(asked.flat()).size).toBe(120)
  })
})
