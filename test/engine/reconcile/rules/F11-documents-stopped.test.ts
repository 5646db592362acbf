/** F11: parcels that are told to nobody and deliveries that nobody bills any more are one incident, with what they hold up under it. */
import { describe, expect, it } from 'vitest'
import { type Instant, type Span, minutes } from '../../../../src-main/domain/time.ts'
import { aPair, aShipment, anInvoice } from '../../../support/builders.ts'
import { arrived, nth, numberOf, readTo, sold } from '../../../support/flow.ts'
import { type Seam, aSeam } from '../../../support/seam.ts'

const rule = 'F11-documents-stopped'

interface Followed {
  /** How long after a delivery left the shop is told of it, or it is billed; null: never. */
  readonly told: Span | null
  readonly billed: Span | null
}

/** The nth order's delivery leaves a minute after it was placed. */
function leaves(seam: Seam, index: number, { told, billed }: Followed): void {
  const number = numberOf(index)
  const at = nth(index) + minutes(1)
  seam.shop(sold(number, nth(index))).erp(arrived(number, nth(index), { id: `so-${number}` }), aShipment({ id: `shp-${number}`, orderIds: [`so-${number}`], shippedAt: at, changedAt: at }))
  const order = seam.store.snapshots.byKey('shop', 'orders', 'number', number)[0]?.record.id ?? ''
  if (told !== null) seam.shop(aShipment({ id: `ful-${number}`, number: null, orderIds: [order], shippedAt: at + told, changedAt: at + told }))
  if (billed !== null) seam.erp(anInvoice({ id: `inv-${number}`, number: `INV${number}`, orderIds: [`so-${number}`], createdAt: at + billed, changedAt: at + billed }))
}

const both: Followed = { told: minutes(2), billed: minutes(3) }
const untold: Followed = { ...both, told: null }
const unbilled: Followed = { ...both, billed: null }

function flows(...spells: readonly (readonly [from: number, to: number, how: Followed])[]): Seam {
  const seam = aSeam({ pair: aPair() })
  for (const [from, to, how] of spells) for (let index = from; index < to; index += 1) leaves(seam, index, how)
  return seam
}

const late = (index: number): Instant => nth(index) + minutes(1) + minutes(16)
const of = (seam: Seam) => seam.open().filter((one) => one.startsWith('F11') || one.startsWith('F07-shipped-not') || one.startsWith('F06-invoice-missing'))

describe(rule, () => {
  it('speaks once when parcels leave and none is told, and what it holds up is under it', async () => {
    const seam = await readTo(flows([0, 12, both], [12, 16, untold]), late(12))
    const whole = seam.store.incidents.find('pair', rule, { kind: 'stream', connection: 'shop', key: 'fulfilments' })
    expect([whole?.state, whole?.severity, whole?.dueAt]).toEqual(['open', 'high', nth(12) + minutes(1)])
    expect(whole?.says).toMatch(/^No parcel of ERP has been told to Shop since .*; 4 deliveries wait\.$/)
    await readTo(seam, late(15))
    const children = seam.store.incidents.live(100).filter((one) => one.rule === 'F07-shipped-not-told')
    expect(children.map((one) => one.parent)).toEqual(children.map(() => whole?.id))
    expect(children).toHaveLength(4)
  })

  it('closes when the next parcel is told, and says which', async () => {
    const seam = await readTo(flows([0, 12, both], [12, 16, untold]), late(15))
    for (const index of [12, 13, 14, 15, 16]) leaves(seam, index, { ...both, told: minutes(30) })
    await readTo(seam, late(17))
    expect(of(seam)).toEqual([])
    expect(seam.store.incidents.find('pair', rule, { kind: 'stream', connection: 'shop', key: 'fulfilments' })?.resolvedBy).toContain('Shop is told of parcels as it should')
  })

  it('speaks of deliveries that nobody bills long before each of them is late', async () => {
    const seam = await readTo(flows([0, 12, both], [12, 16, unbilled]), late(12))
    expect(of(seam)).toEqual([`${rule} invoices`])
  })

  it('gives a run that bills once in a while three times as long as it usually takes', async () => {
    const nightly = { ...both, billed: minutes(60) }
    const seam = flows([0, 12, nightly], [12, 16, unbilled])
    expect(of(await readTo(seam, nth(12) + minutes(170)))).toEqual([])
    expect(of(await readTo(seam, nth(12) + minutes(182)))).toEqual([`${rule} invoices`])
  })

  it('counts what should have been followed by now, and not what left a moment ago', async () => {
    const seam = flows([0, 12, { ...both, told: minutes(4) }], [12, 15, untold])
    expect(of(await readTo(seam, late(12)))).toEqual(['F07-shipped-not-told 2012'])
    expect(of(await readTo(seam, nth(14) + minutes(10)))).toContain(`${rule} fulfilments`)
  })

  it.each<[string, () => Seam]>([
    ['only two wait: each may be left out by itself', () => flows([0, 12, both], [12, 14, untold])],
    ['later ones are told', () => flows([0, 8, both], [8, 12, untold], [12, 14, both])],
    ['nothing was ever told: there is no job that could have stopped', () => flows([0, 12, untold])],
    ['nothing leaves', () => flows([0, 12, both])],
  ])('stays silent when %s', async (_why, seam) => {
    expect((await readTo(seam(), late(16))).open().filter((one) => one.startsWith(rule))).toEqual([])
  })

  it('waits for a side that is not read that far', async () => {
    const seam = flows([0, 12, both], [12, 16, untold])
    await seam.clock.advance(late(15) - seam.clock.now())
    await seam.coveredTo({ shop: nth(12), erp: late(15) }).run()
    expect(of(seam)).toEqual([])
  })

  it('says the same of everything at once as of what changed', async () => {
    const stepwise = await readTo(await readTo(flows([0, 12, both], [12, 16, untold]), late(10)), late(15))
    const atOnce = flows([0, 12, both], [12, 16, untold])
    await atOnce.clock.advance(late(15) - atOnce.clock.now())
    await atOnce.coveredTo({ shop: late(15), erp: late(15) }).full()
    expect(atOnce.open()).toEqual(stepwise.open())
  })
})
