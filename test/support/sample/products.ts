/** The sample catalogues and customers: names that are longer than anyone likes, facts that differ, people that stand there twice. */
import type { ClusterView, CustomerFace, CustomerOneView, ProductFace, ProductFilter, ProductOneView, ProductRow, RecordsView } from '../../../src-main/contract/product-views.ts'
import type { ProductField } from '../../../src-main/domain/product-faces.ts'
import { type Scene, dice, erp, lastRead, pick, shop } from './scene.ts'

const day = 86_400_000
const titles = [
  'Merino base layer, women, long sleeve',
  'Trekking backpack 55 + 10 l with rain cover and hydration sleeve, anthracite / signal orange',
  'Kletterseil 9,8 mm, 70 m, imprägniert (Doppelpack für Vereine und Schulen)',
  '折りたたみ式キャンプチェア 超軽量モデル',
  'خيمة لشخصين مقاومة للماء',
  'Socks',
] as const
const fields: readonly [ProductField, ...ProductField[]] = ['title', 'unit', 'pack', 'tax-code', 'price', 'barcode', 'active']

function isRead(scene: Scene): boolean {
  return scene.mood !== 'empty' && scene.mood !== 'unread'
}

function asOfOf(scene: Scene) {
  return { at: isRead(scene) ? lastRead(scene) : null, staleAfterMs: 600_000 }
}

function face(sku: string, given: Partial<ProductFace> = {}): ProductFace {
  return { sku, id: `prod-${sku}`, title: titles[0], unit: 'Stück', packSize: '1', taxCode: 'VAT19', barcode: '4006381333931', active: true, prices: [{ amount: '1249.90', currency: 'EUR', market: null, taxesIncluded: true }], changedAt: null, ...given }
}

const otherwise: Readonly<Record<ProductField, Partial<ProductFace>>> = {
  title: { title: 'Merino Base Layer W LS (old name, do not use)' },
  unit: { unit: 'Karton' },
  pack: { packSize: '12' },
  'tax-code': { taxCode: 'VAT7-REDUCED' },
  price: { prices: [{ amount: '1199.00', currency: 'EUR', market: null, taxesIncluded: true }] },
  barcode: { barcode: '4006381333948' },
  active: { active: false },
}

function rows(scene: Scene): readonly ProductRow[] {
  if (!isRead(scene)) return []
  const roll = dice(8080)
  return Array.from({ length: 230 }, (_, nth) => {
    const sku = nth === 1 ? 'NL-BACKPACK-55-10-ANTHRACITE-SIGNALORANGE-2026-LIMITED' : `NL-${10_000 + nth * 7}`
    const title = pick(roll, titles)
    const differs = scene.mood === 'calm' || nth % 4 !== 0 ? [] : nth === 0 ? [...fields] : [pick(roll, fields)]
    const shopFace = nth % 31 === 30 ? null : face(sku, { title })
    const erpSku = nth % 13 === 5 ? `0815-${nth}` : sku
    const erpFace = nth % 29 === 28 ? null : face(erpSku, { title, ...Object.assign({}, ...differs.map((field) => otherwise[field])) })
    return { sku, erpSku, title, shop: shopFace, erp: erpFace, shopCopies: shopFace === null ? 0 : nth === 8 ? 2 : 1, erpCopies: erpFace === null ? 0 : 1, differs, incidents: differs.length > 0 || erpFace === null ? 1 : 0 }
  })
}

export function sampleProducts(scene: Scene, { filter, limit, cursor }: { readonly filter: { readonly only: ProductFilter; readonly search: string | null }; readonly limit: number; readonly cursor: string | null }) {
  const is: Readonly<Record<ProductFilter, (row: ProductRow) => boolean>> = {
    all: () => true,
    incidents: (row) => row.incidents > 0,
    differing: (row) => row.differs.length > 0,
    'shop-only': (row) => row.erp === null,
    'erp-only': (row) => row.shop === null,
  }
  const found = rows(scene).filter((row) => is[filter.only](row) && (filter.search === null || row.sku.startsWith(filter.search)))
  const from = cursor === null ? 0 : found.findIndex((row) => row.sku === cursor) + 1
  const page = found.slice(from, from + limit)
  return {
    shopLabel: shop.label,
    erpLabel: erp.label,
    asOf: asOfOf(scene),
    shopCount: isRead(scene) ? 48_201 : 0,
    erpCount: isRead(scene) ? 51_077 : 0,
    rows: [...page],
    next: from + limit >= found.length ? null : (page.at(-1)?.sku ?? null),
    looked: page.length,
  }
}

export function sampleProduct(scene: Scene, sku: string): ProductOneView | null {
  const row = rows(scene).find((one) => one.sku === sku || one.erpSku === sku)
  if (row === undefined) return null
  return {
    sku: row.sku,
    erpSku: row.erpSku,
    shopLabel: shop.label,
    erpLabel: erp.label,
    asOf: asOfOf(scene),
    shop: row.shop === null ? [] : Array.from({ length: row.shopCopies }, (_, nth) => face(row.sku, { ...row.shop, id: `prod-${row.sku}-${nth}` })),
    erp: row.erp === null ? [] : [row.erp],
    differs: row.differs,
    maps: row.erpSku === row.sku ? [] : [`The ERP calls it ${row.erpSku}.`],
    outside: row.differs.includes('price') ? [{ what: `Price of ${row.sku}`, before: '1 199.00 EUR', after: '1 249.90 EUR', by: 'marketing-intern@nordlicht', at: scene.now - 2 * day }] : [],
    incidents: row.incidents === 0 ? [] : [{ id: 'product-1', rule: 'F08-price-differs', title: 'List price differs', says: `${row.sku} is listed at 1249.90 in ${shop.label} and at 1199.00 in ${erp.label}.`, severity: 'high' }],
  }
}

function customer(id: string, given: Partial<CustomerFace> = {}): CustomerFace {
  return { id, code: `D${id}`, email: '…@handelsgesellschaft-nordwest-grosskunden.example', vatId: 'DE123456789', registration: null, country: 'DE', parent: null, active: true, changedAt: null, ...given }
}

function clusters(scene: Scene): readonly ClusterView[] {
  if (!isRead(scene) || scene.mood === 'calm') return []
  return Array.from({ length: 34 }, (_, nth): ClusterView => {
    const many = nth === 0 ? 21 : 2 + (nth % 3)
    const conflicts = nth % 5 === 2 ? ['VAT id', 'Country'] : []
    const by = nth % 3 === 0 ? 'vat' : nth % 3 === 1 ? 'email' : 'registration'
    return {
      key: `${by} of ${10_401 + nth * 50}`,
      by,
      count: many,
      customers: Array.from({ length: many }, (_unused, member) => customer(String(10_401 + nth * 50 + member), conflicts.length > 0 && member > 0 ? { vatId: 'ATU12345678', country: 'AT' } : {})),
      conflicts,
      incident: { id: `customer-${nth}`, rule: conflicts.length > 0 ? 'F04-conflicting-billing' : 'F04-duplicate-customer', title: 'Customer more than once in the ERP', says: `${erp.label} has ${many} customers with the same VAT id.`, severity: 'medium' },
    }
  })
}

export function sampleCustomers(scene: Scene, { limit, cursor }: { readonly limit: number; readonly cursor: string | null }) {
  const found = clusters(scene)
  const from = cursor === null ? 0 : found.findIndex((one) => one.key === cursor) + 1
  const page = found.slice(from, from + limit)
  return { erpLabel: erp.label, asOf: asOfOf(scene), held: isRead(scene) ? 128_440 : 0, rows: [...page], next: from + limit >= found.length ? null : (page.at(-1)?.key ?? null) }
}

export function sampleCustomer(scene: Scene, id: string): CustomerOneView | null {
  const own = clusters(scene).filter((one) => one.customers.some((member) => member.id === id))
  const known = own.flatMap((one) => one.customers).find((member) => member.id === id)
  return known === undefined ? null : { side: 'erp', label: erp.label, otherLabel: shop.label, asOf: asOfOf(scene), customer: known, goneAt: null, clusters: own, counterparts: [] }
}

export function sampleRecords(scene: Scene): RecordsView {
  const busy = isRead(scene) && scene.mood !== 'calm'
  return {
    shopLabel: shop.label,
    erpLabel: erp.label,
    asOf: asOfOf(scene),
    sinceDays: 30,
    trail: !isRead(scene)
      ? []
      : [
          { side: 'shop', stream: 'orders', of: 200, time: 200, origin: 196, identity: 0, trace: 0 },
          { side: 'shop', stream: 'fulfilments', of: 200, time: 200, origin: 200, identity: 12, trace: 0 },
          { side: 'erp', stream: 'orders', of: 200, time: 200, origin: 188, identity: 200, trace: 140 },
          { side: 'erp', stream: 'invoices', of: 200, time: 200, origin: 199, identity: 200, trace: 0 },
          { side: 'erp', stream: 'credit-notes', of: 41, time: 41, origin: 37, identity: 41, trace: 0 },
        ],
    merges: busy ? { clusters: 34, surplus: 87, settled: 12, more: false } : { clusters: 0, surplus: 0, settled: 0, more: false },
    overrides: busy ? [{ class: 'corrected', count: 1_204 }, { class: 'entered', count: 41 }, { class: 'accepted', count: 9 }, { class: 'severity', count: 2 }] : [],
    outside: busy ? [{ rule: 'F09-product-changed-outside', title: 'Product changed by whom it does not belong to', count: 14 }, { rule: 'F09-document-without-identity', title: 'Document that does not say who made it', count: 3 }] : [],
    unmapped: busy ? [{ rule: 'F10-unmapped-tax-code', title: 'Tax code without a mapping', count: 2 }] : [],
  }
}
