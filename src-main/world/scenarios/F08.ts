/** Poor product mapping: the two sides mean different things by one SKU, or know different SKUs. */
import { Decimal } from '../decimal.ts'
import type { Variant } from '../shop/shop.ts'
import type { Product } from '../erp/erp.ts'
import { minute } from '../business/calendar.ts'
import { homeMarket } from '../business/house.ts'
import { agreedLine } from '../business/figures.ts'
import { draftOf, enter } from '../integration/orders.ts'
import { inWorld, onOrder, paid } from './hands.ts'
import { mends } from './mending.ts'
import { money, orderOf, type Scenario, type Tools, type WorldScenario } from './scenario.ts'

/** A new article that nobody has bought yet. */
interface Novelty {
  readonly sku: string
  readonly barcode: string
  readonly price: Decimal
}

function novelty({ dice, stage }: Tools): Novelty {
  const at = stage.shop.books.variants.size + stage.erp.books.products.size
  return { sku: `NEW-${at}`, barcode: `40${dice.int(10_000, 99_999)}${String(at).padStart(6, '0')}`, price: new Decimal(dice.int(500, 9900)).div(100) }
}

function inShop({ stage }: Tools, { sku, barcode, price }: Novelty, change: Partial<Variant> = {}): Variant {
  return stage.shop.addVariant({
    productId: 8_100_000_000_000 + stage.shop.books.variants.size, productTitle: `Nouveauté ${sku}`, title: 'Default Title', sku, barcode, price,
    taxable: true, tracked: false, sellsWithoutStock: true, giftCard: false, requiresShipping: true, status: 'ACTIVE', ...change,
  }, stage.shopNow())
}

function inErp({ stage }: Tools, { sku, barcode, price }: Novelty, change: Partial<Product> = {}): Product {
  return stage.erp.addProduct({
    defaultCode: sku, barcode, name: `Nouveauté ${sku}`, uom: 'Units', packSize: 1, kind: 'goods', tracked: false,
    taxIds: [stage.house.taxFor({ title: 'TVA', rate: new Decimal('0.2'), included: true, byMarketplace: false })], listPrice: price, active: true, ...change,
  }, stage.house.staff.clerk, stage.erpNow())
}

interface Mapping {
  readonly name: string
  readonly rule: string
  readonly says: string
  readonly twin: string
  readonly critical?: boolean
  readonly cause?: string
  /** What was so before, and for how long; left out: the mismatch comes with the article. */
  readonly before?: (tools: Tools, it: Novelty) => number
  /** Makes the mismatch; gives back what mends it. `'already'`: it is there, and cannot be made twice. */
  readonly make: (tools: Tools, it: Novelty) => (() => void) | 'already'
  readonly makeTwin: (tools: Tools, it: Novelty) => void
  /** What the finding is about, when it is not the new SKU. */
  readonly keyOf?: (tools: Tools, it: Novelty) => string
}

function mapping({ rule, before, make, makeTwin, keyOf = (_tools, it) => it.sku, critical = false, cause, ...facts }: Mapping): WorldScenario {
  return inWorld({
    ...facts,
    rules: [rule],
    critical,
    happens(tools) {
      const it = novelty(tools)
      const goWrong = (): void => {
        const mend = make(tools, it)
        if (mend === 'already') return
        const key = keyOf(tools, it)
        const planted = tools.plant({ subject: { kind: 'product', key }, ...(cause === undefined ? {} : { cause }) })
        tools.excuse({ kind: 'product', key }, null, 'What else is said of this SKU follows from the mismatch.')
        mends(tools, planted, 'people', () => mend())
      }
      if (before === undefined) goWrong()
      else tools.after(before(tools, it), goWrong)
    },
    twinHappens(tools) {
      const it = novelty(tools)
      makeTwin(tools, it)
      tools.innocent({ kind: 'product', key: it.sku })
    },
  })
}

/** Somebody puts it into an order and has not paid yet: nothing is due in the ERP. */
function orderOne({ stage }: Tools, { id }: Variant): void {
  stage.desk.market = homeMarket()
  stage.shop.place({
    at: stage.shopNow(), customerId: null, email: `guest.${stage.shop.books.orders.size}@example.org`, shipTo: { country: 'FR', region: null }, currency: 'EUR',
    source: 'web', lines: [{ variantId: id, quantity: 1 }], shipping: [],
  })
}

function both(tools: Tools, it: Novelty): void {
  inErp(tools, it)
  inShop(tools, it)
}

const clerkOf = ({ stage }: Tools): number => stage.house.staff.clerk

const mappings: readonly Mapping[] = [
  {
    name: 'F08-sku-only-in-shop', rule: 'F08-sku-unknown',
    says: 'An article goes on sale under a SKU that the ERP does not have: its orders will be refused.', twin: 'A new article, on both sides.',
    make: (tools, it) => {
      inShop(tools, it)
      return () => inErp(tools, it)
    },
    makeTwin: both,
  },
  {
    name: 'F08-sku-only-in-erp', rule: 'F08-sku-unknown',
    says: 'The ERP has an article for sale that the shop does not show, or has deleted though an order speaks of it.',
    twin: 'An article of the ERP is archived, and is not in the shop.',
    before(tools, it) {
      inErp(tools, it)
      // by dice of its own: it may have been on sale until now
      if (!tools.stage.dice('deleted', it.sku).chance(0.5)) return 0
      orderOne(tools, inShop(tools, it))
      return tools.dice.int(90, 180) * minute
    },
    make: (tools, it) => {
      const { shop } = tools.stage
      const sold = [...shop.books.variants.all()].find(({ sku }) => sku === it.sku)
      if (sold !== undefined) shop.deleteVariant(sold.id)
      // made anew, it is another variant of the same SKU
      return () => inShop(tools, it)
    },
    makeTwin: (tools, it) => inErp(tools, it, { active: false }),
  },
  {
    name: 'F08-sku-respelt', rule: 'F08-sku-unknown',
    says: 'A SKU is respelt in the shop, and the ERP keeps the old one.', twin: 'A title is changed, and the SKU stays.',
    make: (tools, it) => {
      inErp(tools, it)
      const variant = inShop(tools, it)
      tools.stage.shop.changeVariant(variant.id, { sku: `${it.sku}x` }, tools.stage.shopNow())
      tools.excuse({ kind: 'product', key: `${it.sku}x` }, null, 'It is the new spelling.')
      return () => tools.stage.shop.changeVariant(variant.id, { sku: it.sku }, tools.stage.shopNow())
    },
    makeTwin: (tools, it) => {
      inErp(tools, it)
      const variant = inShop(tools, it)
      tools.stage.shop.changeVariant(variant.id, { productTitle: 'Un nouveau titre' }, tools.stage.shopNow())
    },
  },
  {
    name: 'F08-archived-in-erp', rule: 'F08-sku-unknown',
    says: 'The ERP archives an article that the shop still sells.', twin: 'An article is archived on both sides.',
    make: (tools, it) => {
      inShop(tools, it)
      const product = inErp(tools, it)
      tools.stage.erp.changeProduct(product.id, { active: false }, clerkOf(tools), tools.stage.erpNow())
      return () => tools.stage.erp.changeProduct(product.id, { active: true }, clerkOf(tools), tools.stage.erpNow())
    },
    makeTwin: (tools, it) => {
      inShop(tools, it, { status: 'ARCHIVED' })
      inErp(tools, it, { active: false })
    },
  },
  {
    name: 'F08-one-sku-twice-in-shop', rule: 'F08-duplicate-sku',
    says: 'Two articles of the shop have one SKU: the stock of one is shown for the other.', twin: 'Two articles whose SKUs differ by a letter.',
    make: (tools, it) => {
      both(tools, it)
      const copy = inShop(tools, { ...it, barcode: `${it.barcode}9` })
      return () => tools.stage.shop.changeVariant(copy.id, { sku: null, status: 'ARCHIVED' }, tools.stage.shopNow())
    },
    makeTwin: (tools, it) => {
      both(tools, it)
      both(tools, { ...it, sku: `${it.sku}b`, barcode: `${it.barcode}8` })
    },
  },
  {
    name: 'F08-one-sku-twice-in-erp', rule: 'F08-duplicate-sku',
    says: 'Two products of the ERP have one SKU: orders take either.', twin: 'The older of two products of one SKU is archived.',
    make: (tools, it) => {
      both(tools, it)
      const copy = inErp(tools, { ...it, barcode: `${it.barcode}7` })
      return () => tools.stage.erp.changeProduct(copy.id, { active: false }, clerkOf(tools), tools.stage.erpNow())
    },
    makeTwin: (tools, it) => {
      inErp(tools, { ...it, barcode: `${it.barcode}6` }, { active: false })
      both(tools, it)
    },
  },
  {
    name: 'F08-one-barcode-twice', rule: 'F08-duplicate-barcode',
    says: 'Two SKUs carry one barcode: the scanner picks the wrong one.', twin: 'Two SKUs without any barcode.',
    make: (tools, it) => {
      both(tools, it)
      const other = { ...it, sku: `${it.sku}-B` }
      const product = inErp(tools, other)
      const variant = inShop(tools, other)
      tools.excuse({ kind: 'product', key: other.sku }, null, 'It is the other SKU of the barcode.')
      return () => {
        const barcode = `${it.barcode}4`
        tools.stage.erp.changeProduct(product.id, { barcode }, clerkOf(tools), tools.stage.erpNow())
        tools.stage.shop.changeVariant(variant.id, { barcode }, tools.stage.shopNow())
      }
    },
    makeTwin: (tools, it) => {
      for (const sku of [it.sku, `${it.sku}-B`]) {
        inShop(tools, { ...it, sku }, { barcode: null })
        inErp(tools, { ...it, sku }, { barcode: null })
      }
    },
  },
  {
    name: 'F08-barcode-differs', rule: 'F08-barcode-differs',
    says: 'Shop and ERP have different barcodes for one SKU.', twin: 'The shop has no barcode, and the ERP has one.',
    make: (tools, it) => {
      inShop(tools, it)
      const product = inErp(tools, { ...it, barcode: `${it.barcode}5` })
      return () => tools.stage.erp.changeProduct(product.id, { barcode: it.barcode }, clerkOf(tools), tools.stage.erpNow())
    },
    makeTwin: (tools, it) => {
      inShop(tools, it, { barcode: null })
      inErp(tools, it)
    },
  },
  {
    name: 'F08-pack-changed', rule: 'F08-pack-differs', critical: true, keyOf: () => 'OIL-C12',
    says: 'The case of twelve stands as a case of ten in the ERP.', twin: 'A single article, one of the ERP’s units each.',
    make: (tools) => changesCase(tools, 'OIL-C12', { packSize: 10 }, { packSize: 12 }),
    makeTwin: both,
  },
  {
    name: 'F08-unit-changed', rule: 'F08-unit-differs', critical: true, keyOf: () => 'SOAP-C24',
    says: 'The ERP counts in dozens what it counted in pieces.', twin: 'A new article, counted in pieces on both sides.',
    make: (tools) => changesCase(tools, 'SOAP-C24', { uom: 'Dozen' }, { uom: 'Units' }),
    makeTwin: both,
  },
  {
    name: 'F08-price-only-in-erp', rule: 'F08-price-differs', cause: 'price',
    says: 'A price is raised in the ERP, and the shop sells at the old one.', twin: 'A price is raised on both sides within a minute.',
    make: (tools, it) => {
      inShop(tools, it)
      const product = inErp(tools, it)
      const raised = it.price.plus('1.50')
      tools.stage.erp.changeProduct(product.id, { listPrice: raised }, clerkOf(tools), tools.stage.erpNow())
      return () => tools.stage.erp.changeProduct(product.id, { listPrice: it.price }, clerkOf(tools), tools.stage.erpNow())
    },
    makeTwin: (tools, it) => {
      const raised = { ...it, price: it.price.plus('1.50') }
      const variant = inShop(tools, it)
      const product = inErp(tools, it)
      tools.stage.erp.changeProduct(product.id, { listPrice: raised.price }, clerkOf(tools), tools.stage.erpNow())
      tools.after(50_000, () => tools.stage.shop.changeVariant(variant.id, { price: raised.price }, tools.stage.shopNow()))
    },
  },
  {
    name: 'F08-price-list-replayed-late', rule: 'F08-price-differs', critical: true, cause: 'price',
    says: 'A price list of last month is replayed into the shop.', twin: 'A price list is replayed that changes nothing.',
    make: (tools, it) => {
      inErp(tools, it)
      const variant = inShop(tools, it)
      tools.stage.shop.changeVariant(variant.id, { price: it.price.times('0.8').toDecimalPlaces(2) }, tools.stage.shopNow())
      return () => tools.stage.shop.changeVariant(variant.id, { price: it.price }, tools.stage.shopNow())
    },
    makeTwin: (tools, it) => {
      inErp(tools, it)
      const variant = inShop(tools, it)
      tools.stage.shop.changeVariant(variant.id, { price: it.price }, tools.stage.shopNow())
    },
  },
]

function changesCase(tools: Tools, sku: string, change: Partial<Product>, back: Partial<Product>): (() => void) | 'already' {
  const article = tools.stage.house.articleOf(sku)
  // one case, off once: a second fault on it would be mended with the first
  if (article === null || article.product.packSize !== article.facts.pack || article.product.uom !== 'Units') return 'already'
  tools.stage.erp.changeProduct(article.product.id, change, clerkOf(tools), tools.stage.erpNow())
  for (const place of tools.stage.house.places) tools.excuse({ kind: 'sku', key: `${sku}@${place.location.name}` }, null, 'Its pack has changed.')
  return () => tools.stage.erp.changeProduct(article.product.id, back, clerkOf(tools), tools.stage.erpNow())
}

/** A line that the integration cannot map is left out, and nobody is told. */
const unmappedLine = onOrder({
  name: 'F08-line-without-sku', rules: ['F08-line-unmapped', 'F02-total-differs'], critical: true, wish: { ...paid, discount: 'none', trait: 'plain' },
  says: 'A line of the order has no SKU: the ERP’s order comes without it.', twin: 'All lines of the order have a SKU that both sides know.',
  script: (tools) => ({
    placed(one) {
      const { stage } = tools
      const it = novelty(tools)
      const variant = inShop(tools, it, { sku: null })
      tools.excuse({ kind: 'product', key: it.sku }, null, 'It has no SKU.')
      stage.desk.market = one.market
      stage.shop.edit(one.order.id, { added: [{ variantId: variant.id, quantity: 1, unitPrice: it.price, locationId: one.place.location.id }] }, stage.shopNow())
      stage.shop.capture(one.order.id, it.price, one.gateway ?? 'manual', stage.shopNow())
    },
    book(one) {
      enter(tools.stage, one, draftOf(tools.stage, one, (line) => line.sku !== null))
      const lost = one.order.lines.filter((line) => line.sku === null).reduce((sum, line) => sum.plus(agreedLine(line).subtotal), new Decimal(0))
      const label = { subject: orderOf(one), amount: money(lost, one) }
      tools.plant({ ...label, rule: 'F08-line-unmapped', cause: 'lines' })
      tools.plant({ ...label, rule: 'F02-total-differs', cause: 'lines' })
      return 'instead'
    },
  }),
})

export const productMapping: readonly Scenario[] = [...mappings.map(mapping), unmappedLine]
