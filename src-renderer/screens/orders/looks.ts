/** How orders and the stations of their chains look: each state a shape, a word and a tone. */
import type { ErpStanding, OrderRow, OrderVerdict, StationKind, StationState } from '../../../src-main/contract/order-views.ts'
import type { StateLook } from '../../parts/state.tsx'

export const verdictLooks: Readonly<Record<OrderVerdict, StateLook>> = {
  fine: { word: 'Fine', tone: 'good', shape: 'tick' },
  incident: { word: 'Incident', tone: 'critical', shape: 'cross' },
  'not-judged': { word: 'Not judged', tone: 'medium', shape: 'question' },
  'not-due': { word: 'Not yet due', tone: 'low', shape: 'ring' },
  'out-of-scope': { word: 'Out of scope', tone: 'low', shape: 'bar' },
}

export const paymentLooks: Readonly<Record<OrderRow['payment'], StateLook>> = {
  none: { word: 'Nothing to pay', tone: 'low', shape: 'bar' },
  pending: { word: 'Not paid', tone: 'low', shape: 'ring' },
  authorised: { word: 'Authorised', tone: 'low', shape: 'half' },
  'partly-captured': { word: 'Partly paid', tone: 'low', shape: 'half' },
  captured: { word: 'Paid', tone: 'good', shape: 'tick' },
  'partly-refunded': { word: 'Partly refunded', tone: 'low', shape: 'half' },
  refunded: { word: 'Refunded', tone: 'low', shape: 'bar' },
  voided: { word: 'Voided', tone: 'low', shape: 'cross' },
  unknown: { word: 'Not known', tone: 'medium', shape: 'question' },
}

export const standingLooks: Readonly<Record<ErpStanding, StateLook>> = {
  draft: { word: 'Draft', tone: 'low', shape: 'half' },
  open: { word: 'Open', tone: 'good', shape: 'tick' },
  done: { word: 'Done', tone: 'good', shape: 'tick' },
  several: { word: 'Several', tone: 'high', shape: 'dot' },
  cancelled: { word: 'Cancelled', tone: 'low', shape: 'cross' },
  suspect: { word: 'Uncertain', tone: 'high', shape: 'question' },
  absent: { word: 'Not there', tone: 'critical', shape: 'cross' },
  'not-due': { word: 'Not due', tone: 'low', shape: 'ring' },
  unknown: { word: 'Not known', tone: 'medium', shape: 'question' },
}

export const stationWords: Readonly<Record<StationKind, string>> = {
  order: 'Order',
  payment: 'Payment',
  'erp-order': 'ERP order',
  delivery: 'Delivery',
  parcel: 'Told to customer',
  invoice: 'Invoice',
  refund: 'Refund',
  'credit-note': 'Credit note',
}

export const stationLooks: Readonly<Record<StationState, StateLook>> = {
  there: { word: 'There', tone: 'good', shape: 'tick' },
  partly: { word: 'In part', tone: 'medium', shape: 'half' },
  missing: { word: 'Missing', tone: 'critical', shape: 'cross' },
  'not-due': { word: 'Not yet due', tone: 'low', shape: 'ring' },
  unknown: { word: 'Not known', tone: 'medium', shape: 'question' },
  none: { word: 'Nothing yet', tone: 'low', shape: 'bar' },
}
