// The deterministic set of products, customers and orders that both seeds fill their server with.
// Amounts are integer euro cents, tax included ("gross"); ages are minutes before the seeding, so the set does not age.
import { plan, soldOut } from './plan.mjs'

const families = [
  { name: 'Linen Shirt', prefix: 'SHIRT', option: 'Size', values: ['S', 'M', 'L', 'XL'], gross: 4990, tax: 'standard' },
  { name: 'Wool Scarf', prefix: 'SCARF', option: 'Colour', values: ['RED', 'BLU', 'GRN'], gross: 2990, tax: 'standard' },
  { name: 'Ceramic Mug', prefix: 'MUG', option: 'Colour', values: ['WHT', 'BLK', 'SAG'], gross: 1450, tax: 'standard' },
  { name: 'Desk Lamp', prefix: 'LAMP', option: 'Colour', values: ['BRS', 'BLK'], gross: 8900, tax: 'standard' },
  { name: 'Cook Book', prefix: 'BOOK-COOK', option: 'Language', values: ['FR', 'NL', 'EN'], gross: 2450, tax: 'reduced' },
  { name: 'Travel Book', prefix: 'BOOK-TRAV', option: 'Language', values: ['FR', 'EN'], gross: 1990, tax: 'reduced' },
  { name: 'Olive Oil 1L', prefix: 'OIL', option: 'Type', values: ['MILD', 'FRUITY'], gross: 1395, tax: 'reduced' },
  { name: 'Notebook A5', prefix: 'NOTE-A5', option: 'Ruling', values: ['PLAIN', 'LINED', 'DOT'], gross: 890, tax: 'standard' },
]
const rates = { FR: { standard: 20, reduced: 5.5 }, BE: { standard: 21, reduced: 21 }, ES: { standard: 21, reduced: 21 } }
const places = {
  FR: [['Lyon', '69002'], ['Nantes', '44000'], ['Paris', '75011']],
  BE: [['Gent', '9000'], ['Namur', '5000']],
  ES: [['Bilbao', '48001'], ['Vigo', '36201']],
}
const firstNames = ['Ana', 'Bruno', 'Chloé', 'Dirk', 'Élise', 'Farid', 'Greet', 'Hugo', 'Inès', 'Joris']
const lastNames = ['Martin', 'Peeters', 'García', 'Dubois', 'Janssens', 'López', 'Moreau', 'Núñez']
const shippingGross = 490
const freeShippingOver = 9000

export function makeOrders() {
  const { int, pick, chance } = random(20240611)
  const products = families.map((family) => ({
    name: family.name, option: family.option, tax: family.tax,
    variants: family.values.map((value, i) => ({
      sku: `${family.prefix}-${value}`, value, gross: family.gross + (family.prefix === 'LAMP' ? i * 500 : 0),
      stock: { main: int(300, 900), second: int(20, 60) },
    })),
  }))
  const skus = products.flatMap((p) => p.variants.map((v) => ({ ...v, tax: p.tax }))).filter((v) => v.sku !== soldOut)
  const customers = Array.from({ length: 24 }, (_, i) => {
    const country = i < 14 ? 'FR' : i < 20 ? 'BE' : 'ES'
    const [city, zip] = pick(places[country])
    return { id: i + 1, first: pick(firstNames), last: pick(lastNames), email: `c${i + 1}@example.test`, country, city, zip, street: `${int(1, 140)} Main Street` }
  })

  function draw(kind) {
    const customer = pick(customers)
    const lines = []
    for (let wanted = int(1, 4); lines.length < wanted;) {
      const v = pick(skus)
      if (lines.some((line) => line.sku === v.sku)) continue
      lines.push({ sku: v.sku, quantity: chance(0.7) ? 1 : int(2, 4), gross: v.gross, tax: v.tax, rate: rates[customer.country][v.tax], discount: kind.discount ?? 0 })
    }
    const total = lines.reduce((sum, line) => sum + line.gross * line.quantity, 0)
    return { customer: customer.id, country: customer.country, lines, shipping: { gross: total > freeShippingOver ? 0 : shippingGross, rate: rates[customer.country].standard } }
  }

  const kinds = shuffled(plan.flatMap((kind) => Array(kind.count).fill(kind)), int)
  const orders = kinds.map((kind, i) => {
    let order = draw(kind)
    while (!suits(order, kind)) order = draw(kind)
    return { number: `SO-${10001 + i}`, ageMinutes: (kinds.length - i) * 600 + int(0, 400), shop: kind.shop, erp: kind.erp, discount: kind.discount ?? 0, ...order }
  })
  // a sale over the ERP's own counter, which no shop knows of and no reference claims
  const counterSales = [{ ...draw({}), number: null, ageMinutes: 3000, erp: 'waiting' }]
  return { currency: 'EUR', rates, soldOut, products, customers, orders, counterSales }
}

/** Whether the plant would show in this order. */
function suits(order, { needs = {}, discount = 0 }) {
  if (needs.country && order.country !== needs.country) return false
  if (needs.first && order.lines[0].tax !== needs.first) return false
  if (needs.lines && order.lines.length < needs.lines) return false
  if (needs.shipping && order.shipping.gross === 0) return false
  // a discount must leave whole cents, and free shipping must not depend on whether it is taken before or after it
  return discount === 0 || (order.shipping.gross === 0 && order.lines.every((line) => (line.gross * discount) % 100 === 0))
}

/** mulberry32: the same numbers on every machine, which Math.random does not promise. */
function random(seed) {
  let s = seed
  const next = () => {
    s = (s + 0x6d2b79f5) | 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (from, to) => from + Math.floor(next() * (to - from + 1))
  return { int, pick: (list) => list[int(0, list.length - 1)], chance: (p) => next() < p }
}

function shuffled(list, int) {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = int(0, i);
    [out[i], out[j]] = [out[j], out[i]]
  }
  return out
}
