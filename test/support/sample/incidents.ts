/** Sample incidents of every rule, with the evidence of both sides. */
import type { IncidentRow, IncidentView } from '../../../src-main/contract/views.ts'
import type { Cause, Evidence, IncidentState, Severity } from '../../../src-main/domain/incident.ts'
import type { ActionId } from '../../../src-main/domain/intent.ts'
import { type Currency, toMajor } from '../../../src-main/domain/money.ts'
import { type Scene, currencies, dice, erp, lastRead, orderAmount, pick, shop } from './scene.ts'

interface Kind {
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly subject: 'order' | 'sku' | 'connection'
  readonly weight: number
  readonly repair: ActionId | null
  readonly cause: Cause | null
  readonly says: (key: string, amount: string) => string
}

export const kinds: readonly [Kind, ...Kind[]] = [
  { rule: 'F02-paid-order-missing', title: 'Paid order never reached the ERP', severity: 'critical', subject: 'order', weight: 23, repair: 'order.create', cause: null, says: (key, amount) => `Order ${key} is paid (${amount}) in the shop and absent from the ERP.` },
  { rule: 'F02-order-missing', title: 'Order never reached the ERP', severity: 'high', subject: 'order', weight: 11, repair: 'order.create', cause: null, says: (key) => `Order ${key} is due in the ERP and absent there; nothing was captured yet.` },
  { rule: 'F02-duplicate-erp-order', title: 'Order is in the ERP twice', severity: 'high', subject: 'order', weight: 4, repair: null, cause: null, says: (key, amount) => `Order ${key} stands twice in the ERP; together they exceed it by ${amount}.` },
  { rule: 'F02-total-differs', title: 'Totals differ', severity: 'high', subject: 'order', weight: 14, repair: null, cause: 'shipping', says: (key, amount) => `Order ${key} differs by ${amount}: the ERP has no line for shipping.` },
  { rule: 'F05-tax-differs', title: 'Tax differs', severity: 'high', subject: 'order', weight: 37, repair: null, cause: 'wrong-rate', says: (key, amount) => `Tax of order ${key} differs by ${amount}: the ERP took 19 % where the shop charged 20 %.` },
  { rule: 'F01-stock-behind', title: 'Stock on sale is behind', severity: 'medium', subject: 'sku', weight: 58, repair: 'stock.set', cause: 'oversell', says: (key) => `${key} is offered with more units than the ERP has.` },
  { rule: 'F05-tax-rounding', title: 'Tax rounds differently', severity: 'low', subject: 'order', weight: 19, repair: null, cause: 'rounding', says: (key, amount) => `Tax of order ${key} differs by ${amount}: the shop rounds each line, the ERP the total.` },
]

const products = ['NL-TENT-3P-GRN', 'NL-STOVE-TI-2', 'NL-JACKET-GTX-WOMENS-EXTRA-LONG-XXL-MIDNIGHT-BLUE', 'NL-BOTTLE-750', 'NL-ROPE-9.8-60M', 'KLM-SHELF-OAK-220x80x35'] as const
const places = ['Hamburg', 'Leipzig', 'Rotterdam cross-dock, bonded area'] as const

export function sampleIncidents(scene: Scene): IncidentRow[] {
  if (scene.mood === 'empty' || scene.mood === 'unread' || scene.mood === 'calm') return []
  const roll = dice(20_260_602)
  return kinds.flatMap((kind) => Array.from({ length: kind.weight }, (_, index) => anIncident(kind, index, roll, scene)))
}

function anIncident(kind: Kind, index: number, roll: () => number, scene: Scene): IncidentRow {
  const currency: Currency = pick(roll, currencies)
  const full = orderAmount(roll, currency)
  const money = kind.subject === 'sku' ? null : { minor: moneyOf(kind, full, roll), currency }
  const key = kind.subject === 'sku' ? `${pick(roll, products)}@${pick(roll, places)}` : `NL-${104_882 - Math.floor(roll() * 4_000)}`
  const openedAt = scene.now - Math.floor(roll() ** 3 * 12 * 86_400_000) - 40_000 - index * 1000
  return {
    id: `${kind.rule.toLowerCase()}-${index}`,
    rule: kind.rule,
    title: kind.title,
    severity: kind.severity,
    state: stateOf(roll()),
    pair: 'nordlicht',
    subject: { kind: kind.subject, connection: shop.id, key },
    amount: money,
    cause: kind.cause,
    says: kind.says(key, money === null ? '' : `${toMajor(Math.abs(money.minor), currency)} ${currency}`),
    openedAt,
    seenAt: lastRead(scene),
    resolvedAt: null,
    reopenedCount: roll() > 0.9 ? 2 : 0,
    owner: index % 3 === 0 ? { id: 'finance', name: 'Finance' } : { id: 'you', name: 'Marit Ahlers' },
    slaDueAt: openedAt + (kind.severity === 'critical' ? 4 : 30) * 3_600_000,
    parent: null,
    repair: kind.repair,
  }
}

function moneyOf(kind: Kind, full: number, roll: () => number): number {
  if (kind.rule.startsWith('F02-paid') || kind.rule === 'F02-order-missing') return full
  const sign = roll() > 0.35 ? 1 : -1
  if (kind.cause === 'rounding') return sign * (1 + Math.floor(roll() * 3))
  return sign * Math.max(1, Math.round(full * 0.01))
}

function stateOf(roll: number): IncidentState {
  if (roll < 0.78) return 'open'
  if (roll < 0.92) return 'acknowledged'
  return roll < 0.96 ? 'snoozed' : 'ignored'
}

export function sampleIncident(row: IncidentRow, scene: Scene, moved: IncidentView['timeline'], replays: IncidentView['replays']): IncidentView {
  const readAt = lastRead(scene)
  return {
    ...row,
    evidence: evidenceOf(row),
    children: 0,
    order: row.subject.kind === 'order' ? row.subject.key : null,
    parentSays: null,
    resolvedBy: row.resolvedAt === null ? null : 'Both sides agree since the last read.',
    closedAs: row.resolvedAt === null ? null : 'evidence',
    ownedBy: 'rule',
    slaLeftMs: row.slaDueAt === null ? null : row.slaDueAt - scene.now,
    snoozedUntil: row.state === 'snoozed' ? scene.now + 3 * 3_600_000 : null,
    shopAsOf: { at: readAt, staleAfterMs: 60_000 },
    erpAsOf: { at: readAt - 6_000, staleAfterMs: 60_000 },
    shopLabel: shop.label,
    erpLabel: erp.label,
    timeline: [
      { at: row.openedAt - 900_000, what: 'due', who: 'Plumbline', says: 'The order was due in the ERP: its first capture, plus 15 minutes of grace.' },
      { at: row.openedAt - 2_000, what: 'looked-up', who: 'Plumbline', says: 'Asked Tryton live for this number, and found nothing under it.' },
      { at: row.openedAt, what: 'opened', who: 'Plumbline', says: 'Opened as critical.' },
      ...moved,
    ],
    replays,
    guide: [
      'Look whether the integration still has it in its own queue; a rerun there is the safer repair.',
      'If not, preview the repair below. Nothing is sent before you confirm.',
      'The incident closes by itself once both sides agree.',
    ],
  }
}

function evidenceOf(row: IncidentRow): Evidence[] {
  const amount = row.amount === null ? null : `${toMajor(Math.abs(row.amount.minor), row.amount.currency)} ${row.amount.currency}`
  if (row.subject.kind === 'sku') {
    return [
      { label: 'SKU', shop: row.subject.key.split('@')[0] ?? null, erp: row.subject.key.split('@')[0] ?? null, differs: false },
      { label: 'Available', shop: '17', erp: '3', differs: true },
      { label: 'Changed', shop: '2026-07-13 22:41:10 UTC', erp: '2026-07-14 09:12:44 UTC', differs: true },
      { label: 'Sold since', shop: '4', erp: null, differs: true },
    ]
  }
  const missing = row.rule.includes('missing')
  return [
    { label: 'Number', shop: row.subject.key, erp: missing ? null : `SO-${row.subject.key.slice(3)}`, differs: missing },
    { label: 'Placed', shop: '2026-07-14 08:57:02 UTC', erp: missing ? null : '2026-07-14 09:01:40 UTC', differs: false },
    { label: 'Customer', shop: 'cus_01J9ZK4W8N (Wiśniewska-Papadopoulou & Söhne Expeditionsausrüstung GmbH & Co. KG)', erp: missing ? null : '10442', differs: false },
    { label: 'Captured', shop: amount, erp: null, differs: missing },
    { label: 'Total', shop: amount, erp: missing ? null : amount, differs: missing || row.rule.includes('total') },
    { label: 'Tax', shop: '20 %: 33.3 EUR', erp: missing ? null : '19 %: 31.64 EUR', differs: row.rule.includes('tax') },
    { label: 'Lines', shop: '3', erp: missing ? null : '2', differs: true },
  ]
}
