/** F02: a paid order that the ERP has never heard of. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../../src-main/domain/fault.ts'
import { minutes } from '../../../../src-main/domain/time.ts'
import { anErpOrder, anOrder, aPair, placedAt } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { aReadSeam, aSeam } from '../../../support/seam.ts'

const missing = 'F02-paid-order-missing 1001'

describe('F02-paid-order-missing', () => {
  it('speaks of a captured order without any ERP document, with what was captured less what was refunded', async () => {
    const refund = { id: 'r1', at: placedAt, amount: 400, tax: null, lines: [], reason: null }
    const seam = await aReadSeam().shop(anOrder({ refunds: [refund] })).run()
    const [incident] = seam.store.incidents.live(10)
    expect({ ...incident, evidence: [], id: '', openedAt: 0, seenAt: 0 }).toMatchObject({
      rule: 'F02-paid-order-missing',
      severity: 'critical',
      subject: { kind: 'order', connection: 'shop', key: '1001' },
      amount: { minor: 2000, currency: 'EUR' },
      dueAt: placedAt,
    })
    expect(seam.asked).toEqual(['1001'])
  })

  it.each([
    ['the ERP has it', anOrder(), [anErpOrder()]],
    ['the ERP has it as a draft', anOrder(), [anErpOrder({ state: 'draft', platformState: 'draft' })]],
    ['it is only authorised and due by capture', anOrder({ payment: { state: 'authorised', captures: [] } }), []],
    ['it was cancelled in the shop', anOrder({ cancelledAt: placedAt + 1 }), []],
    [
      'all of it was given back before the ERP knew',
      anOrder({ refunds: [{ id: 'r', at: placedAt, amount: 2400, tax: null, lines: [], reason: null }] }),
      [],
    ],
    ['it is a test order', anOrder({ test: true }), []],
  ])('stays silent when %s', async (_why, order, erp) => {
    const seam = await aReadSeam().shop(order).erp(...erp).run()
    expect(seam.open().filter((one) => one.startsWith('F02-paid-order-missing'))).toEqual([])
  })

  it('waits for the grace, and for both sides to be read that far', async () => {
    const seam = aSeam({ pair: aPair({ settings: { graceMinutes: 15 } }) }).shop(anOrder())
    await seam.coveredTo({ shop: monday, erp: placedAt + minutes(14) }).run()
    expect(seam.open()).toEqual([])
    await seam.coveredTo({ erp: placedAt + minutes(15) }).run()
    expect(seam.open()).toEqual([missing])
  })

  it('is not opened while the ERP cannot be asked live, and is counted as not judged', async () => {
    const seam = await aReadSeam({ hidden: { erp: fault('unreachable', 'The ERP does not answer.') } }).shop(anOrder()).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', Number.MAX_SAFE_INTEGER)).toEqual([
      { rule: 'F02-paid-order-missing', why: 'ERP could not be asked', count: 1 },
    ])
  })

  it('is not opened when the live look-up finds a document that no reading had shown', async () => {
    const seam = await aReadSeam({ hidden: { erp: { 1001: [anErpOrder()] } } }).shop(anOrder()).run()
    expect(seam.open()).toEqual([])
  })

  it('closes by itself once the ERP has the order, and names both sides as the reason', async () => {
    const seam = await aReadSeam().shop(anOrder()).run()
    await seam.erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
    const [closed] = seam.store.incidents.list({ states: ['resolved'], severities: null, rule: null, search: null }, 10, 0)
    expect(closed?.resolvedBy).toContain('ERP: SO1001 processing')
  })

  it('stays open when the ERP goes dark', async () => {
    const seam = await aReadSeam({ pair: aPair({ settings: { graceMinutes: 0 } }) }).shop(anOrder()).run()
    await seam.shop(anOrder({ changedAt: monday })).full()
    expect(seam.open()).toEqual([missing])
  })

  it('is due when placed for a method that is paid later, by the rule on due orders', async () => {
    const pair = aPair({ settings: { due: { invoice: 'placed' } } })
    const order = anOrder({ payment: { state: 'pending', captures: [], authorisedAt: null, method: 'invoice' } })
    const seam = await aReadSeam({ pair }).shop(order).run()
    expect(seam.open()).toEqual(['F02-order-missing 1001'])
  })

  it('judges nothing due before the pair began', async () => {
    const pair = aPair({ settings: { since: new Date(placedAt + 1).toISOString() } })
    const seam = await aReadSeam({ pair }).shop(anOrder()).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.outOfScope('pair')).toEqual([{ why: 'due before the pair’s start', count: 1 }])
  })
})
