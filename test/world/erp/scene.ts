/** An ERP with a warehouse, a customer and some goods, for tests of what may be done in it. */
import { Decimal } from '../../../src-main/world/decimal.ts'
import type { Erp, ErpRounding, Product, Sale } from '../../../src-main/world/erp/erp.ts'
import type { Stamps } from '../../../src-main/world/erp/ledger.ts'
import { openErp } from '../../../src-main/world/erp/open-erp.ts'

export const monday = Date.UTC(2026, 10, 23, 3, 30, 0, 123)

export function decimal(value: Decimal.Value): Decimal {
  return new Decimal(value)
}

export interface Scene {
  readonly erp: Erp
  /** The integration's user. */
  readonly by: number
  readonly warehouseId: number
  readonly partnerId: number
  readonly taxId: number
  readonly goods: Product
}

interface Wish {
  readonly currency?: string
  readonly rounding?: ErpRounding
  readonly stamps?: Stamps
  readonly rate?: Decimal.Value
  readonly priceInclude?: boolean
  readonly stock?: Decimal.Value
}

export function aScene(wish: Wish = {}): Scene {
  const erp = openErp({
    database: 'acme', company: 'Acme', currency: wish.currency ?? 'EUR', rounding: wish.rounding ?? 'round_per_line',
    stamps: wish.stamps ?? 'writes', at: monday,
  })
  const by = erp.addUser({ login: 'shop', name: 'Shop integration', apiKey: 'key', mayWriteOrders: true }, monday).id
  const warehouseId = erp.addWarehouse('WH', 'Main', monday).id
  const taxId = erp.addTax({ name: '20%', amount: decimal(wish.rate ?? 20), priceInclude: wish.priceInclude ?? false }, monday).id
  const partnerId = erp.addPartner({
    name: 'Ada', email: 'ada@example.com', vat: null, ref: null, parentId: null, companyType: 'person', countryCode: 'DE', active: true,
  }, by, monday).id
  const goods = addGoods({ erp, by, taxId }, 'MUG')
  erp.setQuantity(goods.id, warehouseId, decimal(wish.stock ?? 100), monday)
  return { erp, by, warehouseId, partnerId, taxId, goods }
}

export function addGoods({ erp, by, taxId }: Pick<Scene, 'erp' | 'by' | 'taxId'>, sku: string, over: Partial<Pick<Product, 'dropShipped'>> = {}): Product {
  return erp.addProduct({
    defaultCode: sku, barcode: null, name: sku, uom: 'Units', packSize: 1, kind: 'goods', tracked: true, taxIds: [taxId],
    listPrice: decimal('9.99'), active: true, ...over,
  }, by, monday)
}

/** A quotation for the scene's customer; each line is a quantity and a price. */
export function quote(
  scene: Scene, lines: readonly (readonly [Decimal.Value, Decimal.Value])[], at = monday, ref: string | null = 'shop1:1001',
): Sale {
  return scene.erp.createSale({
    partnerId: scene.partnerId,
    clientOrderRef: ref,
    dateOrder: at,
    currency: scene.erp.books.company.currency,
    warehouseId: scene.warehouseId,
    lines: lines.map(([quantity, price]) => ({ productId: scene.goods.id, quantity: decimal(quantity), priceUnit: decimal(price) })),
  }, scene.by, at)
}
