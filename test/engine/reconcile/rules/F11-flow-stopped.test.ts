/** F11: a stopped integration is one incident, with the orders that it holds up under it. */
import { describe, expect, it } from 'vitest'
import { days, minutes } from '../../../../src-main/domain/time.ts'
import { aPair, anIntent } from '../../../support/builders.ts'
import { monday } from '../../../support/clock.ts'
import { arrived, flow, nth, numberOf, readTo, sold } from '../../../support/flow.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

const rule = 'F11-flow-stopped'

/** Twenty orders came over within two minutes each; then `waiting` came no more. */
function stopped(waiting: number, pair = aPair()): Seam {
  return flow(flow(aSeam({ pair }), 0, 20, minutes(2)), 20, 20 + waiting, null)
}

/** The grace of the first order that is held up is over. */
const late = nth(20) + minutes(16)

function parents(seam: Seam): readonly (readonly [string, string | null])[] {
  return seam.store.incidents.live(100).map((one) => [`${one.rule} ${one.subject.key}`, one.parent])
}

describe(rule, () => {
  it('speaks once when orders fall due and none arrives, and everything it holds up is under it', async () => {
    const seam = await readTo(stopped(4), late)
    const flowing = seam.store.incidents.find('pair', rule, { kind: 'stream', connection: 'shop', key: 'orders' })
    expect([flowing?.state, flowing?.severity, flowing?.dueAt]).toEqual(['open', 'critical', nth(20)])
    expect(flowing?.says).toContain('; 4 wait.')
    // two of the orders were due long enough ago to be missing by themselves
    await readTo(seam, nth(21) + minutes(16))
    expect(parents(seam)).toEqual([
      ['F02-paid-order-missing 2020', flowing?.id ?? ''],
      ['F02-paid-order-missing 2021', flowing?.id ?? ''],
      [`${rule} orders`, null],
    ])
  })

  it('closes when orders arrive again, and what is still missing a while later speaks for itself', async () => {
    const seam = await readTo(stopped(4), nth(23) + minutes(16))
    expect(seam.open()).toContain(`${rule} orders`)
    // it runs again, and has dropped the first one
    const at = nth(30)
    for (const index of [21, 22, 23]) seam.erp(arrived(numberOf(index), at))
    seam.changes.length = 0
    await readTo(seam, at + minutes(1))
    expect(parents(seam).map(([what]) => what)).toEqual(['F02-paid-order-missing 2020'])
    expect(seam.store.incidents.find('pair', rule, { kind: 'stream', connection: 'shop', key: 'orders' })?.resolvedBy).toContain('Orders arrive in ERP')
    expect(seam.changes.filter((one) => one.what === 'opened')).toEqual([])
    await readTo(seam, at + minutes(17))
    expect(parents(seam)).toEqual([['F02-paid-order-missing 2020', null]])
    expect(seam.changes.filter((one) => one.what === 'opened').map((one) => one.rule)).toEqual(['F02-paid-order-missing'])
  })

  it('takes what was told before under it, once it is known to stand still', async () => {
    const seam = await readTo(stopped(2), nth(21) + minutes(16))
    expect(parents(seam).map(([, parent]) => parent)).toEqual([null, null])
    await readTo(seam.shop(sold('2022', nth(22))), nth(22) + minutes(16))
    expect(parents(seam).every(([what, parent]) => (what === `${rule} orders` ? parent === null : parent !== null))).toBe(true)
    expect(seam.open()).toContain(`${rule} orders`)
  })

  it('says the same of everything at once as of what changed', async () => {
    const stepwise = await readTo(await readTo(stopped(4), nth(20) + minutes(5)), nth(23) + minutes(20))
    const atOnce = stopped(4).coveredTo({ shop: nth(23) + minutes(20), erp: nth(23) + minutes(20) })
    await atOnce.full()
    expect(atOnce.open()).toEqual(stepwise.open())
    expect(parents(atOnce).filter(([, parent]) => parent !== null)).toHaveLength(4)
  })

  it.each([
    ['it never ran', () => flow(aSeam(), 0, 6, null)],
    ['only two wait: each may be lost by itself', () => stopped(2)],
    ['one of three is a pre-order, and due next week', () => {
      const order = sold('2022', nth(22))
      return stopped(2).shop({ ...order, promisedAt: nth(22) + days(7) })
    }],
    ['one of three fell due after both sides were read', () => stopped(2).shop(sold('2022', nth(22) + minutes(17)))],
    ['one of three came no later than others do', () => stopped(2).shop(sold('2022', nth(22) + minutes(13)))],
    ['they are not late yet', () => flow(flow(aSeam(), 0, 23, minutes(2)), 23, 29, null)],
    ['later orders arrive', () => flow(stopped(4), 24, 27, minutes(2))],
    ['there is nothing to bring over', () => flow(aSeam(), 0, 20, minutes(2))],
    ['what waits was cancelled', () => {
      const seam = flow(aSeam(), 0, 20, minutes(2))
      for (const index of [20, 21, 22, 23]) seam.shop({ ...sold(numberOf(index), nth(index)), cancelledAt: nth(index) + minutes(1) })
      return seam
    }],
    ['the pair has switched the rule off', () => stopped(4, aPair({ settings: { rules: { [rule]: { on: false, severity: null, owner: null, slaMinutes: null, reactMinutes: null, params: {}, markets: {} } } } }))],
  ])('stays silent when %s', async (_why, seam) => {
    const read = await readTo(seam(), nth(22) + minutes(16))
    expect(read.open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('is no more patient after a stop of hours than before it', async () => {
    const seam = flow(aSeam(), 0, 60, minutes(2))
    // eighty orders were held up for hours, and brought at once
    for (let index = 60; index < 140; index += 1) seam.shop(sold(numberOf(index), nth(index))).erp(arrived(numberOf(index), nth(140) + index * 100))
    flow(flow(seam, 141, 144, minutes(2)), 144, 150, null)
    await readTo(seam, nth(144) + minutes(16))
    expect(seam.open()).toContain(`${rule} orders`)
  })

  it('has the patience of a pair whose orders usually take an hour', async () => {
    const seam = flow(flow(aSeam(), 0, 20, minutes(60)), 32, 36, null)
    await readTo(seam, nth(32) + minutes(179))
    expect(seam.open().filter((one) => one.startsWith(rule))).toEqual([])
    await readTo(seam, nth(32) + minutes(181))
    expect(seam.open()).toContain(`${rule} orders`)
  })

  it('does not judge what a side that is not read that far may hold', async () => {
    const seam = stopped(4)
    await seam.clock.advance(late - seam.clock.now())
    await seam.coveredTo({ shop: late, erp: nth(21) }).run()
    expect(seam.open()).toEqual([])
  })

  it('waits, once the shop could not be read, until both sides are read past that: what caught up shows on the one before the other', async () => {
    const health = (state: 'unreachable' | 'ok') => seam.store.transaction((tx) => seam.store.connections.saveHealth(tx, 'shop', { state, says: null, clockOffsetMs: 0, at: seam.clock.now() }))
    const flowing = () => seam.open().filter((one) => one.startsWith('F11'))
    const seam = await readTo(flow(aSeam(), 0, 20, minutes(2)), nth(20))
    health('unreachable')
    await seam.clock.advance(nth(26) - seam.clock.now())
    await seam.coveredTo({ erp: nth(26) }).run()
    expect(seam.open()).toEqual(['F12-connection-blind shop'])
    // what it sold meanwhile is read, and the ERP was read last before any of it came
    await seam.clock.advance(minutes(1))
    health('ok')
    await flow(seam, 20, 26, null).coveredTo({ shop: seam.clock.now() }).run()
    expect(flowing()).toEqual([])
    await readTo(seam, nth(27))
    expect(flowing()).toEqual([`${rule} orders`])
  })

  it('is not taken in by a person who types in what is missing', async () => {
    const pair = aPair({ settings: { actors: { integration: ['integration'], people: ['clerk'] } } })
    const seam = stopped(5, pair).erp(arrived('2024', nth(23), { createdBy: 'clerk' }))
    await readTo(seam, late)
    expect(seam.open()).toContain(`${rule} orders`)
  })

  it('is not taken in by our own repair of one order', async () => {
    const seam = stopped(5)
    seam.erp(arrived('2024', nth(23)))
    seam.store.transaction((tx) => {
      seam.store.intents.add(tx, anIntent({ target: '2024', state: 'sending' }))
      seam.store.intents.move(tx, 'intent-1', { from: 'sending', to: 'verified', says: 'There.', at: monday, targetId: 'so-2024' })
    })
    await readTo(seam, late)
    expect(seam.open()).toContain(`${rule} orders`)
  })

  it('counts an order that falls due long after it was placed', async () => {
    // captured on shipment: placed in the night, due now
    const seam = flow(aSeam(), 0, 20, minutes(2))
    for (const index of [20, 21, 22]) {
      const order = sold(numberOf(index), monday - minutes(600))
      seam.shop({ ...order, payment: { ...order.payment, captures: [{ at: nth(index), amount: 2400 }] } })
    }
    await readTo(seam, nth(22) + minutes(5))
    await readTo(seam, nth(22) + minutes(16))
    expect(seam.open()).toContain(`${rule} orders`)
  })
})
