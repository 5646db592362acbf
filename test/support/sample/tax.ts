/** The sample tax: three currencies that differ for many reasons, methods of many markets, orders explained in every way. */
import type { TaxOrderView, TaxView, VarianceOrderView, VarianceSumView } from '../../../src-main/contract/tax-views.ts'
import type { TaxFacet } from '../../../src-main/domain/tax-facets.ts'
import type { Cause } from '../../../src-main/domain/incident.ts'
import { type Scene, dice, erp, lastRead, pick, shop } from './scene.ts'

const markets = ['DE', 'FR', 'AT', 'CH', 'JP', 'KW', 'GB', ''] as const
const causes: readonly [Cause, ...Cause[]] = ['rounding', 'wrong-rate', 'shipping-rate', 'exempt', 'discount-after-tax', 'ambiguous', 'unexplained']
const values: Readonly<Record<TaxFacet, readonly [string, ...string[]]>> = {
  market: markets,
  productType: ['VAT19-STANDARD', 'VAT7-REDUCED-FOOD-AND-PRINTED-BOOKS', 'Shipping', '19 % + 7 %', 'Gift card', 'Bundle'],
  shipping: ['DHL Paket bis 31,5 kg, Zustellung mit Altersprüfung und Ablagevertrag', 'Abholung im Laden', 'UPS Express Saver', ''],
  exemption: ['none', 'reverse-charge', 'customer', 'marketplace'],
  cause: causes,
}

function isRead(scene: Scene): boolean {
  return scene.mood !== 'empty' && scene.mood !== 'unread'
}

function sums(by: TaxFacet): VarianceSumView[] {
  const roll = dice(by.length * 97)
  return values[by].flatMap((value, nth) => {
    const weight = Math.round(120_000 / (nth * nth * 3 + 1))
    const euro = { value, currency: 'EUR', over: nth === 0 && by === 'market' ? 1_204_733_18 : Math.round(weight * roll()), under: -Math.round(weight * 0.7 * roll()), count: nth === 0 ? 10_482 : Math.ceil(900 / (nth + 1)) }
    const yen = { value, currency: 'JPY', over: Math.round(weight * 3 * roll()), under: 0, count: 12 + nth }
    return nth % 3 === 1 ? [euro, yen] : [euro]
  })
}

export function sampleTax(scene: Scene, pair: string): TaxView {
  const calm = scene.mood === 'calm' || !isRead(scene)
  const asOf = { at: isRead(scene) ? lastRead(scene) : null, staleAfterMs: 60_000 }
  const whole = [
    { value: '', currency: 'EUR', over: 1_204_918_44, under: -84_211_07, count: 12_931 },
    { value: '', currency: 'JPY', over: 412_840, under: -1_200, count: 61 },
    { value: '', currency: 'KWD', over: 0, under: -1_044, count: 3 },
  ]
  return {
    pair,
    shopLabel: shop.label,
    erpLabel: erp.label,
    asOf,
    notJudged: calm ? 0 : 7,
    whole: calm ? [] : whole,
    rollUps: (['market', 'productType', 'shipping', 'exemption', 'cause'] as const).map((by) => ({ by, sums: calm ? [] : sums(by) })),
    methods: !isRead(scene)
      ? []
      : [
          { market: 'DE', shop: { says: 'per line, half up', agrees: 398, of: 400 }, erp: { says: 'per document, unrounded lines, half to even, net first', agrees: 400, of: 400 } },
          { market: 'FR', shop: { says: 'per line, half up', agrees: 61, of: 61 }, erp: { says: 'per line, half up', agrees: 60, of: 61 } },
          { market: 'JP', shop: null, erp: { says: 'per document, always down', agrees: 22, of: 22 } },
          { market: '', shop: null, erp: null },
        ],
    documents: calm
      ? []
      : [
          { rule: 'F05-invoice-tax-differs', title: 'Tax changes from order to invoice', currency: 'EUR', minor: -4_211, count: 17 },
          { rule: 'F05-refund-tax-differs', title: 'Tax changes from refund to credit note', currency: 'JPY', minor: 1_200, count: 2 },
        ],
  }
}

export function sampleTaxOrders(scene: Scene, { currency, only, limit, cursor }: { readonly currency: string; readonly only: { readonly by: TaxFacet; readonly value: string } | null; readonly limit: number; readonly cursor: { readonly number: string } | null }) {
  const roll = dice(991)
  const all = Array.from({ length: scene.mood === 'calm' || !isRead(scene) ? 0 : 240 }, (_, nth): VarianceOrderView => ({
    number: nth === 1 ? 'B2B-2026-000451-HAMBURG-WHOLESALE' : `NL-${103_000 + nth * 11}`,
    minor: (nth % 3 === 0 ? -1 : 1) * (nth === 0 ? 98_412_077 : Math.max(1, Math.round(60_000 / (nth + 1)))),
    currency,
    cause: nth > 120 ? 'rounding' : pick(roll, causes),
    market: pick(roll, markets),
    productType: pick(roll, values.productType),
    shipping: pick(roll, values.shipping),
    exemption: pick(roll, values.exemption),
    incident: nth % 7 === 6 ? null : `tax-${nth}`,
  }))
  const wanted = only === null ? all : all.filter((row) => row[only.by] === only.value)
  const from = cursor === null ? 0 : wanted.findIndex((row) => row.number === cursor.number) + 1
  const rows = wanted.slice(from, from + limit)
  const last = rows.at(-1)
  return { rows: [...rows], next: last === undefined || from + limit >= wanted.length ? null : { weight: Math.abs(last.minor), number: last.number } }
}

const oil = 'Olivenöl, kaltgepresst, 5-l-Kanister aus kontrolliert biologischem Anbau'

export function sampleTaxOrder(scene: Scene, number: string): TaxOrderView {
  const asOf = { at: lastRead(scene), staleAfterMs: 60_000 }
  const base: TaxOrderView = {
    number,
    shopLabel: shop.label,
    erpLabel: erp.label,
    shopAsOf: asOf,
    erpAsOf: asOf,
    incomparable: null,
    currency: 'EUR',
    shop: { minor: 12_345_67, low: 12_345_67, high: 12_345_67 },
    erp: 11_988_02,
    lines: [
      { key: 'OIL-5L', title: oil, shop: { quantity: '120', net: '2892.5926', rates: ['19'], tax: '549.5926' }, erp: { quantity: '120', net: '2892.59', rates: ['7'], tax: '202.4813' }, differs: ['rate'] },
      { key: 'CHAIR', title: '折りたたみ式キャンプチェア 超軽量モデル', shop: { quantity: '1200', net: '61991.9', rates: ['19'], tax: '11778.461' }, erp: { quantity: '1200', net: '61991.9', rates: ['19'], tax: '11778.461' }, differs: [] },
      { key: ' shipping', title: 'DHL Paket', shop: { quantity: '1', net: '92.7', rates: ['19'], tax: '17.613' }, erp: { quantity: '1', net: '37.27', rates: ['19'], tax: '7.0813' }, differs: ['net'] },
      { key: 'FEE', title: 'Kleinmengenzuschlag', shop: null, erp: { quantity: '1', net: '0', rates: [], tax: '0' }, differs: ['line'] },
    ],
    kind: 'explained',
    ways: [
      [
        { cause: 'rounding', says: 'The shop’s lines, rounded as the ERP rounds', minor: -1 },
        { cause: 'wrong-rate', says: `Tax rate of ${oil}: 19 % in the shop, 7 % in the ERP`, minor: -347_11 },
        { cause: 'price', says: 'Price of DHL Paket: 92.7 in the shop, 37.27 in the ERP', minor: -10_53 },
      ],
    ],
    more: 0,
    cut: false,
    residual: 0,
    methods: { shop: { says: 'per line, half up', agrees: 398, of: 400 }, erp: { says: 'per document, half up', agrees: 400, of: 400 } },
    incident: 'tax-1',
  }
  if (number.endsWith('11')) {
    const [way = []] = base.ways
    return { ...base, kind: 'ambiguous', more: 7, ways: [way, [{ cause: 'discount-after-tax', says: 'The ERP takes the discount off after tax', minor: -357_65 }]] }
  }
  if (number.endsWith('22')) return { ...base, kind: 'unexplained', ways: [], residual: 13, shop: { minor: 12_345_67, low: 12_345_66, high: 12_345_68 } }
  return base
}
