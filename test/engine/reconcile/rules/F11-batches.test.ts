/** F11: orders that come in batches or pile up: named once, and what they make late is not told order by order. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../../../src-main/domain/time.ts'
import { aPair } from '../../../support/builders.ts'
import { arrived, flow, nth, numberOf, readTo, sold } from '../../../support/flow.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

/** Orders `from` up to `to` wait for the batch at that moment. */
function batch(seam: Seam, from: number, to: number, at: number): Seam {
  for (let index = from; index < to; index += 1) {
    seam.shop(sold(numberOf(index), nth(index))).erp(arrived(numberOf(index), at + (index - from) * 1000))
  }
  return seam
}

/** It ran at once until an hour into the day, and hourly since. */
function hourly(pair = aPair()): Seam {
  const seam = flow(aSeam({ pair }), 0, 12, minutes(1))
  return batch(batch(seam, 12, 24, nth(24)), 24, 36, nth(36))
}

function ofRule(seam: Seam, rule: string) {
  return seam.store.incidents.live(100).filter((one) => one.rule === rule)
}

describe('F11-batch-rhythm', () => {
  const rule = 'F11-batch-rhythm'

  it('names the pace and how many it made late', async () => {
    const seam = await readTo(hourly(), nth(36) + minutes(1))
    const [incident] = ofRule(seam, rule)
    expect([incident?.subject.kind, incident?.subject.key]).toEqual(['stream', 'orders'])
    // due from 10:00 to 10:45 for 11:00 and some seconds, so ten of twelve waited longer than the quarter of an hour that is agreed
    expect(incident?.says).toMatch(/every 60 minutes; that made 20 of the last 24 late/)
  })

  it('takes the orders that wait for the next batch under it, and calls the flow stopped only when that one is left out', async () => {
    const seam = await readTo(hourly(), nth(36) + minutes(1))
    const [parent] = ofRule(seam, rule)
    for (let index = 36; index < 44; index += 1) seam.shop(sold(numberOf(index), nth(index)))
    await readTo(seam, nth(42))
    const missing = ofRule(seam, 'F02-paid-order-missing')
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.every((one) => one.parent === parent?.id)).toBe(true)
    expect(ofRule(seam, 'F11-flow-stopped')).toEqual([])
    await readTo(seam, nth(36) + minutes(200))
    expect(ofRule(seam, 'F11-flow-stopped')).toHaveLength(1)
    expect(ofRule(seam, rule)).toEqual([])
  })

  it('lets an order go that a batch has left out', async () => {
    const seam = await readTo(hourly(), nth(36) + minutes(1))
    seam.shop(sold(numberOf(36), nth(36)))
    for (let index = 37; index < 48; index += 1) seam.shop(sold(numberOf(index), nth(index)))
    await readTo(seam, nth(41))
    expect(ofRule(seam, 'F02-paid-order-missing')[0]?.parent).not.toBeNull()
    await readTo(batch(seam, 37, 48, nth(48)), nth(48) + minutes(1))
    expect(ofRule(seam, 'F02-paid-order-missing').map((one) => [one.subject.key, one.parent])).toEqual([[numberOf(36), null]])
  })

  it('closes when orders come at once again', async () => {
    const seam = await readTo(hourly(), nth(36) + minutes(1))
    await readTo(flow(seam, 36, 40, minutes(1)), nth(40))
    expect(ofRule(seam, rule)).toEqual([])
  })

  it.each([
    ['they come at once', () => flow(aSeam(), 0, 36, minutes(1))],
    ['customers themselves come in waves, and each order at once', () => {
      const seam = aSeam()
      for (const wave of [0, 12, 24, 36]) for (let n = 0; n < 8; n += 1) {
        const at = nth(wave) + n * 1000
        seam.shop(sold(`${wave}-${n}`, at)).erp(arrived(`${wave}-${n}`, at + minutes(1)))
      }
      return seam
    }],
    ['it paused once', () => batch(flow(aSeam(), 0, 24, minutes(1)), 24, 36, nth(36))],
    ['that pace is agreed', () => hourly(aPair({ settings: { graceMinutes: 70 } }))],
  ])('stays silent when %s', async (_why, seam) => {
    const read = await readTo(seam(), nth(36) + minutes(2))
    expect(ofRule(read, rule)).toEqual([])
  })
})

describe('F11-backlog', () => {
  const rule = 'F11-backlog'

  /** Of sixty orders each third is set aside. */
  function dropping(aside: (index: number) => boolean): Seam {
    const seam = aSeam()
    for (let index = 0; index < 60; index += 1) flow(seam, index, index + 1, aside(index) ? null : minutes(1))
    return seam
  }

  it('speaks when many fell due and are not there, though later ones are', async () => {
    const seam = await readTo(dropping((index) => index % 2 === 0 && index < 58), nth(60) + minutes(20))
    // one round says that they are missing, the next adds them up
    await readTo(seam, nth(60) + minutes(21))
    const [incident] = ofRule(seam, rule)
    expect([incident?.severity, incident?.says.slice(0, 10)]).toEqual(['high', '29 orders '])
    for (let index = 0; index < 58; index += 2) seam.erp(arrived(numberOf(index), nth(61)))
    await readTo(await readTo(seam, nth(62)), nth(62) + minutes(1))
    expect(ofRule(seam, rule)).toEqual([])
  })

  it.each([
    ['a few are missing', (index: number) => index % 6 === 0],
    ['nothing arrives at all', (index: number) => index > 10],
    ['nothing is missing', () => false],
  ])('stays silent when %s', async (_why, aside) => {
    const seam = await readTo(await readTo(dropping(aside), nth(60) + minutes(20)), nth(60) + minutes(21))
    expect(ofRule(seam, rule)).toEqual([])
  })
})
