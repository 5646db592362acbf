/** Every detector, one line each: a new one is its file, its test, and its line here. */
import f01SoldAfterZero from './rules/F01-sold-after-zero.ts'
import f01StockBehind from './rules/F01-stock-behind.ts'
import f01StockSyncStopped from './rules/F01-stock-sync-stopped.ts'
import f02CancelledInErp from './rules/F02-cancelled-in-erp.ts'
import f02CancelledInShop from './rules/F02-cancelled-in-shop.ts'
import f02DuplicateErpOrder from './rules/F02-duplicate-erp-order.ts'
import f02ErpOrderWithoutShopOrder from './rules/F02-erp-order-without-shop-order.ts'
import f02OrderMissing from './rules/F02-order-missing.ts'
import f02OrderStuck from './rules/F02-order-stuck.ts'
import f02PaidOrderMissing from './rules/F02-paid-order-missing.ts'
import f02PaidStateDiffers from './rules/F02-paid-state-differs.ts'
import f02SuspectMatch from './rules/F02-suspect-match.ts'
import f02TotalDiffers from './rules/F02-total-differs.ts'
import f03FailedCalls from './rules/F03-failed-calls.ts'
import f03ManualReentry from './rules/F03-manual-reentry.ts'
import f04ConflictingBilling from './rules/F04-conflicting-billing.ts'
import f04DuplicateCustomer from './rules/F04-duplicate-customer.ts'
import f05InvoiceTaxDiffers from './rules/F05-invoice-tax-differs.ts'
import f05RefundTaxDiffers from './rules/F05-refund-tax-differs.ts'
import f05TaxDiffers from './rules/F05-tax-differs.ts'
import f06CreditNoteDiffers from './rules/F06-credit-note-differs.ts'
import f06InvoiceDuplicate from './rules/F06-invoice-duplicate.ts'
import f06InvoiceLineDiffers from './rules/F06-invoice-line-differs.ts'
import f06InvoiceMissing from './rules/F06-invoice-missing.ts'
import f06InvoiceSums from './rules/F06-invoice-sums.ts'
import f06RefundWithoutCreditNote from './rules/F06-refund-without-credit-note.ts'
import f07RefundNotTold from './rules/F07-refund-not-told.ts'
import f07ReturnNotTold from './rules/F07-return-not-told.ts'
import f07ShippedNotTold from './rules/F07-shipped-not-told.ts'
import f07ShippedOnlyInShop from './rules/F07-shipped-only-in-shop.ts'
import f07TrackingDiffers from './rules/F07-tracking-differs.ts'
import f07TrackingMissing from './rules/F07-tracking-missing.ts'
import f08BarcodeDiffers from './rules/F08-barcode-differs.ts'
import f08DuplicateBarcode from './rules/F08-duplicate-barcode.ts'
import f08DuplicateSku from './rules/F08-duplicate-sku.ts'
import f08LineUnmapped from './rules/F08-line-unmapped.ts'
import f08PackDiffers from './rules/F08-pack-differs.ts'
import f08PriceDiffers from './rules/F08-price-differs.ts'
import f08SkuUnknown from './rules/F08-sku-unknown.ts'
import f08TaxCodeDiffers from './rules/F08-tax-code-differs.ts'
import f08UnitDiffers from './rules/F08-unit-differs.ts'
import f09ChangeWithoutIdentity from './rules/F09-change-without-identity.ts'
import f09CustomerChangedOutside from './rules/F09-customer-changed-outside.ts'
import f09DocumentChangedOutside from './rules/F09-document-changed-outside.ts'
import f09DocumentWithoutIdentity from './rules/F09-document-without-identity.ts'
import f09ProductChangedOutside from './rules/F09-product-changed-outside.ts'
import f09TraceMissing from './rules/F09-trace-missing.ts'
import f10UnmappedChannel from './rules/F10-unmapped-channel.ts'
import f10UnmappedDiscount from './rules/F10-unmapped-discount.ts'
import f10UnmappedMarket from './rules/F10-unmapped-market.ts'
import f10UnmappedPayment from './rules/F10-unmapped-payment.ts'
import f10UnmappedShipping from './rules/F10-unmapped-shipping.ts'
import f10UnmappedStatus from './rules/F10-unmapped-status.ts'
import f10UnmappedTaxCode from './rules/F10-unmapped-tax-code.ts'
import f11Backlog from './rules/F11-backlog.ts'
import f11BatchRhythm from './rules/F11-batch-rhythm.ts'
import f11ClockDiffers from './rules/F11-clock-differs.ts'
import f11DocumentsStopped from './rules/F11-documents-stopped.ts'
import f11FlowStopped from './rules/F11-flow-stopped.ts'
import f11StreamStale from './rules/F11-stream-stale.ts'
import f11SyncSlow from './rules/F11-sync-slow.ts'
import f12Aged from './rules/F12-aged.ts'
import f12ConnectionBlind from './rules/F12-connection-blind.ts'
import f12DayNotSigned from './rules/F12-day-not-signed.ts'
import f12DayReopened from './rules/F12-day-reopened.ts'
import f12MonitorBlind from './rules/F12-monitor-blind.ts'
import f12PastSla from './rules/F12-past-sla.ts'
import f12ReopenedOften from './rules/F12-reopened-often.ts'
import f12Unowned from './rules/F12-unowned.ts'
import type { Lenses, Rule } from './rule.ts'

/** The rules by the lens that they look through. */
export const rules: { readonly [Over in keyof Lenses]: readonly Rule<Over>[] } = {
  order: [
    f02PaidOrderMissing,
    f02OrderMissing,
    f02CancelledInErp,
    f02CancelledInShop,
    f02DuplicateErpOrder,
    f02ErpOrderWithoutShopOrder,
    f02SuspectMatch,
    f02TotalDiffers,
    f03ManualReentry,
    f05TaxDiffers,
  ],
  chain: [
    f02OrderStuck,
    f02PaidStateDiffers,
    f05RefundTaxDiffers,
    f06CreditNoteDiffers,
    f06InvoiceMissing,
    f06RefundWithoutCreditNote,
    f07RefundNotTold,
    f07ReturnNotTold,
    f07ShippedNotTold,
    f07ShippedOnlyInShop,
    f07TrackingDiffers,
    f07TrackingMissing,
    f08LineUnmapped,
    f09ChangeWithoutIdentity,
    f09DocumentChangedOutside,
    f09DocumentWithoutIdentity,
    f09TraceMissing,
    f10UnmappedChannel,
    f10UnmappedDiscount,
    f10UnmappedMarket,
    f10UnmappedPayment,
    f10UnmappedShipping,
    f10UnmappedStatus,
    f10UnmappedTaxCode,
  ],
  stock: [f01StockBehind, f01SoldAfterZero],
  invoice: [f05InvoiceTaxDiffers, f06InvoiceDuplicate, f06InvoiceLineDiffers, f06InvoiceSums],
  product: [
    f08SkuUnknown,
    f08DuplicateSku,
    f08DuplicateBarcode,
    f08BarcodeDiffers,
    f08UnitDiffers,
    f08PackDiffers,
    f08PriceDiffers,
    f08TaxCodeDiffers,
    f09ProductChangedOutside,
  ],
  customer: [f04DuplicateCustomer, f04ConflictingBilling, f09CustomerChangedOutside],
  stream: [f11StreamStale, f11SyncSlow],
  connection: [f03FailedCalls, f11ClockDiffers, f12ConnectionBlind],
  flow: [f11FlowStopped, f11BatchRhythm, f11Backlog],
  documentFlow: [f11DocumentsStopped],
  stockFlow: [f01StockSyncStopped],
  incident: [f12Unowned, f12Aged, f12PastSla, f12ReopenedOften],
  watch: [f12MonitorBlind],
  day: [f12DayNotSigned, f12DayReopened],
}

const all: readonly Rule[] = Object.values(rules).flat()

/** What a whole is made of, as its rule looks at it. */
export type PartKind = 'order' | 'invoice'

/** How the parts of each rule's wholes are told as one; a rule that is not here has none. */
export const wholes: ReadonlyMap<string, NonNullable<Rule['together']> & { readonly of: PartKind }> = new Map(
  all.flatMap(({ id, over, together }) =>
    together === undefined ? [] : [[id, { ...together, of: over === 'invoice' ? ('invoice' as const) : ('order' as const) }] as const],
  ),
)

/** What screens ask of a rule: its words, without its judgement. */
export const catalogue: ReadonlyMap<string, Pick<Rule, 'id' | 'over' | 'title' | 'severity' | 'repair' | 'guide' | 'params' | 'asleep'>> = new Map(
  all.map((rule) => [rule.id, rule]),
)
