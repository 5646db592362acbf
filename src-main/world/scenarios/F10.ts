/** Hardcoded business rules: something new is sold, and nobody has told the systems what it means. */
import { minute } from '../business/calendar.ts'
import { newMarkets } from '../business/markets.ts'
import type { Wish } from '../business/carts.ts'
import type { Case } from '../business/stage.ts'
import { asDraft } from './F02-twice.ts'
import { soon } from './F09.ts'
import { onOrder, paid } from './hands.ts'
import { orderOf, type OrderScenario } from './scenario.ts'

interface News {
  readonly name: string
  readonly says: string
  readonly twin: string
  /** The map that does not know it. */
  readonly map: 'market' | 'tax-code' | 'shipping' | 'payment' | 'channel' | 'discount'
  readonly wish: Wish
  /** What is new about it. */
  readonly what: (one: Case) => string
}

/** The first order of its kind tells; the later ones are the same news. */
function news({ what, map, ...facts }: News): OrderScenario {
  return onOrder({
    ...facts,
    rules: [`F10-unmapped-${map}`],
    critical: false,
    twinWish: paid,
    script: (tools) => ({
      placed(one) {
        const word = `F10 ${what(one)}`
        const isNews = !tools.stage.met.has(word)
        tools.stage.met.add(word)
        if (isNews) tools.plant({ subject: orderOf(one) })
      },
    }),
  })
}

const [switzerland, norway, sweden] = newMarkets

/** Bought in one of the markets that are in no map. */
function boughtIn(market: (typeof newMarkets)[number] | undefined): Wish {
  return market === undefined ? paid : { method: 'card', fate: 'plain', splitCapture: false, market }
}

const all: readonly News[] = [
  {
    name: 'F10-first-order-to-switzerland', map: 'market', wish: boughtIn(switzerland), what: (one) => one.market.country,
    says: 'The first order to Switzerland: no map says how it is taxed and booked.', twin: 'An order to a market that is in every map.',
  },
  {
    name: 'F10-first-order-to-norway', map: 'market', wish: boughtIn(norway), what: (one) => one.market.country,
    says: 'The first order to Norway: no map says how it is taxed and booked.', twin: 'An order to a market that is in every map.',
  },
  {
    name: 'F10-unknown-tax', map: 'tax-code', wish: boughtIn(sweden), what: (one) => one.market.taxes[0]?.title ?? '',
    says: 'A tax by a name that is in no map.', twin: 'A tax that is mapped.',
  },
  {
    name: 'F10-new-shipping-method', map: 'shipping', wish: { ...paid, shippingTitle: 'DHL Express 9:00', shipping: true }, what: () => 'DHL Express 9:00',
    says: 'A shipping method that is in no map.', twin: 'A shipping method that is mapped.',
  },
  {
    name: 'F10-new-payment-method', map: 'payment', wish: { ...paid, gateway: 'bancontact' }, what: () => 'bancontact',
    says: 'A way to pay that is in no map.', twin: 'A way to pay that is mapped.',
  },
  {
    name: 'F10-new-channel', map: 'channel', wish: { ...paid, source: 'tiktok' }, what: () => 'tiktok',
    says: 'A channel that is in no map.', twin: 'A channel that is mapped.',
  },
  {
    name: 'F10-new-discount', map: 'discount', wish: { ...paid, discount: 'code', discountCode: 'INFLUENCER-X' }, what: () => 'INFLUENCER-X',
    says: 'A promotion that nobody has set up in the ERP.', twin: 'No promotion at all.',
  },
]

/** A state that the ERP has from its first day, and that nobody thought of. */
const newStatus = onOrder({
  name: 'F10-status-nobody-mapped', rules: ['F10-unmapped-status'], critical: false, wish: paid,
  says: 'A person locks an order in the ERP: no map says what that means for the shop.', twin: 'The order is a quotation for some minutes, which is in the map.',
  script: (tools) => soon(tools, (one) => {
    const { stage } = tools
    if (one.sale !== null) stage.erp.changeSale(one.sale.id, { locked: true }, stage.house.staff.seller, stage.erpNow())
    const isNews = !stage.met.has('F10 locked')
    stage.met.add('F10 locked')
    if (isNews) tools.plant({ subject: orderOf(one) })
  }),
  twinScript: (tools) => asDraft(tools, tools.dice.int(2, 6) * minute, false),
})

export const hardcodedRules: readonly OrderScenario[] = [...all.map(news), newStatus]
