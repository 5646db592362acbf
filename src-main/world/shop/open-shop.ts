/** Opens an empty shop: its books, and all that may be done in it. */
import { Decimal } from '../decimal.ts'
import { Table } from '../table.ts'
import { deletions } from './deleting.ts'
import { annotate, archive, cancel, edit, tag } from './editing.ts'
import { authorise, capture, decline, lapse, voidAuthorisations } from './paying.ts'
import { place } from './placing.ts'
import { refund } from './refunding.ts'
import { returned } from './returning.ts'
import { changeFulfilment, fulfil } from './sending.ts'
import { setAvailable } from './stock.ts'
import type { Kind, ShopState } from './state.ts'
import type { ShopTaxes } from './checkout.ts'
import type { Instant, Shop, Variant } from './shop.ts'

export interface ShopOpening {
  /** As `plum.myshopify.com`. */
  readonly domain: string
  readonly currency: string
  readonly taxes: ShopTaxes
  /** Of the first order; 1001 when left out. Two shops may give the same numbers. */
  readonly firstNumber?: number
  /** Added to every id, so that the rows of two shops are never taken for each other. */
  readonly idsAfter?: number
  /** What one unit of a foreign currency is worth in the shop's; left out: the shop sells in its own alone. */
  readonly shopRate?: (currency: string, at: Instant) => Decimal
  /** In which its days begin and end; left out: UTC. */
  readonly zone?: string
  /** The smallest coin at its tills, where cash is rounded. */
  readonly cashStep?: Decimal
}

export function openShop(opening: ShopOpening): Shop {
  const state = stateOf(opening)
  const { books } = state
  return {
    books,
    addLocation: (name, at) => kept(books.locations, { id: state.next('location'), changedAt: at, name, active: true }),
    addVariant: (variant, at) =>
      kept(books.variants, { ...sound(variant), id: state.next('variant'), changedAt: at, createdAt: at }),
    changeVariant(id, change, at) {
      const row = books.variants.must(id)
      kept(books.variants, Object.assign(row, sound({ ...row, ...change }), { changedAt: at }))
    },
    addCustomer: (customer, at) =>
      kept(books.customers, { ...customer, id: state.next('customer'), changedAt: at, createdAt: at }),
    changeCustomer: (id, change, at) => {
      kept(books.customers, Object.assign(books.customers.must(id), change, { changedAt: at }))
    },
    setAvailable: (variantId, locationId, available, at) => setAvailable(state, variantId, locationId, available, at),
    place: (checkout) => place(state, checkout),
    authorise: (orderId, amount, gateway, at) => authorise(state, orderId, amount, gateway, at),
    capture: (orderId, amount, gateway, at) => capture(state, orderId, amount, gateway, at),
    void: (orderId, at) => voidAuthorisations(state, orderId, at),
    decline: (orderId, amount, gateway, because, at) => decline(state, orderId, amount, gateway, because, at),
    lapse: (orderId, at) => lapse(state, orderId, at),
    refund: (orderId, asked, at) => refund(state, orderId, asked, at),
    takeBack: (orderId, lines, at) => returned(state, orderId, lines, at),
    cancel: (orderId, reason, at) => cancel(state, orderId, reason, at),
    fulfil: (orderId, asked, at) => fulfil(state, orderId, asked, at),
    changeFulfilment: (orderId, id, change, at) => changeFulfilment(state, orderId, id, change, at),
    edit: (orderId, asked, at) => edit(state, orderId, asked, at),
    tag: (orderId, tags, at) => tag(state, orderId, tags, at),
    annotate: (orderId, change, at) => annotate(state, orderId, change, at),
    archive: (orderId, archived, at) => archive(state, orderId, archived, at),
    ...deletions(state),
  }
}

function stateOf({
  domain,
  currency,
  taxes,
  firstNumber = 1001,
  idsAfter = 0,
  shopRate,
  zone = 'Etc/UTC',
  cashStep,
}: ShopOpening): ShopState {
  const ids = { ...firstIds }
  return {
    books: {
      domain,
      currency,
      taxesIncluded: taxes.taxesIncluded,
      zone,
      locations: new Table(),
      variants: new Table(),
      levels: new Table(),
      customers: new Table(),
      orders: new Table(),
      balance: new Table(),
      payouts: new Table(),
    },
    taxes,
    levels: new Map(),
    payouts: new Map(),
    shopRate(foreign, at) {
      if (foreign === currency) return new Decimal(1)
      if (shopRate === undefined) throw new Error(`${domain} sells in ${currency} alone, not in ${foreign}.`)
      return shopRate(foreign, at)
    },
    cashStep: cashStep ?? null,
    nextNumber: firstNumber,
    next(kind) {
      ids[kind] += 1
      return ids[kind] + idsAfter
    },
  }
}

/** As long as the platform's own, which do not fit 32 bits. */
const firstIds: Readonly<Record<Kind, number>> = {
  location: 71_000_000_000,
  variant: 44_000_000_000_000,
  level: 96_000_000_000,
  customer: 7_000_000_000_000,
  order: 5_900_000_000_000,
  line: 14_000_000_000_000,
  shipping: 4_700_000_000_000,
  transaction: 6_800_000_000_000,
  refund: 920_000_000_000,
  return: 18_000_000_000,
  balance: 2_600_000_000_000,
  payout: 98_000_000_000,
  fulfillment: 5_400_000_000_000,
}

function kept<R extends { readonly id: number; changedAt: number }>(table: Table<R>, row: R): R {
  table.put(row)
  return row
}

/** Throws for a variant that the platform would not save. */
function sound<V extends Pick<Variant, 'price'>>(variant: V): V {
  if (variant.price.isNegative()) throw new Error('A price is not below nothing.')
  return variant
}
