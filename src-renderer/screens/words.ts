/** Business words that several screens use, in one place so that one thing has one name everywhere. */
import type { Role } from '../../src-main/domain/connection.ts'
import type { FaultClass } from '../../src-main/domain/fault.ts'
import type { ActionId, Guarantee, IntentState } from '../../src-main/domain/intent.ts'
import type { StreamName } from '../../src-main/domain/records.ts'

export const roleWords: Readonly<Record<Role, string>> = {
  shop: 'Shop',
  erp: 'ERP',
  payments: 'Payments',
  middleware: 'Middleware',
  warehouse: 'Warehouse',
  pim: 'Product information',
  crm: 'CRM',
  tax: 'Tax',
  carrier: 'Carrier',
}

export const streamWords: Readonly<Record<StreamName, string>> = {
  orders: 'Orders',
  payments: 'Payments',
  refunds: 'Refunds',
  fulfilments: 'Fulfilments',
  stock: 'Stock',
  products: 'Products',
  customers: 'Customers',
  invoices: 'Invoices',
  'credit-notes': 'Credit notes',
  shipments: 'Shipments',
  returns: 'Returns',
  payouts: 'Payouts',
}

interface ActionWords {
  readonly title: string
  /** What its button says. */
  readonly does: string
  /** What it means to switch it on. */
  readonly means: string
  /** Which side it writes to. */
  readonly writesTo: 'shop' | 'erp'
}

export const actionWords: Readonly<Record<ActionId, ActionWords>> = {
  'order.create': {
    title: 'Create missing orders in the ERP',
    does: 'Create the order',
    writesTo: 'erp',
    means:
      'Writes a paid order that the ERP never heard of into it, as a draft where the ERP has drafts. Customers are never created: an unknown one is refused, with what to do.',
  },
  'invoice.create': {
    title: 'Create missing invoices in the ERP',
    does: 'Create the invoice',
    writesTo: 'erp',
    means:
      'Asks the ERP to make the invoice of an order that was shipped and never billed, as a draft where the ERP has drafts.',
  },
  'stock.set': {
    title: 'Correct stock in the shop',
    does: 'Set the stock',
    writesTo: 'shop',
    means:
      'Sets the stock on sale to the figure the ERP supports at that moment. It is worked out anew each time, never taken from an old reading.',
  },
  'status.push': {
    title: 'Mark parcels as sent in the shop',
    does: 'Mark it as sent',
    writesTo: 'shop',
    means:
      'Tells the shop of a parcel that left the ERP, with its tracking numbers. It is asked to write no mail to the customer; a payment that is taken on shipment is taken by this.',
  },
}

/** How sure a replay is not to make a second one; `target` is where it writes. */
export function guaranteeWords(
  guarantee: Guarantee,
  target: string,
): { readonly title: string; readonly says: string } {
  switch (guarantee) {
    case 'native-key':
      return {
        title: 'Safe by key',
        says: `${target} itself takes this key only once. Even if the answer is lost on the way, a second one cannot come of it.`,
      }
    case 'natural-upsert':
      return {
        title: 'Safe to repeat',
        says: `Sending it twice changes the same record of ${target} to the same value; there is no second one to make.`,
      }
    case 'probe-then-create':
      return {
        title: 'Checked before and after',
        says: `It is looked for in ${target} right before it is sent, and again until it is found. A second one could come only of another program that sends the same order in the same moment; that would be found and shown.`,
      }
    case 'unsafe':
      return {
        title: 'Not safe',
        says: `${target} offers no way to prove that this happens only once, so it is not sent from here.`,
      }
    default:
      return guarantee satisfies never
  }
}

/** What a replay's state means for the order, and what comes next. */
export const intentMeanings: Readonly<Record<IntentState, string>> = {
  previewed: 'Nothing was sent. A preview that nobody confirms expires by itself.',
  confirmed: 'It goes out in a moment. What is sent was written down first.',
  sending: 'It is sent once, and looked for until it is found. It is never sent again by itself.',
  verified:
    'It exists exactly once. The incident closes by itself when both sides were read again.',
  absent: 'Nothing was written. It may be sent again, after a new preview and under the same key.',
  unclear:
    'What became of it is not settled, so it is not sent again. Look for its reference in the ERP before doing anything by hand.',
  refused: 'Nothing was written. Put right what it names, then preview again.',
  stale: 'Nothing was sent: one side changed after the preview. Preview again.',
  expired: 'Nothing more is sent. A new preview starts anew.',
}

export const faultWords: Readonly<Record<FaultClass, string>> = {
  credentials: 'credentials not accepted',
  permission: 'right missing',
  unreachable: 'no answer',
  temporary: 'temporary fault',
  'rate-limited': 'asked to slow down',
  validation: 'refused as invalid',
  'not-found': 'not found',
  tax: 'tax refused',
  'payment-mismatch': 'payment does not match',
  'erp-rejection': 'refused by the ERP',
  'unexpected-shape': 'answer not understood',
}

/** Why there is no curve of how old stock was in the last day. */
export function noCurveWords(watched: number): string {
  return watched === 0 ? 'No change of stock was watched yet. The curve begins with the first.' : 'No change of stock was watched in the last 24 hours.'
}
