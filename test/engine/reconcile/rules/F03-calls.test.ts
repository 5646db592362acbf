/** F03: calls that fail too often, and orders that people type in because of it. */
import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import type { Ownership } from '../../../../src-main/domain/ownership.ts'
import type { StreamName } from '../../../../src-main/domain/records.ts'
import { hours, minutes } from '../../../../src-main/domain/time.ts'
import type { CallEnd } from '../../../../src-main/engine/store/calls.ts'
import { aFinding, anErpOrder, anOrder, aPair, aPass } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { type Seam, aReadSeam, aSeam } from '../../../support/seam.ts'

/** Calls to the ERP in each of the last minutes, `ago` counted back from now. */
function calls(seam: Seam, ago: { from: number; to: number }, counts: Partial<Record<CallEnd, number>>): Seam {
  seam.store.transaction((tx) => {
    for (let minute = ago.from; minute > ago.to; minute -= 1) {
      const ended = Object.entries(counts).map(([what, count]) => [what as CallEnd, count] as const)
      seam.store.calls.note(tx, 'erp', seam.clock.now() - minutes(minute), new Map(ended))
    }
  })
  return seam
}

function health(seam: Seam, state: 'ok' | 'partial' | 'unreachable'): Seam {
  seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'erp', { state, says: null, clockOffsetMs: 0, at: seam.clock.now() }))
  return seam
}

function passes(seam: Seam, ...ends: readonly (readonly [StreamName, boolean])[]): Seam {
  seam.store.transaction((tx) => {
    for (const [nth, [stream, complete]] of ends.entries()) {
      seam.store.streams.cover(tx, 'erp', stream, { from: 0, to: seam.clock.now() })
      const at = seam.clock.now() - minutes(10 - nth)
      seam.store.streams.notePass(tx, 'erp', aPass({ stream, complete, startedAt: at, endedAt: at, faults: complete ? {} : { temporary: 1 } }))
    }
  })
  return seam
}

describe('F03-failed-calls', () => {
  const rule = 'F03-failed-calls'
  const found = (seam: Seam) => seam.store.incidents.live(10).find((one) => one.rule === rule)

  it('speaks when two of five calls fail for a while, names the class, and says who acts', async () => {
    const seam = await calls(aSeam(), { from: 10, to: 0 }, { ok: 12, temporary: 8, again: 6 }).run()
    expect([found(seam)?.subject, found(seam)?.severity]).toEqual([{ kind: 'connection', connection: 'erp', key: 'erp' }, 'high'])
    expect(found(seam)?.says).toBe('Calls to ERP fail: 80 of 200 temporary.')
    expect(found(seam)?.evidence.map((one) => `${one.label}: ${one.shop}`)).toEqual([
      'Failed: temporary: 80 of 200 calls in 15 minutes',
      'Who acts: whoever runs the platform, within 4 hours',
      'Cut for want of an answer: 0',
      'Made again: 60 of 200 calls',
    ])
    await seam.clock.advance(minutes(16))
    await calls(seam, { from: 15, to: 0 }, { ok: 20 }).run()
    expect(found(seam)).toBeUndefined()
  })

  it('once told stands through the gaps of a storm, until calls fail half as often', async () => {
    const seam = await calls(aSeam(), { from: 15, to: 0 }, { ok: 12, temporary: 8 }).run()
    for (const [temporary, stands] of [[2, true], [1, false]] as const) {
      await seam.clock.advance(minutes(16))
      // one call in ten is too few to be told of, and too many to be over
      await calls(seam, { from: 15, to: 0 }, { ok: 20 - temporary, temporary }).run()
      expect(found(seam) !== undefined).toBe(stands)
    }
    await seam.clock.advance(minutes(16))
    expect(found(await calls(seam, { from: 15, to: 0 }, { ok: 18, temporary: 2 }).run())).toBeUndefined()
  })

  it('counts time-outs as what they are', async () => {
    const seam = await calls(aSeam(), { from: 10, to: 0 }, { ok: 6, unreachable: 4, 'time-out': 4 }).run()
    expect(found(seam)?.evidence).toContainEqual({ label: 'Cut for want of an answer', shop: '40', erp: null, differs: true })
  })

  it.each<[FaultClass, number, string]>([
    ['tax', 1, 'high'],
    ['payment-mismatch', 1, 'high'],
    ['erp-rejection', 2, 'high'],
    ['validation', 5, 'medium'],
  ])('takes %s %i times in a day for an incident, as what is refused stands until somebody acts', async (name, count, severity) => {
    const seam = calls(aSeam(), { from: 60, to: 0 }, { ok: 20 })
    calls(seam, { from: 50, to: 50 - count + 1 }, { [name]: 1 })
    await seam.run()
    expect(found(seam)).toBeUndefined()
    await calls(seam, { from: 5, to: 4 }, { [name]: 1 }).run()
    expect(found(seam)?.severity).toBe(severity)
  })

  it('speaks of calls that had to be made again, though they succeeded then', async () => {
    const seam = await calls(aSeam(), { from: 10, to: 0 }, { ok: 20, again: 8 }).run()
    expect(found(seam)?.says).toBe('40 % of the calls to ERP had to be made again.')
  })

  it.each([
    ['a few fail within a minute', (seam: Seam) => calls(calls(seam, { from: 15, to: 1 }, { ok: 20 }), { from: 1, to: 0 }, { ok: 12, temporary: 8 })],
    ['a few of few fail within a minute', (seam: Seam) => calls(calls(calls(seam, { from: 15, to: 1 }, { ok: 2 }), { from: 12, to: 11 }, { temporary: 1 }), { from: 1, to: 0 }, { ok: 3, temporary: 8 })],
    ['nothing fails', (seam: Seam) => calls(seam, { from: 15, to: 0 }, { ok: 20 })],
    ['it was down, which is told by itself, and is back', (seam: Seam) => calls(calls(seam, { from: 15, to: 2 }, { unreachable: 6 }), { from: 2, to: 0 }, { ok: 20 })],
    ['it is down now', (seam: Seam) => health(calls(calls(seam, { from: 15, to: 5 }, { ok: 2 }), { from: 5, to: 0 }, { ok: 1, unreachable: 9 }), 'unreachable')],
    ['one stream fails each time, which is told of that stream', (seam: Seam) => passes(calls(calls(seam, { from: 15, to: 0 }, { ok: 12 }), { from: 9, to: 7 }, { temporary: 30, again: 20 }), ['stock', true], ['stock', false], ['stock', false], ['orders', true])],
    ['it happened an hour ago', (seam: Seam) => calls(seam, { from: 60, to: 40 }, { ok: 5, temporary: 5 })],
  ])('stays silent when %s', async (_why, given) => {
    const seam = await given(aSeam()).run()
    expect(found(seam)).toBeUndefined()
  })

  it('does not take for trouble with calls what was told of one stream until it was read again', async () => {
    const seam = calls(calls(aSeam(), { from: 15, to: 0 }, { ok: 12 }), { from: 9, to: 7 }, { temporary: 30 })
    const finding = aFinding({ rule: 'F11-stream-stale', subject: { kind: 'stream', connection: 'erp', key: 'stock' } })
    seam.store.transaction((tx) => seam.store.incidents.apply(tx, null, finding, { id: 'stale', market: null, dueAt: null, parent: null, at: seam.clock.now() - minutes(60) }))
    await passes(seam, ['orders', true], ['stock', false], ['stock', false], ['stock', true]).run()
    expect(found(seam)).toBeUndefined()
    expect(seam.store.incidents.get('stale')?.state).toBe('resolved')
    await seam.run()
    expect(found(seam)).toBeUndefined()
  })

  it('speaks of calls where every stream fails now and then', async () => {
    const seam = calls(aSeam(), { from: 15, to: 0 }, { ok: 12, temporary: 8 })
    await passes(seam, ['stock', false], ['stock', true], ['orders', true], ['invoices', false]).run()
    expect(found(seam)).toBeDefined()
  })

  it('is not closed because a storm has ended the reading of one stream only', async () => {
    const seam = await calls(aSeam(), { from: 15, to: 0 }, { ok: 12, temporary: 8 }).run()
    expect(found(seam)).toBeDefined()
    await seam.clock.advance(minutes(5))
    calls(seam, { from: 5, to: 0 }, { ok: 12, temporary: 8 })
    await passes(seam, ['orders', true], ['stock', true], ['stock', false]).run()
    expect(found(seam)).toBeDefined()
  })

  it('speaks though one stream alone was read in vain, where calls fail while others are read', async () => {
    const seam = calls(aSeam(), { from: 15, to: 0 }, { ok: 12, temporary: 8 })
    expect(found(await passes(seam, ['orders', true], ['stock', true], ['stock', false]).run())).toBeDefined()
  })

  it('is told alone while readings of the side end and fail by chance, and an outage beside it once nothing is answered any more', async () => {
    const blind = (of: Seam): boolean => of.open().includes('F12-connection-blind erp')
    const seam = await calls(aSeam(), { from: 10, to: 0 }, { ok: 12, temporary: 8 }).run()
    await health(seam, 'unreachable').run()
    expect([found(seam) !== undefined, blind(seam)]).toEqual([true, false])
    await seam.clock.advance(minutes(16))
    await calls(seam, { from: 15, to: 0 }, { temporary: 8 }).run()
    expect([found(seam) !== undefined, blind(seam)]).toEqual([true, true])
  })

  it('stays as it is while the side cannot be read at all', async () => {
    const seam = await calls(aSeam(), { from: 10, to: 0 }, { ok: 12, temporary: 8 }).run()
    await seam.clock.advance(hours(1))
    await health(seam, 'unreachable').run()
    expect(found(seam)).toBeDefined()
    await health(seam, 'ok').run()
    expect(found(seam)).toBeUndefined()
  })
})

describe('F03-manual-reentry', () => {
  const rule = 'F03-manual-reentry'
  const pair = aPair({ settings: { actors: { integration: ['integration'], people: ['clerk'] } } })
  const mayMake = (who: Partial<Ownership>) =>
    aPair({ settings: { ...pair.settings, owners: { order: { owner: 'shop', create: [], update: [], override: [], ...who } } } })

  it('speaks of an order of the shop that a person typed into the ERP', async () => {
    const seam = await aReadSeam({ pair }).shop(anOrder()).erp(anErpOrder({ createdBy: 'clerk' })).run()
    const [incident] = seam.store.incidents.live(10)
    expect([incident?.rule, incident?.subject.key, incident?.says]).toEqual([rule, '1001', 'Order 1001 was typed into ERP by hand, by user clerk.'])
  })

  it('speaks all the same where people of the ERP may only change what the shop has made, or own it', async () => {
    for (const given of [mayMake({ update: ['erp'] }), mayMake({ owner: 'erp' })]) {
      const seam = await aReadSeam({ pair: given }).shop(anOrder()).erp(anErpOrder({ createdBy: 'clerk' })).run()
      expect(seam.open()).toContain(`${rule} 1001`)
    }
  })

  it('does not judge who is in neither list', async () => {
    const seam = await aReadSeam({ pair }).shop(anOrder()).erp(anErpOrder({ createdBy: 'temp' })).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', monday + hours(2)).map((one) => [one.rule, one.count])).toEqual([[rule, 1]])
  })

  it.each([
    ['the integration made it', pair, anErpOrder(), anOrder()],
    ['the pair lets people make orders in the ERP', mayMake({ create: ['erp'] }), anErpOrder({ createdBy: 'clerk' }), anOrder()],
    ['the pair lets this user overrule whoever owns orders', mayMake({ override: ['clerk'] }), anErpOrder({ createdBy: 'clerk' }), anOrder()],
    ['nobody is named in the settings', aPair(), anErpOrder({ createdBy: 'clerk' }), anOrder()],
    ['the ERP does not say who made it', pair, anErpOrder({ createdBy: null }), anOrder()],
    ['it names no order of the shop', pair, anErpOrder({ createdBy: 'clerk', references: [] }), anOrder({ test: true })],
    ['it was cancelled', pair, anErpOrder({ createdBy: 'clerk', state: 'cancelled', reservesStock: false }), anOrder({ payment: { captures: [], state: 'authorised' } })],
  ])('stays silent when %s', async (_why, given, erp, shop) => {
    const seam = await aReadSeam({ pair: given }).shop(shop).erp(erp).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', monday + hours(2))).toEqual([])
  })
})
