/**
 * Payouts of Shopify Payments, which take scopes of their own; where the app lacks them, or the shop takes its cards by
 * another company, there are none. A payout has no stamp of its last change: those of the last days are read again, each with
 * what is in it until it is settled.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import { toMinor } from '../../../domain/money.ts'
import { type Payout, type PayoutState, entriesMax } from '../../../domain/payout.ts'
import { type Decimal, add } from '../../../domain/decimal.ts'
import { type Instant, days, iso } from '../../../domain/time.ts'
import type { Api, Page, StreamDefinition } from '../definition.ts'
import { wireDecimal, wireInstant, wireOptional } from '../wire.ts'
import { aheadOf } from './changes.ts'
import { type Told, ask } from './graphql.ts'
import { grantedScopes } from './order-queries.ts'
import { payoutEntries, payoutsQuery } from './queries.ts'
import type { Settings } from './settings.ts'
import { type Scopes, pageInfo, scopes } from './wire.ts'

/** A bank sends back within a few days what it cannot book. */
const openMs = days(14)

/** What the shop's orders name as the way that these payments came by. */
const method = 'shopify_payments'

const money = z.object({ amount: wireDecimal }).transform(({ amount }) => amount)
const sums = z.object({
  chargesGross: money, chargesFee: money, refundsFeeGross: money, refundsFee: money, adjustmentsGross: money, adjustmentsFee: money,
  advanceGross: money, advanceFees: money, reservedFundsGross: money, reservedFundsFee: money, retriedPayoutsGross: money,
  retriedPayoutsFee: money,
})
const id = z.string().startsWith('gid://shopify/ShopifyPaymentsPayout/')
const head = z.object({
  id,
  legacyResourceId: z.string(),
  issuedAt: wireInstant,
  status: z.string(),
  net: z.object({ amount: wireDecimal, currencyCode: z.string() }),
  summary: sums,
})
const entry = z.object({
  transactionDate: wireInstant,
  amount: money,
  fee: money,
  associatedOrder: wireOptional(z.object({ id: z.string() })),
})
/** `entries` is laid in; null where they are too many. */
const payoutRow = head.extend({ entries: z.array(entry).nullable() })
type PayoutRow = z.output<typeof payoutRow>

const settledMax = 1000
/** Payouts of the last days of which all is known, each as `id status`: read again only when it stands otherwise. */
const settled = z.array(z.string()).max(settledMax)
const payoutCursor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resume'), at: z.int(), settled }),
  z.object({ kind: z.literal('page'), from: z.int().nullable(), after: z.string(), high: z.int().nullable(), before: settled, settled }),
])
type PayoutCursor = z.output<typeof payoutCursor>

export const payouts: StreamDefinition<Settings, PayoutRow, PayoutCursor> = {
  name: 'payouts',
  emits: ['payouts'],
  pace: 'batch',
  raw: payoutRow,
  cursor: payoutCursor,
  overlapMs: openMs,
  snapshot: false,
  async read(api, cursor, { since }) {
    const granted = await ask(api, grantedScopes, {}, z.object({ currentAppInstallation: scopes }))
    if (!granted.ok) return granted
    const ahead = aheadOf(cursor?.kind === 'resume' ? cursor.at : null, granted.value.date)
    if (!ahead.ok) return ahead
    const nothing: Page = { rows: [], next: null, resumeAt: cursor?.kind === 'resume' ? cursor : null, shownFrom: granted.value.date ?? api.now(), touched: [] }
    if (!mayReadPayouts(granted.value.data.currentAppInstallation)) return ok(nothing)
    const read = await readPage(api, cursor, since)
    // a right beyond the scopes, which the owner of the shop gives to people: without it there is nothing to be read, either
    return !read.ok && read.fault.class === 'permission' ? ok(nothing) : read
  },
  normalise: (row) => [payoutOf(row)],
}

/** One right opens the account, and another what is in it; an old one opened both. */
export function mayReadPayouts(held: Scopes): boolean {
  return held.has('read_shopify_payments') || (held.has('read_shopify_payments_accounts') && held.has('read_shopify_payments_payouts'))
}

const listed = z.object({
  shopifyPaymentsAccount: wireOptional(z.object({ payouts: z.object({ pageInfo, nodes: z.array(z.looseObject({ id, issuedAt: wireInstant, status: z.string() })) }) })),
})

/** Their moment may lie ahead, as they are shown before they are sent: the next pass begins no later than now. */
async function readPage(api: Api, cursor: PayoutCursor | null, since: Instant | null): Promise<Outcome<Page>> {
  const from = cursor === null ? since : cursor.kind === 'page' ? cursor.from : cursor.at - openMs
  const before = cursor === null ? [] : cursor.kind === 'page' ? cursor.before : cursor.settled
  const query = from === null ? null : `issued_at:>='${iso(from).replace(/\.\d+Z$/, 'Z')}'`
  const after = cursor?.kind === 'page' ? cursor.after : null
  const answer = await ask(api, payoutsQuery, { query, after }, listed)
  if (!answer.ok) return answer
  const { data, date } = answer.value
  const found = data.shopifyPaymentsAccount?.payouts ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
  const rows: unknown[] = []
  for (const node of found.nodes) {
    if (before.includes(standingOf(node))) continue
    // oxlint-disable-next-line no-await-in-loop -- one payout after the other, at the platform's pace
    const entries = await entriesOf(api, node.id)
    if (!entries.ok) return entries
    rows.push({ ...node, issuedAt: iso(node.issuedAt), entries: entries.value })
  }
  const high = found.nodes.reduce<number | null>((most, { issuedAt }) => Math.max(most ?? issuedAt, issuedAt), cursor?.kind === 'page' ? cursor.high : null)
  const at = date ?? api.now()
  // what is older no pass meets again
  const closed = found.nodes.filter(({ issuedAt, status }) => isSettled(status) && issuedAt >= at - openMs).map(standingOf)
  const now = [...(cursor?.kind === 'page' ? cursor.settled : []), ...closed].slice(-settledMax)
  const { hasNextPage, endCursor } = found.pageInfo
  return ok({
    rows,
    next: hasNextPage && endCursor !== null ? { kind: 'page', from, after: endCursor, high, before, settled: now } : null,
    resumeAt: high === null ? null : { kind: 'resume', at: Math.min(high, at), settled: now },
    touched: [],
  })
}

function standingOf({ id: payout, status }: { readonly id: string; readonly status: string }): string {
  return `${payout} ${status}`
}

function isSettled(status: string): boolean {
  return status === 'PAID' || status === 'FAILED' || status === 'CANCELED'
}

const heldPage = z.object({ pageInfo, nodes: z.array(z.unknown()) })
const held = z.object({ shopifyPaymentsAccount: wireOptional(z.object({ balanceTransactions: heldPage })) })

async function entriesOf(api: Api, payout: string): Promise<Outcome<readonly unknown[] | null>> {
  const entries: unknown[] = []
  const query = `payments_transfer_id:${payout.split('/').at(-1) ?? ''}`
  for (let after: string | null = null; ;) {
    // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
    const answer: Outcome<Told<z.output<typeof held>>> = await ask(api, payoutEntries, { query, after }, held)
    if (!answer.ok) return answer
    const page: z.output<typeof heldPage> | undefined = answer.value.data.shopifyPaymentsAccount?.balanceTransactions
    entries.push(...(page?.nodes ?? []))
    if (entries.length > entriesMax) return ok(null)
    after = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null
    if (after === null) return ok(entries)
  }
}

const states: Readonly<Record<string, PayoutState>> = {
  SCHEDULED: 'scheduled', IN_TRANSIT: 'in-transit', PAID: 'paid', FAILED: 'failed', CANCELED: 'cancelled',
}

function payoutOf(row: PayoutRow): Payout {
  const { summary: of, net: { currencyCode: currency } } = row
  const minor = (...amounts: readonly Decimal[]): number => toMinor(add('0', ...amounts), currency)
  return {
    kind: 'payout',
    id: row.id,
    version: null,
    changedAt: null,
    changedBy: null,
    trace: null,
    number: row.legacyResourceId,
    method,
    state: states[row.status] ?? 'unknown',
    issuedAt: row.issuedAt,
    currency,
    net: minor(row.net.amount),
    charges: minor(of.chargesGross),
    refunds: minor(of.refundsFeeGross),
    other: minor(of.adjustmentsGross, of.advanceGross, of.reservedFundsGross, of.retriedPayoutsGross),
    fees: minor(of.chargesFee, of.refundsFee, of.adjustmentsFee, of.advanceFees, of.reservedFundsFee, of.retriedPayoutsFee),
    entries:
      row.entries?.map(({ transactionDate, amount, fee, associatedOrder }) => ({
        orderId: associatedOrder?.id ?? null,
        at: transactionDate,
        amount: minor(amount),
        fee: minor(fee),
      })) ?? null,
  }
}
