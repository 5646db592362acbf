/** Partial order failures (1): the order is due in the ERP and is not there. */
import { minute } from '../business/calendar.ts'
import type { Wish } from '../business/carts.ts'
import { booked } from '../decimal.ts'
import { figuresOf } from '../shop/figures.ts'
import { settleRefund } from '../business/changes.ts'
import { lateBy, lost, onOrder, paid } from './hands.ts'
import type { OrderScenario, Tools } from './scenario.ts'
import type { Case, Script } from '../business/stage.ts'

interface Loss {
  readonly name: string
  readonly says: string
  readonly wish: Wish
  readonly twin: string
  readonly paid: boolean
  readonly script?: (tools: Tools, one: Case) => Script
  readonly twinScript?: (tools: Tools, one: Case) => Script
  readonly twinWish?: Wish
}

function loss({ paid: isPaid, script, ...facts }: Loss): OrderScenario {
  return onOrder({
    ...facts,
    rules: [isPaid ? 'F02-paid-order-missing' : 'F02-order-missing'],
    critical: isPaid,
    script: script ?? ((tools) => lost(tools)),
  })
}

/** Brought by hand into the ERP or by a nightly run: within the grace it is nobody's business how. */
const withinGrace = (tools: Tools): Script => lateBy(tools, 6 * minute, 9 * minute)

/** Gives a part of the price back before anybody knows the order. */
function partlyGivenBack(tools: Tools): Script {
  return {
    placed(one) {
      const amount = booked(figuresOf(one.order).total.times('0.2'), one.order.currency)
      tools.stage.shop.refund(one.order.id, { lines: [], adjustment: { amount: amount.negated(), reason: 'Goodwill' } }, tools.stage.shopNow())
      settleRefund(tools.stage, one, 10 * minute)
    },
  }
}

const losses: readonly Loss[] = [
  {
    name: 'F02-order-lost-webhook', paid: true, wish: { ...paid, returning: true, trait: 'plain' },
    says: 'The webhook of a returning customer’s paid order of ordinary goods is lost, and nothing asks for it again.',
    twin: 'The webhook is lost, and the integration’s own sweep brings the order within ten minutes.', twinScript: withinGrace,
  },
  {
    name: 'F02-order-rejected-customer', paid: true, wish: { ...paid, business: 'exempt', method: 'card' },
    says: 'The ERP refuses a company’s paid order because the account is blocked, and the error is logged where nobody looks.',
    twin: 'The account is unblocked at once and the order comes within the grace.', twinScript: withinGrace,
  },
  {
    name: 'F02-order-rejected-tax-code', paid: true, wish: { ...paid, country: 'ES' },
    says: 'The ERP refuses a paid order because no tax code is mapped for one of its lines.',
    twin: 'An order of the same market whose codes are mapped.',
  },
  {
    name: 'F02-order-timed-out', paid: true, wish: { ...paid, lines: 5 },
    says: 'The call that makes a large order times out, and is not made again.',
    twin: 'The call times out, is made again after some minutes, and the order is there once.', twinScript: withinGrace,
  },
  {
    name: 'F02-order-lost-partly-refunded', paid: true, wish: paid,
    says: 'A paid order is missing, and a part of the money was given back meanwhile.',
    script: (tools) => ({ ...partlyGivenBack(tools), ...lost(tools) }),
    twin: 'A part of the money is given back before the ERP knows the order, which comes in time.', twinScript: partlyGivenBack,
  },
  {
    name: 'F02-order-lost-two-captures', paid: true, wish: { ...paid, splitCapture: true },
    says: 'An order that is captured in two parts is missing from the first capture on.',
    twin: 'Captured in two parts, and due from the first: it comes in time.',
  },
  {
    name: 'F02-order-lost-with-gift-card', paid: true, wish: { ...paid, method: 'card-and-gift-card' },
    says: 'An order paid partly by gift card is missing: what was captured is less than its total.',
    twin: 'Paid partly by gift card, and booked with its whole total.',
  },
  {
    name: 'F02-order-lost-no-decimals', paid: true, wish: { ...paid, country: 'JP' },
    says: 'A paid order in yen, which has no decimals, is missing.',
    twin: 'An order in yen that comes in time.',
  },
  {
    name: 'F02-order-lost-three-decimals', paid: true, wish: { ...paid, country: 'KW' },
    says: 'A paid order in Kuwaiti dinars, which have three decimals, is missing.',
    twin: 'An order in dinars that comes in time.',
  },
  {
    name: 'F02-order-lost-marketplace', paid: true, wish: { ...paid, method: 'marketplace', country: 'US', region: 'CA' },
    says: 'A paid order of the marketplace, which collects the tax itself, is missing.',
    twin: 'An order of the marketplace, booked with the tax that the marketplace hands over.',
  },
  {
    name: 'F02-order-lost-till', paid: true, wish: { method: 'till', fate: 'plain' },
    says: 'A sale at the till never reaches the ERP: the shelf there holds what has left the house.',
    twin: 'A sale at the till, sent and paid at once, that comes some minutes later.', twinScript: withinGrace,
  },
  {
    name: 'F02-order-lost-drop-ship', paid: true, wish: { ...paid, trait: 'drop-ship' },
    says: 'A paid order that the supplier should send is missing: nobody will tell the supplier.',
    twin: 'Sent by the supplier: no stock moves, and the order is there.',
  },
  {
    name: 'F02-order-lost-gift-card-bought', paid: true, wish: { ...paid, trait: 'gift-card', lines: 1 },
    says: 'Somebody has bought a gift card, and the ERP knows of no liability.',
    twin: 'A gift card is bought without tax and without a parcel, and is in the ERP.',
  },
  {
    name: 'F02-order-lost-authorised', paid: false, wish: { method: 'klarna', fate: 'plain' },
    says: 'An order that is captured on shipment is authorised and missing: it will never ship, and never be captured.',
    twin: 'Authorised only, with nothing captured for days, and known to the ERP.',
  },
  {
    name: 'F02-order-lost-bank-transfer', paid: false, wish: { method: 'bank', fate: 'plain' },
    says: 'An order that waits for a bank transfer is missing in the ERP, where somebody would look for the money.',
    twin: 'A bank transfer is awaited for days, and the ERP knows the order.',
  },
  {
    name: 'F02-order-lost-cash-on-delivery', paid: false, wish: { method: 'cash-on-delivery', fate: 'plain' },
    says: 'An order to be paid on delivery is missing.',
    twin: 'To be paid on delivery: nothing is captured, and it is in the ERP.',
  },
  {
    name: 'F02-order-lost-terms', paid: false, wish: { method: 'terms', business: 'monthly', fate: 'plain' },
    says: 'A company’s order on account is missing.',
    twin: 'On account, unpaid for thirty days, and in the ERP.',
  },
  {
    name: 'F02-order-lost-free', paid: false, wish: { method: 'free', fate: 'plain' },
    says: 'An order of nothing to pay is missing: the customer waits for the goods all the same.',
    twin: 'Free of charge, due when it is placed, and in the ERP.',
  },
  {
    name: 'F02-order-lost-paid-by-gift-card', paid: false, wish: { method: 'gift-card', fate: 'plain' },
    says: 'An order paid wholly by gift card is missing: nothing is captured, and yet it is due.',
    twin: 'Paid wholly by gift card, and in the ERP.',
  },
  {
    name: 'F02-pre-order-lost', paid: true, wish: { ...paid, trait: 'pre-order', lines: 1 },
    says: 'A pre-order is missing when its promised day has come.',
    twin: 'A pre-order that is paid and not in the ERP, as its day has not come.',
  },
  {
    name: 'F02-order-late', paid: true, wish: paid,
    says: 'A paid order comes hours late: the queue was stuck.',
    script: (tools) => lost(tools, tools.dice.int(90, 400) * minute),
    twin: 'An order takes its time and comes within the grace.', twinScript: withinGrace,
  },
  {
    name: 'F02-void-was-a-refund', paid: true, wish: paid,
    says: 'The integration takes a goodwill refund for a cancellation and drops the order.',
    script: (tools) => ({ ...partlyGivenBack(tools), ...lost(tools) }),
    twin: 'All money is given back before the ERP knows the order: it is due nothing.', twinWish: { ...paid, fate: 'refund-early' },
  },
  {
    name: 'F02-cancelled-one-too-many', paid: true, wish: paid,
    says: 'The integration takes a paid order for the cancelled one before it and drops it.',
    twin: 'Cancelled and paid back within seconds, and deleted in the shop hours later: the ERP need never know.', twinWish: { ...paid, fate: 'cancel-early' },
    twinScript: (tools) => ({
      cancelled: (one) => tools.after(tools.dice.int(60, 180) * minute, () => tools.stage.shop.deleteOrder(one.order.id)),
    }),
  },
]

export const missingOrders: readonly OrderScenario[] = losses.map(loss)
