/** Every detector, one line each: a new one is its file, its test, and its line here. */
import f01StockBehind from './rules/F01-stock-behind.ts'
import f02CancelledInErp from './rules/F02-cancelled-in-erp.ts'
import f02CancelledInShop from './rules/F02-cancelled-in-shop.ts'
import f02DuplicateErpOrder from './rules/F02-duplicate-erp-order.ts'
import f02ErpOrderWithoutShopOrder from './rules/F02-erp-order-without-shop-order.ts'
import f02OrderMissing from './rules/F02-order-missing.ts'
import f02PaidOrderMissing from './rules/F02-paid-order-missing.ts'
import f02SuspectMatch from './rules/F02-suspect-match.ts'
import f02TotalDiffers from './rules/F02-total-differs.ts'
import f05TaxDiffers from './rules/F05-tax-differs.ts'
import f06InvoiceSums from './rules/F06-invoice-sums.ts'
import f11ClockDiffers from './rules/F11-clock-differs.ts'
import f12ConnectionBlind from './rules/F12-connection-blind.ts'
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
    f05TaxDiffers,
  ],
  chain: [],
  stock: [f01StockBehind],
  invoice: [f06InvoiceSums],
  product: [],
  customer: [],
  stream: [],
  connection: [f11ClockDiffers, f12ConnectionBlind],
}

const all: readonly Rule[] = Object.values(rules).flat()

/** What screens ask of a rule: its words, without its judgement. */
export const catalogue: ReadonlyMap<string, Pick<Rule, 'id' | 'title' | 'severity' | 'repair' | 'guide' | 'params'>> = new Map(
  all.map((rule) => [rule.id, rule]),
)
