/** How figures and moments are written on the wire. */
import { booked, digitsOf, type Decimal } from '../../decimal.ts'
import type { Instant, Order } from '../../shop/shop.ts'

/** Whole seconds: what is stored is finer, which is a trap of its own. */
export function dateTime(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

export function dateTimeOrNull(at: Instant | null): string | null {
  return at === null ? null : dateTime(at)
}

export interface MoneyV2 {
  readonly amount: string
  readonly currencyCode: string
}

/** "12.5" and "12.0": at least one digit after the point, and none that says nothing. */
export function money(amount: Decimal, currencyCode: string): MoneyV2 {
  const text = amount.toFixed()
  return { amount: text.includes('.') ? text : `${text}.0`, currencyCode }
}

/** The scalar `Money`: as many digits as the currency has. */
export function price(amount: Decimal, currency: string): string {
  return amount.toFixed(digitsOf(currency))
}

/** In the shop's currency, each figure converted and rounded for itself, and in the buyer's. */
export function moneyBag(amount: Decimal, order: Order, shopCurrency: string): { readonly shopMoney: MoneyV2; readonly presentmentMoney: MoneyV2 } {
  const presentmentMoney = money(amount, order.currency)
  if (order.currency === shopCurrency) return { shopMoney: presentmentMoney, presentmentMoney }
  return { shopMoney: money(booked(amount.times(order.shopRate), shopCurrency), shopCurrency), presentmentMoney }
}
