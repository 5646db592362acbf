/** What the merchant sells: plain goods in variants, cases, kits, gift cards, goods sent by the supplier, goods not out yet, goods cut to order. */
import type { RateClass } from './markets.ts'

export type Trait = 'plain' | 'case' | 'kit' | 'gift-card' | 'drop-ship' | 'pre-order' | 'cut-to-order'

export interface ArticleFacts {
  readonly sku: string
  readonly title: string
  readonly variant: string
  /** Gross in France, in euros. */
  readonly price: string
  readonly rateClass: RateClass
  readonly barcode: string | null
  readonly trait: Trait
  /** How many of the ERP's units make one of the shop's: 12 for a case. */
  readonly pack: number
  /** What a kit is made of. */
  readonly parts: readonly { readonly sku: string; readonly units: number }[]
  /** How often it is bought, beside the others. */
  readonly weight: number
}

interface Line {
  readonly code: string
  readonly title: string
  readonly price: string
  readonly rateClass: RateClass
  readonly variants: readonly string[]
  readonly weight?: number
}

const lines: readonly Line[] = [
  { code: 'TEE', title: 'Organic cotton T-shirt', price: '24.90', rateClass: 'standard', variants: ['S', 'M', 'L', 'XL'], weight: 6 },
  { code: 'HOOD', title: 'Hoodie “Ærø”', price: '69.00', rateClass: 'standard', variants: ['S', 'M', 'L'], weight: 3 },
  { code: 'MUG', title: 'Stoneware mug, Ø 9 cm', price: '14.95', rateClass: 'standard', variants: ['blue', 'white'], weight: 6 },
  { code: 'OIL', title: 'Huile d’olive vierge extra 500 ml', price: '11.90', rateClass: 'reduced', variants: ['fruité vert', 'fruité mûr'], weight: 5 },
  { code: 'TEA', title: 'Thé vert Sencha 煎茶, 100 g', price: '8.01', rateClass: 'reduced', variants: ['loose', 'bags'], weight: 5 },
  { code: 'JAM', title: 'Confiture de mirabelles', price: '6.35', rateClass: 'reduced', variants: ['250 g'], weight: 4 },
  { code: 'SOAP', title: 'Savon de Marseille', price: '3.99', rateClass: 'standard', variants: ['olive', 'lavender', 'unscented'], weight: 6 },
  { code: 'BAG', title: 'Waxed canvas bag', price: '119.00', rateClass: 'standard', variants: ['brown', 'green'], weight: 2 },
  { code: 'LAMP', title: 'Lampe de bureau « Étoile »', price: '89.50', rateClass: 'standard', variants: ['brass'], weight: 2 },
  { code: 'BOOK', title: 'Der Süßwarenatlas: eine sehr lange Reise durch Konditoreien, Backstuben und Zuckerhäuser zwischen Łódź, Málaga und Tromsø', price: '34.00', rateClass: 'reduced', variants: ['hardback'], weight: 2 },
  { code: 'SOCK', title: 'Merino socks', price: '15.49', rateClass: 'standard', variants: ['36–38', '39–41', '42–44'], weight: 5 },
  { code: 'CANDLE', title: 'Beeswax candle', price: '10.99', rateClass: 'standard', variants: ['small', 'large'], weight: 4 },
  { code: 'PLATE', title: 'Assiette en grès', price: '18.60', rateClass: 'standard', variants: ['22 cm', '27 cm'], weight: 3 },
  { code: 'KNIFE', title: 'Couteau d’office', price: '42.25', rateClass: 'standard', variants: ['9 cm'], weight: 2 },
]

function plain(line: Line, variant: string, at: number): ArticleFacts {
  return {
    sku: `${line.code}-${at + 1}`,
    title: line.title,
    variant,
    price: line.price,
    rateClass: line.rateClass,
    barcode: ean(`37${String(line.code.charCodeAt(0)).padStart(3, '0')}${String(line.title.length).padStart(3, '0')}${line.code.length}${String(line.code.charCodeAt(2)).padStart(3, '0').slice(1)}${at}`),
    trait: 'plain',
    pack: 1,
    parts: [],
    weight: line.weight ?? 1,
  }
}

const special = { variant: '', rateClass: 'standard', pack: 1, parts: [], barcode: null, weight: 1 } as const

const specials: readonly ArticleFacts[] = [
  { ...special, sku: 'OIL-C12', title: 'Huile d’olive, carton de 12', price: '128.40', rateClass: 'reduced', trait: 'case', pack: 12, weight: 2 },
  { ...special, sku: 'SOAP-C24', title: 'Savon de Marseille, box of 24', price: '79.80', trait: 'case', pack: 24 },
  { ...special, sku: 'KIT-BREAKFAST', title: 'Breakfast set: two mugs and a tea', price: '34.90', trait: 'kit', parts: [{ sku: 'MUG-1', units: 2 }, { sku: 'TEA-1', units: 1 }], weight: 2 },
  { ...special, sku: 'KIT-BATH', title: 'Bath set', price: '29.90', trait: 'kit', parts: [{ sku: 'SOAP-1', units: 3 }, { sku: 'CANDLE-1', units: 1 }] },
  { ...special, sku: 'GIFT-50', title: 'Gift card', variant: '50', price: '50.00', rateClass: 'none', trait: 'gift-card' },
  { ...special, sku: 'CHAIR-OAK', title: 'Oak chair, sent by the maker', price: '249.00', trait: 'drop-ship' },
  { ...special, sku: 'LAMP-NEXT', title: 'Lamp “Aurore”, next season', price: '139.00', trait: 'pre-order' },
]

/** Of a range in so many shades companies buy many at a time, and people none; it is cut when it is ordered, and nobody counts it. */
const shades = 120
const ribbons: readonly ArticleFacts[] = Array.from({ length: shades }, (_, at) => ({
  ...special, sku: `RIBBON-${String(at + 1).padStart(3, '0')}`, title: 'Satin ribbon, by the metre', variant: `shade ${at + 1}`, price: '2.35', trait: 'cut-to-order',
}))

export const catalogue: readonly ArticleFacts[] = [
  ...lines.flatMap((line) => line.variants.map((variant, at) => plain(line, variant, at))),
  ...specials,
  ...ribbons,
]

/** Twelve digits with their check digit. */
function ean(digits: string): string {
  const twelve = digits.padEnd(12, '0').slice(0, 12)
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return twelve + String((10 - (sum % 10)) % 10)
}
