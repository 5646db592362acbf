/** What a question to Shopify is, and how much of everything one may ask for. */

export interface Document {
  readonly name: string
  readonly text: string
  /** True for what changes something. */
  readonly writes: boolean
}

export function question(name: string, text: string): Document {
  return { name, text: text.trim(), writes: false }
}

/** Rows of one page, and how many orders, refunds and parcels are asked for whole at once: what a thousand points buy. */
export const sizes = {
  heads: 40,
  orders: 4,
  lines: 10,
  moreLines: 50,
  refunds: 5,
  refundLines: 20,
  fulfilments: 8,
  fulfilmentLines: 50,
  work: 8,
  levels: 80,
  variants: 150,
  customers: 200,
  skus: 5,
  named: 20,
  payouts: 10,
  payoutEntries: 200,
} as const

/** So many of an order's plain lists are asked for; an order that has as many is asked for its lists once more. */
export const listSizes = { transactions: 10, fulfillments: 5, refunds: 5 } as const
export const longListSizes = { transactions: 100, fulfillments: 50, refunds: 50 } as const
