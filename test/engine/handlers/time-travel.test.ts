/** The law of looking back: what is told of a moment is what was told at that moment, whatever happened since. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import type { DomainRecord, StreamName } from '../../../src-main/domain/records.ts'
import { type Instant, days, hours, minutes } from '../../../src-main/domain/time.ts'
import { chainOf } from '../../../src-main/engine/handlers/chain.ts'
import { overviewThen } from '../../../src-main/engine/handlers/overview-then.ts'
import { overviewOf } from '../../../src-main/engine/handlers/overview.ts'
import { aCreditNote, anErpOrder, anInvoice, anOrder, aPair, aShipment } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Seam, aSeam } from '../../support/seam.ts'

const pair = aPair({ settings: pairSettingsSchema.parse({ graceMinutes: 0, reference: '(?<number>\\d{4})' }) })
const numbers = ['1001', '1002', '1003'] as const

type Happening =
  | { readonly kind: 'keep'; readonly on: 'shop' | 'erp'; readonly record: DomainRecord }
  | { readonly kind: 'gone'; readonly on: 'shop' | 'erp'; readonly stream: StreamName }
  | { readonly kind: 'read'; readonly shop: boolean; readonly erp: boolean }

const number = fc.constantFrom(...numbers)
const keep = (on: 'shop' | 'erp') => (record: DomainRecord): Happening => ({ kind: 'keep', on, record })

const order = fc
  .record({ number, captured: fc.boolean(), cancelled: fc.boolean(), tax: fc.constantFrom('4.00', '3.98') })
  .map(({ number: of, captured, cancelled, tax }) =>
    anOrder({
      number: of,
      cancelledAt: cancelled ? monday : null,
      totals: { tax, total: tax === '4.00' ? '24.00' : '23.98' },
      payment: captured ? {} : { state: 'pending', captures: [], authorisedAt: null },
    }),
  )
/** The same document may come to name another order, or none. */
const erpOrder = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), reference: fc.constantFrom('1001', '1002', '1003', 'none'), state: fc.constantFrom('draft', 'open', 'done', 'cancelled'), tax: fc.constantFrom('4.00', '3.00') })
  .map(({ id, reference, state, tax }) =>
    anErpOrder({ id, number: `SO-${id}`, references: [reference], state: state as 'draft', platformState: state, totals: { tax, total: tax === '4.00' ? '24.00' : '23.00' } }),
  )
const served = fc.constantFrom('a', 'b', 'c')
const bill = fc.record({ id: fc.constantFrom('i', 'j'), of: served, credit: fc.boolean(), state: fc.constantFrom('draft', 'posted') }).map(({ id, of, credit, state }) => {
  const given = { id: credit ? `c-${id}` : id, orderIds: [of], state: state as 'draft' }
  return credit ? aCreditNote(given) : anInvoice(given)
})
const parcel = fc.record({ id: fc.constantFrom('p', 'q'), of: served, state: fc.constantFrom('open', 'shipped') }).map(({ id, of, state }) => aShipment({ id, orderIds: [of], state: state as 'open' }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: order.map(keep('shop')) },
  { weight: 5, arbitrary: erpOrder.map(keep('erp')) },
  { weight: 2, arbitrary: fc.oneof(bill, parcel).map(keep('erp')) },
  { weight: 1, arbitrary: fc.constantFrom('shop', 'erp').map((on): Happening => ({ kind: 'gone', on: on as 'shop', stream: 'orders' })) },
  { weight: 4, arbitrary: fc.record({ shop: fc.boolean(), erp: fc.boolean() }).map((read): Happening => ({ kind: 'read', ...read })) },
)

function happen(seam: Seam, now: Happening, at: Instant): void {
  switch (now.kind) {
    case 'keep':
      seam[now.on](now.record)
      break
    case 'gone':
      // a complete pass that met none of them
      seam.store.transaction((tx) => seam.store.snapshots.markGone(tx, now.on, now.stream, at, at))
      break
    case 'read':
      seam.coveredTo({ ...(now.shop ? { shop: at } : {}), ...(now.erp ? { erp: at } : {}) })
      break
    default:
      now satisfies never
  }
}

/** All that can be told of a moment, asked of now or of then. */
function told(seam: Seam, asOf: Instant | null) {
  const rooms = { store: seam.store, clock: seam.clock, zone: 'UTC', scheduler: { nextDueAt: () => null } }
  const overview = asOf === null ? overviewOf(rooms, null) : overviewThen(rooms, null, asOf)
  if ('refused' in overview) throw new Error(overview.refused)
  const { judgedAt, unmatched, tax, strip, connections } = overview
  return {
    overview: {
      judgedAt,
      unmatched: { ...unmatched, notJudged: null },
      tax: { ...tax, notJudged: null },
      strip: { flow: strip.flow, orders24h: strip.orders24h, openIncidents: strip.openIncidents },
      coverage: connections.map((one) => one.streams.map(({ stream, coveredFrom, coveredTo }) => ({ stream, coveredFrom, coveredTo })).filter((one_) => one_.coveredTo !== null)),
    },
    chains: numbers.map((of) => {
      const chain = chainOf(rooms, pair, of, asOf)
      return 'missing' in chain || 'refused' in chain ? null : { ...chain, at: null, untold: [] }
    }),
  }
}

const kinds = new Set<string>()

async function lived(happenings: readonly Happening[]): Promise<{ readonly seam: Seam; readonly moments: readonly { readonly at: Instant; readonly answer: ReturnType<typeof told> }[] }> {
  const seam = aSeam({ pair })
  const moments: { at: Instant; answer: ReturnType<typeof told> }[] = []
  for (const one of happenings) {
    seam.clock.jump(minutes(1))
    happen(seam, one, seam.clock.now())
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    await seam.run()
    const answer = told(seam, null)
    moments.push({ at: seam.clock.now(), answer })
    for (const chain of answer.chains) for (const station of chain?.stations ?? []) kinds.add(`${station.kind} ${station.state}`)
    for (const chain of answer.chains) kinds.add(chain?.verdict.kind ?? 'no order')
  }
  return { seam, moments }
}

describe('looking back', () => {
  it('at now shows what is shown now', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 12 }), async (happenings) => {
        const { seam } = await lived(happenings)
        expect(told(seam, seam.clock.now())).toEqual(told(seam, null))
        seam.store.close()
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  it('at any moment shows what was shown at that moment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 2, maxLength: 16 }), async (happenings) => {
        const { seam, moments } = await lived(happenings)
        seam.clock.jump(hours(3))
        for (const { at, answer } of moments) expect(told(seam, at)).toEqual(answer)
        // until the next thing happened nothing was other
        for (const { at, answer } of moments) expect(told(seam, at + minutes(1) - 1).chains.map(settled)).toEqual(answer.chains.map(settled))
        seam.store.close()
      }),
      { numRuns: 60 },
    )
    // a law over histories in which nothing is missing, waits or differs would hold for nothing
    const expected = ['incident', 'not-judged', 'not-due', 'no order', 'erp-order missing', 'erp-order unknown', 'erp-order there', 'invoice there', 'order missing']
    expect(expected.filter((kind) => !kinds.has(kind))).toEqual([])
  }, 180_000)

  it('says from when on the curve of stock ages is kept, and not that nothing was watched before', () => {
    const seam = aSeam({ pair })
    const rooms = { store: seam.store, clock: seam.clock, zone: 'UTC', scheduler: { nextDueAt: () => null } }
    const now = seam.clock.now()
    const first = now - hours(30)
    seam.store.transaction((tx) => {
      for (let nth = 0; nth < 5200; nth += 1) seam.store.stock.addPoint(tx, pair.id, { at: first + nth * 20_000, p50Ms: 1, p95Ms: 2, behind: 0 })
    })
    const then = (at: Instant) => {
      const overview = overviewThen(rooms, null, at)
      if ('refused' in overview) throw new Error(overview.refused)
      return { from: overview.stock.seriesFrom, points: overview.stock.series.length, isToldOf: overview.untold.some((one) => one.startsWith('The whole curve of stock ages')) }
    }
    const from = seam.store.stock.points(pair.id, 0, 10_000)[0]?.at ?? null
    expect(from).toBeGreaterThan(first)
    expect(then(first + 1)).toEqual({ from, points: 0, isToldOf: true })
    expect(then(first + hours(3))).toMatchObject({ from, isToldOf: true })
    expect(then(now)).toMatchObject({ from, isToldOf: false })
    expect(overviewOf(rooms, null).stock.seriesFrom).toBe(from)
  })

  it('says nothing of the kind while no point of it was let go', () => {
    const seam = aSeam({ pair })
    const rooms = { store: seam.store, clock: seam.clock, zone: 'UTC', scheduler: { nextDueAt: () => null } }
    const overview = overviewThen(rooms, null, seam.clock.now())
    expect('refused' in overview ? null : [overview.stock.seriesFrom, overview.untold.filter((one) => one.includes('curve'))]).toEqual([null, []])
  })

  it('is refused beyond what is kept, and for what has not come yet', () => {
    const seam = aSeam({ pair })
    const rooms = { store: seam.store, clock: seam.clock, zone: 'UTC' }
    const now = seam.clock.now()
    expect(chainOf(rooms, pair, '1001', now + 1)).toMatchObject({ refused: expect.stringContaining('has not come yet') })
    expect(chainOf(rooms, pair, '1001', now - days(91))).toMatchObject({ refused: expect.stringContaining('kept for 90 days') })
  })
})

/** Ages move on by themselves, and with them what is late. */
function settled(chain: ReturnType<typeof told>['chains'][number]) {
  return chain === null ? null : { figures: chain.figures, tax: chain.tax, incidents: chain.incidents, changes: chain.changes, documents: chain.stations.map((one) => one.documents) }
}
