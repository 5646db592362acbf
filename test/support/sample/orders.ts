/** Sample orders: a list to page through, the chain of any of them, and what a search finds. */
import type { ChainView, OrderRow, OrdersView, SearchView, VerdictView } from '../../../src-main/contract/order-views.ts'
import type { IncidentRow } from '../../../src-main/contract/views.ts'
import { toMajor } from '../../../src-main/domain/money.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import { sampleIncidents } from './incidents.ts'
import { sampleTickets } from './tickets.ts'
import { type Scene, currencies, dice, erp, lastRead, orderAmount, pick, shop } from './scene.ts'

const many = 640
const channels = ['Online store', 'Point of sale, Hamburg flagship store', 'Marketplace', 'Wholesale portal for dealers in the Gulf states'] as const
const fine: VerdictView = { kind: 'fine', why: null, severity: null, incident: null, incidents: 0 }

export function sampleOrderRows(scene: Scene): readonly OrderRow[] {
  if (scene.mood === 'empty' || scene.mood === 'unread') return []
  const roll = dice(4_242)
  const wrong = sampleIncidents(scene).filter((row) => row.subject.kind === 'order')
  return Array.from({ length: many }, (_, nth) => aRow(scene, roll, nth, wrong))
}

function aRow(scene: Scene, roll: () => number, nth: number, wrong: readonly IncidentRow[]): OrderRow {
  const incident = roll() > 0.8 ? wrong[nth % Math.max(1, wrong.length)] : undefined
  const currency = incident?.amount?.currency ?? pick(roll, currencies)
  const total = { minor: nth === 7 ? 1_284_905_500 : orderAmount(roll, currency), currency }
  const late = nth < 3
  const number = incident?.subject.key ?? (nth === 9 ? 'NL-EAST-WHOLESALE-2026-07-000000104881-PARTIAL-B' : `NL-${104_900 - nth}`)
  const verdict = verdictOf(incident, late, nth)
  const open = verdict.kind === 'not-due'
  return {
    number,
    placedAt: scene.now - nth * 1_140_000 - 90_000,
    channel: pick(roll, channels),
    total,
    payment: open ? 'pending' : nth % 17 === 0 ? 'partly-refunded' : 'captured',
    paid: { minor: open ? 0 : total.minor, currency },
    erp: erpOf(verdict, incident, number, nth),
    verdict,
  }
}

function verdictOf(incident: IncidentRow | undefined, late: boolean, nth: number): VerdictView {
  if (late) return { ...fine, kind: 'not-due', why: 'nothing is due in the ERP before it is paid' }
  if (incident !== undefined) return { kind: 'incident', why: incident.title, severity: incident.severity, incident: incident.id, incidents: nth % 5 === 0 ? 3 : 1 }
  if (nth % 13 === 0) return { ...fine, kind: 'not-judged', why: `orders of ${erp.label} are not read that far` }
  if (nth % 29 === 0) return { ...fine, kind: 'out-of-scope', why: 'test order' }
  return fine
}

function erpOf(verdict: VerdictView, incident: IncidentRow | undefined, number: string, nth: number): OrderRow['erp'] {
  if (verdict.kind === 'not-due') return { state: 'not-due', numbers: [] }
  if (verdict.kind === 'not-judged') return { state: 'unknown', numbers: [] }
  if (incident?.rule.includes('missing') === true) return { state: 'absent', numbers: [] }
  if (incident?.rule.includes('duplicate') === true) return { state: 'several', numbers: [`SO-${number.slice(3)}`, `SO-${number.slice(3)}-2`] }
  return { state: nth % 4 === 0 ? 'open' : 'done', numbers: [`SO-${number.slice(3)}`] }
}

interface Asked {
  readonly filter: { readonly verdict: string | null; readonly channel: string | null; readonly from: string | null; readonly to: string | null }
  readonly search: string | null
  readonly sort: OrdersView['sort']
  readonly limit: number
  readonly cursor: string | null
}

export function sampleOrders(scene: Scene, { filter, search, sort, limit, cursor }: Asked): OrdersView {
  const text = search?.trim().toUpperCase() ?? ''
  const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)
  const rows = sampleOrderRows(scene)
    .filter((row) => filter.verdict === null || row.verdict.kind === filter.verdict)
    .filter((row) => filter.channel === null || row.channel === filter.channel)
    .filter((row) => filter.from === null || dayOf(row.placedAt) >= filter.from)
    .filter((row) => filter.to === null || dayOf(row.placedAt) <= filter.to)
    .filter((row) => row.number.startsWith(text))
  const sorted = sortedBy(rows, text === '' ? sort : 'number')
  const from = cursor === null ? 0 : Number(cursor)
  return {
    rows: sorted.slice(from, from + limit),
    next: from + limit < sorted.length ? String(from + limit) : null,
    through: null,
    sort: text === '' ? sort : 'number',
    held: scene.mood === 'empty' || scene.mood === 'unread' ? 0 : 1_204_881,
    channels: [...channels],
    asOf: { at: scene.mood === 'unread' || scene.mood === 'empty' ? null : lastRead(scene), staleAfterMs: 60_000 },
  }
}

function sortedBy(rows: readonly OrderRow[], sort: OrdersView['sort']): readonly OrderRow[] {
  const way = sort === 'oldest' || sort === 'number' ? 1 : -1
  if (sort === 'newest' || sort === 'oldest') return rows.toSorted((one, other) => way * (one.placedAt - other.placedAt))
  return rows.toSorted((one, other) => way * (one.number < other.number ? -1 : 1))
}

export function sampleChain(scene: Scene, number: string, at: Instant | null): ChainView | null {
  const row = sampleOrderRows(scene).find((one) => one.number === number)
  if (row === undefined) return null
  const incidents = sampleIncidents(scene).filter((one) => one.subject.key === number)
  const now = at ?? scene.now
  const readAt = at === null ? lastRead(scene) : at - 4_000
  const total = `${toMajor(row.total.minor, row.total.currency)} ${row.total.currency}`
  return {
    pair: 'nordlicht',
    number,
    at,
    untold: at === null ? [] : ['It is judged by the pair’s settings of today, and by how each side rounds as far as that is known today.', 'How far a replay was on its way is not kept, only how it ended.'],
    shopLabel: shop.label,
    erpLabel: erp.label,
    shopAsOf: { at: readAt, staleAfterMs: 60_000 },
    erpAsOf: { at: readAt - 6_000, staleAfterMs: 60_000 },
    channel: row.channel,
    market: 'FR',
    verdict: row.verdict,
    stations: stationsOf(row, now),
    figures: [
      { label: 'Total', shop: total, erp: row.erp.numbers.length === 0 ? null : total, differs: row.erp.state === 'absent' },
      { label: 'Tax', shop: `33.30 ${row.total.currency}`, erp: row.erp.numbers.length === 0 ? null : `31.64 ${row.total.currency}`, differs: row.erp.numbers.length > 0 },
      { label: 'Units of goods', shop: '7', erp: row.erp.numbers.length === 0 ? null : '7', differs: false },
      { label: 'Received, invoiced', shop: total, erp: null, differs: false },
      { label: 'Made', shop: new Date(row.placedAt).toISOString(), erp: row.erp.numbers.length === 0 ? null : new Date(row.placedAt + 120_000).toISOString(), differs: false },
    ],
    payouts: payoutsOf(row, now),
    tax: row.erp.numbers.length === 0 ? null : taxOf(row),
    incidents: incidents.map((one) => ({ id: one.id, title: one.title, severity: one.severity, state: one.state, amount: one.amount, says: one.says, openedAt: one.openedAt })),
    replays: incidents
      .slice(0, 1)
      .map((one) => ({ id: 'intent-1', incident: one.id, action: 'order.create', state: at === null ? 'verified' : null, says: 'Found once in the ERP, under the shop’s number.', at: row.placedAt + 2_400_000 })),
    tickets: incidents.length === 0 ? [] : sampleTickets(row.placedAt),
    changes: [
      { at: row.placedAt + 1_900_000, side: 'erp', what: `Invoice INV/2026/07/${number.slice(3)}`, kind: 'first', changes: [] },
      {
        at: row.placedAt + 900_000,
        side: 'erp',
        what: `ERP order SO-${number.slice(3)}`,
        kind: 'changed',
        changes: [
          { label: 'State', before: 'quotation', after: 'processing' },
          { label: 'Line Wiśniewska tunnel tent, three persons, with footprint and repair kit', before: '1 × 419.00', after: '2 × 419.00' },
          { label: 'Tracking', before: null, after: '00340434161094015902' },
        ],
      },
      { at: row.placedAt + 180_000, side: 'erp', what: `ERP order SO-${number.slice(3)}`, kind: 'first', changes: [] },
      { at: row.placedAt + 60_000, side: 'shop', what: `Order ${number}`, kind: 'changed', changes: [{ label: 'Payment', before: 'pending', after: 'captured' }] },
      { at: row.placedAt + 8_000, side: 'shop', what: `Order ${number}`, kind: 'first', changes: [] },
    ],
  }
}

/** Paid out two days after it was placed, less 1.5 % and 0.25. */
function payoutsOf({ placedAt, total }: OrderRow, now: Instant): ChainView['payouts'] {
  const at = placedAt + 2 * 86_400_000
  const fee = { minor: Math.round(total.minor * 0.015) + 25, currency: total.currency }
  if (total.minor === 0) return []
  return at > now
    ? [{ payout: null, state: 'expected', at, gross: total, fee: null, net: null }]
    : [{ payout: '98000004711', state: 'paid', at, gross: total, fee, net: { ...total, minor: total.minor - fee.minor } }]
}

function stationsOf(row: OrderRow, now: Instant): ChainView['stations'] {
  const { placedAt, total, erp: booked } = row
  const there = booked.numbers.length > 0
  const plain = { word: '', at: null, amount: null, dueAt: null, why: null, documents: [] }
  const document = (id: string, word: string, at: Instant, amount = true, says: string[] = []) => ({ id, name: id, word, at, amount: amount ? total : null, says, stands: true })
  const isPaid = row.payment !== 'pending'
  const erpState = there ? 'there' : booked.state === 'absent' ? 'missing' : booked.state === 'not-due' ? 'not-due' : 'unknown'
  return [
    { ...plain, kind: 'order', side: 'shop', state: 'there', word: 'placed', at: placedAt, amount: total, documents: [document(row.number, 'placed', placedAt)] },
    {
      ...plain,
      kind: 'payment',
      side: 'shop',
      state: isPaid ? 'there' : 'not-due',
      word: row.payment.replace('-', ' '),
      at: isPaid ? placedAt + 60_000 : null,
      amount: isPaid ? row.paid : null,
      why: isPaid ? null : 'nothing is paid yet',
      documents: isPaid ? [document('Captured', 'captured', placedAt + 60_000, true, ['card'])] : [],
    },
    {
      ...plain,
      kind: 'erp-order',
      side: 'erp',
      state: erpState,
      word: there ? 'processing' : '',
      at: there ? placedAt + 180_000 : null,
      amount: there ? total : null,
      dueAt: there ? null : placedAt + 960_000,
      why: erpState === 'missing' ? `Order ${row.number} is paid in the shop and absent from the ERP.` : erpState === 'unknown' ? `orders of ${erp.label} are not read that far` : erpState === 'not-due' ? 'nothing is due there before it is paid' : null,
      documents: booked.numbers.map((one) => document(one, 'processing', placedAt + 180_000, true, [row.number])),
    },
    { ...plain, kind: 'delivery', side: 'erp', state: there ? 'there' : 'none', word: there ? 'shipped' : '', at: there ? placedAt + 1_800_000 : null, documents: there ? [document('WH/OUT/04411', 'shipped', placedAt + 1_800_000, false, ['00340434161094015902', '00340434161094015919'])] : [] },
    { ...plain, kind: 'parcel', side: 'shop', state: there ? 'not-due' : 'none', dueAt: there ? now + 1_500_000 : null, why: there ? `orders, shipments or parcels of ${shop.label} are not read that far` : null },
    { ...plain, kind: 'invoice', side: 'erp', state: there ? 'there' : 'none', word: there ? 'posted' : '', at: there ? placedAt + 1_900_000 : null, amount: there ? total : null, documents: there ? [document(`INV/2026/07/${row.number.slice(3)}`, 'posted', placedAt + 1_900_000)] : [] },
    row.payment === 'partly-refunded'
      ? { ...plain, kind: 'refund', side: 'shop', state: 'there', word: 'refunded', at: placedAt + 9_000_000, amount: { minor: 1_900, currency: total.currency }, documents: [] }
      : { ...plain, kind: 'refund', side: 'shop', state: 'none' },
    row.payment === 'partly-refunded' ? { ...plain, kind: 'credit-note', side: 'erp', state: 'missing', dueAt: placedAt + 9_900_000, why: 'A refund has no credit note.' } : { ...plain, kind: 'credit-note', side: 'erp', state: 'none' },
  ]
}

function taxOf({ total: { currency } }: OrderRow): ChainView['tax'] {
  return {
    currency,
    shop: `33.30 ${currency}`,
    erp: `31.64 ${currency}`,
    lines: [
      { title: 'Wiśniewska tunnel tent, three persons, with footprint and repair kit', shop: { quantity: '1', net: '119.00', tax: '23.80', rates: '20' }, erp: { quantity: '1', net: '119.00', tax: '22.61', rates: '19' }, differs: ['Tax rate'] },
      { title: 'Titanium stove', shop: { quantity: '2', net: '47.50', tax: '9.50', rates: '20' }, erp: { quantity: '2', net: '47.50', tax: '9.03', rates: '19' }, differs: ['Tax rate'] },
      { title: 'Express', shop: { quantity: '1', net: '9.00', tax: '0', rates: '' }, erp: null, differs: ['Shipping missing in the ERP'] },
    ],
    kind: 'ambiguous',
    sets: [
      [
        { cause: 'wrong-rate', says: 'Tax rate, Wiśniewska tunnel tent, three persons, with footprint and repair kit: 20 % → 19 %' },
        { cause: 'wrong-rate', says: 'Tax rate, Titanium stove: 20 % → 19 %' },
      ],
      [{ cause: 'gross-as-net', says: 'Prices with tax were booked as prices without: all lines' }],
    ],
    more: 2,
    cut: false,
    left: null,
    methods: { shop: 'each line, half up; 212 of 214 orders', erp: 'the total, half up; 214 of 214 orders' },
  }
}

export function sampleSearch(scene: Scene, text: string): SearchView {
  const typed = text.trim().toUpperCase()
  const orders = sampleOrderRows(scene).filter((row) => row.number.startsWith(typed)).slice(0, 12)
  const skus = ['NL-TENT-3P-GRN', 'NL-STOVE-TI-2', 'NL-JACKET-GTX-WOMENS-EXTRA-LONG-XXL-MIDNIGHT-BLUE'].filter((sku) => sku.startsWith(typed))
  return {
    rows: [
      ...orders.map((row) => ({ kind: 'order' as const, leads: 'order' as const, pair: 'nordlicht', key: row.number, label: row.number, says: shop.label })),
      ...orders.slice(0, 2).map((row) => ({ kind: 'invoice' as const, leads: 'order' as const, pair: 'nordlicht', key: row.number, label: `INV/2026/07/${row.number.slice(3)}`, says: `${erp.label}, of order ${row.number}` })),
      ...skus.map((sku) => ({ kind: 'product' as const, leads: 'product' as const, pair: 'nordlicht', key: sku, label: sku, says: shop.label })),
      ...('10442'.startsWith(typed) ? [{ kind: 'customer' as const, leads: 'erp-customer' as const, pair: 'nordlicht', key: '10442', label: '10442', says: erp.label }] : []),
    ],
    more: orders.length === 12,
  }
}
