/** Who buys: people and companies with names from everywhere, some of whom come back. */
import type { Customer, Shop } from '../shop/shop.ts'
import type { Instant } from '../world.ts'
import type { Dice } from './dice.ts'
import type { Market } from './markets.ts'

const given = [
  'Amélie', 'Björn', 'Zoë', 'Łukasz', 'Þóra', 'José', 'Marie', 'Anna', 'Luca', 'Noor', 'Søren', 'Ève', 'Jürgen', 'Siobhán',
  'Thanh', 'Inés', 'Olivier', 'Chloé', 'Paul', 'Aïcha', '美咲', 'فاطمة', 'Nikolaï', 'Emma',
] as const
const family = [
  'Lefèvre', 'Müller', 'García', 'van den Berg', 'Þórsson', 'O’Neill', 'Nguyễn', 'Kowalczyk', 'Dubois', 'Peeters', 'Smith',
  'Straße', 'Rossi', 'Àlvarez', 'Janssens', 'Østergård', 'Moreau', 'Schäfer', '佐藤', 'المنصوري', 'Weiß-Lindqvist',
] as const
const firms = [
  'Épicerie du Marché', 'Kaffeehaus Sonne', 'Casa Ibáñez', 'De Witte Winkel', 'Northgate Stores', 'Bäckerei Groß', 'Maison Clément',
  'Atelier & Fils', 'Hotel „Zur Post“', 'Cantina Ñandú', 'Boutique Été', 'Spar & Söhne',
] as const
const forms: Readonly<Record<string, string>> = { FR: 'SARL', BE: 'BV', DE: 'GmbH', ES: 'S.L.', NL: 'B.V.', GB: 'Ltd' }

export type NewCustomer = Parameters<Shop['addCustomer']>[0]

export function aPerson(dice: Dice, at: number): NewCustomer {
  const first = dice.pick(given)
  const last = dice.pick(family)
  return { email: `${plain(first)}.${plain(last)}.${at}@example.org`, name: `${first} ${last}`, company: null, vatId: null, taxExempt: false }
}

/** Companies abroad buy without tax under reverse charge. */
export function aCompany(dice: Dice, market: Market, at: number): NewCustomer {
  const name = `${dice.pick(firms)} ${at} ${forms[market.country] ?? ''}`.trim()
  const digits = String(100_000_000 + at * 7919 + dice.int(0, 5000)).slice(0, 9)
  const vatId = market.country === 'NL' ? `NL${digits}B01` : market.country === 'BE' ? `BE0${digits}` : `${market.country}${digits}`
  return {
    email: `achats.${at}@${plain(name).replaceAll(' ', '-')}.example`,
    name: `${dice.pick(given)} ${dice.pick(family)}`,
    company: name,
    vatId,
    taxExempt: market.country !== 'FR' && market.country !== 'GB',
  }
}

/** The integration knows a company by its VAT id, a person by the e-mail address. */
export function identityOf(customer: Pick<Customer, 'email' | 'vatId'>): string {
  return customer.vatId === null ? (customer.email ?? '').trim().toLowerCase() : customer.vatId
}

export interface People {
  readonly persons: readonly Customer[]
  readonly companies: readonly { readonly customer: Customer; readonly market: Market }[]
  /** Companies that want one invoice a month, by their addresses. */
  readonly billedMonthly: readonly string[]
}

export function openPeople(shop: Shop, dice: Dice, homes: readonly Market[], at: Instant): People {
  const european = homes.filter((market) => forms[market.country] !== undefined && market.currency === 'EUR')
  const companies = Array.from({ length: 24 }, (_, index) => {
    const market = dice.pick(european)
    return { customer: shop.addCustomer(aCompany(dice, market, index), at), market }
  })
  return {
    companies,
    billedMonthly: companies.filter((_, index) => index % 3 === 0).flatMap(({ customer }) => customer.email ?? []),
    persons: Array.from({ length: 120 }, (_, index) => shop.addCustomer(aPerson(dice, index), at)),
  }
}

/** Letters without accents; what has none becomes a word. */
function plain(text: string): string {
  const ascii = text.normalize('NFD').replaceAll(/[^a-zA-Z0-9 ]/g, '').trim().toLowerCase()
  return ascii === '' ? 'client' : ascii
}
