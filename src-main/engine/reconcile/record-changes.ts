/** What a record says, fact by fact in words, so that two of its versions can be told apart by a person. */
import { short } from './difference.ts'
import { toMajor } from '../../domain/money.ts'
import type { DomainRecord } from '../../domain/records.ts'
import { type Instant, iso } from '../../domain/time.ts'

export interface FactChange {
  readonly label: string
  readonly before: string | null
  readonly after: string | null
}

/** What is other in a record than in an earlier version of it; empty where nothing that a person reads is. */
export function changesBetween(before: DomainRecord, after: DomainRecord): readonly FactChange[] {
  const was = new Map(factsOf(before))
  const is = new Map(factsOf(after))
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((label) => {
    const change = { label, before: was.get(label) ?? null, after: is.get(label) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

type Facts = readonly (readonly [label: string, text: string | null])[]

function factsOf(record: DomainRecord): Facts {
  switch (record.kind) {
    case 'order':
      return [
        ['Number', record.number],
        ['Total', `${short(record.totals.total)} ${record.currency}`],
        ['Tax', `${short(record.totals.tax)} ${record.currency}`],
        ['Payment', record.payment.state],
        ['Captured', minorOf(record.payment.captures, record.currency)],
        ['Refunded', minorOf(record.refunds, record.currency)],
        ['Parcels', record.fulfilment.state],
        ['Tracking', list(record.fulfilment.tracking)],
        ['Channel', record.channel],
        ['Cancelled', moment(record.cancelledAt)],
        ...record.lines.map((line) => [`Line ${line.title}`, `${short(line.quantity)} × ${short(line.unitPrice)}`] as const),
      ]
    case 'erp-order':
      return [
        ['Number', record.number],
        ['References', list(record.references)],
        ['State', record.platformState],
        ['Total', `${short(record.totals.total)} ${record.currency}`],
        ['Tax', `${short(record.totals.tax)} ${record.currency}`],
        ...record.lines.map((line) => [`Line ${line.title}`, `${short(line.quantity)} × ${short(line.unitPrice)}`] as const),
      ]
    case 'invoice':
    case 'credit-note':
      return [
        ['Number', record.number],
        ['State', record.state],
        ['Issued', record.issuedOn],
        ['Total', `${short(record.totals.total)} ${record.currency}`],
        ['Tax', `${short(record.totals.tax)} ${record.currency}`],
        ['Still to be paid', record.open === null ? null : `${short(record.open)} ${record.currency}`],
        ['Orders', list(record.orderIds)],
      ]
    case 'shipment':
      return [
        ['State', record.state],
        ['Sent', moment(record.shippedAt)],
        ['Tracking', list(record.tracking)],
        ['From', record.location],
        ...record.lines.map((line) => [`Units of ${line.sku ?? 'a line without SKU'}`, short(line.quantity)] as const),
      ]
    case 'return':
      return [
        ['State', record.state],
        ['Came back', moment(record.receivedAt)],
        ['To', record.location],
        ...record.lines.map((line) => [`Units of ${line.sku ?? 'a line without SKU'}`, short(line.quantity)] as const),
      ]
    case 'payment':
      return [
        ['Amount', minorOf([record], record.currency)],
        ['Captured', minorOf(record.captures, record.currency)],
        ['Cancelled', moment(record.cancelledAt)],
      ]
    case 'refund':
      return [['Amount', minorOf([record], record.currency)]]
    case 'payout':
      return [
        ['State', record.state],
        ['Sent', moment(record.issuedAt)],
        ['Net', minorOf([{ amount: record.net }], record.currency)],
      ]
    case 'stock':
      return [
        ['On hand', short(record.onHand)],
        ['Available', short(record.available)],
      ]
    case 'product':
      return [
        ['Title', record.title],
        ['Tax', record.taxCode],
        ['Active', record.active ? 'yes' : 'no'],
      ]
    case 'customer':
      return [['Active', record.active ? 'yes' : 'no']]
    default:
      return record satisfies never
  }
}

function minorOf(amounts: readonly { readonly amount: number }[], currency: string): string | null {
  if (amounts.length === 0) return null
  return `${toMajor(amounts.reduce((sum, one) => sum + one.amount, 0), currency)} ${currency}`
}

function list(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(', ')
}

function moment(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
