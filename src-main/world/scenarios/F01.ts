/** Delayed inventory: the shop sells by figures that the ERP has left behind. */
import { hour, minute } from '../business/calendar.ts'
import { homeMarket } from '../business/house.ts'
import { later } from '../integration/gate.ts'
import { takeIn } from '../business/changes.ts'
import { type Shelf, wholesale } from '../business/warehouse.ts'
import { stockKey } from '../business/stage.ts'
import { erpAvailable, expectedFor, moveStock, syncNow } from '../integration/stock.ts'
import { holdShelf, inWorld, letGo, onOrder, paid, skuAt } from './hands.ts'
import { type Scenario, type Tools, type WorldScenario } from './scenario.ts'
import type { Order } from '../shop/shop.ts'

const stockBehind = { rules: ['F01-stock-behind'], critical: false } as const

interface Untold {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly critical?: boolean
  readonly cause: 'oversell' | 'undersell'
  /** Moves the ERP's figure, or the shop's. */
  readonly move: (tools: Tools, shelf: Shelf) => void
  /** The same, and the other side follows within the target. */
  readonly twinMove?: (tools: Tools, shelf: Shelf) => void
  readonly lastsMs?: readonly [from: number, to: number]
}

/** The ERP or the shop moves, the sync passes the shelf over, and catches up hours later. */
function untold({ move, cause, lastsMs = [40 * minute, 5 * hour], ...facts }: Untold): WorldScenario {
  return inWorld({
    ...stockBehind,
    ...facts,
    critical: facts.critical ?? false,
    happens(tools) {
      const shelf = holdShelf(tools)
      move(tools, shelf)
      const planted = tools.plant({ subject: skuAt(shelf), cause })
      tools.after(tools.dice.int(...lastsMs), () => letGo(tools, shelf, planted))
    },
    twinHappens(tools) {
      const shelf = holdShelf(tools)
      tools.innocent(skuAt(shelf))
      const twinMove = facts.twinMove ?? move
      twinMove(tools, shelf)
      // well within the target, however slow it looks
      tools.after(tools.dice.int(4, 9) * minute, () => letGo(tools, shelf, null))
    },
  })
}

function erpMoves(units: number): Untold['move'] {
  return ({ stage }, { article, place }) => moveStock(stage, article, place, units)
}

function shopSets(change: (figure: number, tools: Tools, shelf: Shelf) => number): Untold['move'] {
  return (tools, shelf) => {
    const { stage } = tools
    const figure = stage.levelOf(shelf.article, shelf.place)?.available ?? 0
    stage.shop.setAvailable(shelf.article.variant.id, shelf.place.location.id, change(figure, tools, shelf), stage.shopNow())
  }
}

const sellOut: Untold['move'] = (tools, { article, place }) => {
  const { stage } = tools
  const left = erpAvailable(stage, article, place).toNumber()
  moveStock(stage, article, place, -left)
}

const byPhone: Untold['move'] = (tools, { article, place }) => {
  const { stage, dice } = tools
  const partner = [...stage.partners.values()][0] ?? stage.erp.addPartner({
    name: 'Grossiste Martin', email: null, vat: null, ref: null, parentId: null, companyType: 'company', countryCode: 'FR', active: true,
  }, stage.house.staff.seller, stage.erpNow()).id
  wholesale(stage, article, place, { partnerId: partner, reference: 'PO 88', units: dice.int(15, 25), dice })
}

const untolds: readonly Untold[] = [
  {
    name: 'F01-receipt-not-told', cause: 'undersell', move: erpMoves(120),
    says: 'Goods come in at the ERP and the shop is not told: they are not for sale.',
    twin: 'Goods come in, and the shop shows them within minutes.',
  },
  {
    name: 'F01-sold-by-phone-not-told', cause: 'oversell', move: byPhone,
    says: 'A company buys by phone, and the shop goes on selling the same units.',
    twin: 'A company buys by phone, and the shop follows within minutes.',
  },
  {
    name: 'F01-sold-out-not-told', cause: 'oversell', critical: true, move: sellOut,
    says: 'The ERP has nothing left, and the shop still shows some: the next order cannot be sent.',
    twin: 'The ERP sells out, and the shop shows none within minutes.',
  },
  {
    name: 'F01-count-down-not-told', cause: 'oversell', move: erpMoves(-7),
    says: 'A count finds fewer than the books had, and the shop is not told.',
    twin: 'A count finds fewer, and the shop follows within minutes.',
  },
  {
    name: 'F01-count-up-not-told', cause: 'undersell', move: erpMoves(9),
    says: 'A count finds more than the books had, and the shop is not told.',
    twin: 'A count finds more, and the shop follows within minutes.',
  },
  {
    name: 'F01-set-by-hand', cause: 'oversell', move: shopSets((figure) => figure + 10),
    says: 'A person in the shop sets a figure by hand, over that of the ERP.',
    twin: 'A person sets a figure by hand, and the sync puts it right within minutes.',
  },
  {
    name: 'F01-buffer-forgotten', cause: 'oversell', move: shopSets((figure, tools) => figure + tools.stage.agreement.stockBuffer),
    says: 'One run of the sync forgets the safety buffer.',
    twin: 'The buffer is forgotten in one run and kept in the next.',
  },
  {
    name: 'F01-old-figure-replayed', cause: 'oversell', move: shopSets((figure) => figure + 17),
    says: 'An old message is replayed and writes a figure of this morning over the present one.',
    twin: 'An old message is replayed, and the next run puts it right.',
  },
  {
    name: 'F01-reserved-forgotten', cause: 'oversell', move: shopSets((figure, tools, shelf) => figure + 5 + Math.floor(tools.stage.agreement.stockBuffer / shelf.article.facts.pack)),
    says: 'The sync takes what is on hand for what is available: promised units are sold again.',
    twin: 'On hand and promised both fall as a parcel leaves: what is available stays.',
    twinMove: () => undefined,
  },
  {
    name: 'F01-set-to-zero', cause: 'undersell', move: shopSets(() => 0),
    says: 'A sync that reads an empty answer writes nothing for sale.',
    twin: 'Nothing is written for some minutes only.',
  },
  {
    name: 'F01-overnight-batch', cause: 'oversell', move: erpMoves(-31), lastsMs: [9 * hour, 15 * hour],
    says: 'One article is brought over by a nightly batch only.',
    twin: 'The batch runs each few minutes.',
  },
]

/** A figure for another place lands here. */
const wrongPlace = inWorld({
  ...stockBehind,
  name: 'F01-wrong-location',
  says: 'The figure of one warehouse is written to the shop’s other location.',
  twin: 'Both locations happen to have the same figure, and it is right.',
  happens(tools) {
    const { stage } = tools
    const shelf = holdShelf(tools)
    const other = stage.house.places.find((place) => place !== shelf.place)
    if (other === undefined) return
    const wrong = expectedFor(stage, shelf.article, other)
    const right = expectedFor(stage, shelf.article, shelf.place)
    const figure = wrong === right ? right + 3 : wrong
    stage.shop.setAvailable(shelf.article.variant.id, shelf.place.location.id, figure, stage.shopNow())
    const planted = tools.plant({ subject: skuAt(shelf), cause: figure > right ? 'oversell' : 'undersell' })
    tools.after(tools.dice.int(50, 300) * minute, () => letGo(tools, shelf, planted))
  },
  twinHappens(tools) {
    const { stage } = tools
    const shelf = holdShelf(tools)
    const other = stage.house.places.find((place) => place !== shelf.place)
    if (other === undefined) return
    tools.innocent(skuAt(shelf))
    const difference = erpAvailable(stage, shelf.article, other).minus(erpAvailable(stage, shelf.article, shelf.place)).toNumber()
    moveStock(stage, shelf.article, shelf.place, difference)
    letGo(tools, shelf, null)
  },
})

/** What was there is gone in the ERP, and one more customer buys it in the shop. */
const soldAfterZero = inWorld({
  name: 'F01-sold-after-zero', rules: ['F01-sold-after-zero', 'F01-stock-behind'], critical: true,
  says: 'The ERP has nothing left, the shop sells some all the same.',
  twin: 'Goods that the shop may sell without stock are sold below nothing.',
  happens(tools) {
    const { stage } = tools
    const shelf = holdShelf(tools)
    sellOut(tools, shelf)
    const behind = tools.plant({ rule: 'F01-stock-behind', subject: skuAt(shelf), cause: 'oversell' })
    tools.after(tools.dice.int(2, 8) * minute, () => {
      const order = buy(tools, shelf, 2)
      tools.excuse({ kind: 'order', key: order.name.slice(1) }, null, 'It was sold when nothing was left.')
      const sold = tools.plant({ rule: 'F01-sold-after-zero', subject: skuAt(shelf), cause: 'oversell', unpriced: 'Whoever else buys it meanwhile adds to it.' })
      tools.after(tools.dice.int(50, 240) * minute, () => {
        stage.shop.cancel(order.id, 'INVENTORY', stage.shopNow())
        moveStock(stage, shelf.article, shelf.place, 60)
        letGo(tools, shelf, behind)
        tools.heal(sold)
      })
    })
  },
  twinHappens(tools) {
    const article = tools.stage.house.articles.find((one) => one.facts.trait === 'drop-ship')
    const [place] = tools.stage.house.places
    if (article === undefined || place === undefined) return
    tools.innocent(skuAt({ article, place }))
    buy(tools, { article, place }, 3)
  },
})

/** A customer puts just this into an order, and has not paid yet: nothing is due in the ERP. */
function buy(tools: Tools, { article, place }: Shelf, quantity: number): Order {
  const { stage } = tools
  stage.desk.market = homeMarket()
  const at = stage.shopNow()
  return stage.shop.place({
    at, customerId: null, email: `guest.${stage.shop.books.orders.size}@example.org`, shipTo: { country: 'FR', region: null }, currency: 'EUR',
    source: 'web', test: article.facts.trait === 'drop-ship', lines: [{ variantId: article.variant.id, quantity, locationId: place.location.id }], shipping: [],
  })
}

const returned: readonly Scenario[] = [
  onOrder({
    name: 'F01-return-only-in-shop', ...stockBehind, wish: { ...paid, fate: 'plain', trait: 'plain', units: 2 },
    says: 'Goods that came back are put on sale in the shop, and the ERP never gets them.',
    twin: 'Goods come back, and both sides have them within minutes.',
    twinWish: { ...paid, fate: 'return-some', trait: 'plain' },
    script: (tools) => ({
      told(one) {
        const { stage } = tools
        const line = one.order.lines[0]
        const article = stage.house.articleOf(line?.sku ?? null)
        if (line === undefined || article === null || stage.frozen.has(stockKey(article.facts.sku, one.place))) return
        const shelf = { article, place: one.place }
        tools.after(tools.dice.int(3, 10) * hour, () => {
          if (stage.frozen.has(stockKey(article.facts.sku, one.place))) return
          syncNow(stage, article, one.place)
          stage.frozen.add(stockKey(article.facts.sku, one.place))
          stage.shop.refund(one.order.id, { lines: [{ lineId: line.id, quantity: 1, restock: true }] }, stage.shopNow())
          const refund = one.order.refunds.at(-1)
          const planted = tools.plant({ subject: skuAt(shelf), cause: 'oversell' })
          later(stage, tools.dice.int(60, 300) * minute, 'people', () => {
            if (refund !== undefined) takeIn(stage, one, refund)
            letGo(tools, shelf, planted)
          })
        })
      },
    }),
  }),
]

/** The shop cannot sell what it does not show: both figures agree on nothing. */
const soldOut = inWorld({
  ...stockBehind, critical: true,
  name: 'F01-came-back-below-zero',
  says: 'The ERP is below nothing, as more was promised than is there, and the shop shows some.',
  twin: 'The ERP is below nothing and the shop shows none: a negative figure is none for sale.',
  happens: (tools) => belowZero(tools, true),
  twinHappens: (tools) => belowZero(tools, false),
})

function belowZero(tools: Tools, isFault: boolean): void {
  const { stage } = tools
  const shelf = holdShelf(tools)
  const { article, place } = shelf
  const kept = erpAvailable(stage, article, place).toNumber()
  moveStock(stage, article, place, -kept - 4)
  stage.shop.setAvailable(article.variant.id, place.location.id, isFault ? 6 : 0, stage.shopNow())
  const planted = isFault ? tools.plant({ subject: skuAt(shelf), cause: 'oversell' }) : null
  if (!isFault) tools.innocent(skuAt(shelf))
  tools.after(tools.dice.int(50, 200) * minute, () => {
    moveStock(stage, article, place, kept + 4)
    letGo(tools, shelf, planted)
  })
}

export const delayedInventory: readonly Scenario[] = [...untolds.map(untold), wrongPlace, soldAfterZero, ...returned, soldOut]

