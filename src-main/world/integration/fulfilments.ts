/** Tells the shop what has left the warehouse, and takes the money that was waiting for it. */
import { Decimal } from '../decimal.ts'
import type { Picking } from '../erp/erp.ts'
import { agreedLine } from '../business/figures.ts'
import { figuresOf } from '../shop/figures.ts'
import { type Case, passed, type Stage, take } from '../business/stage.ts'
import { unsentOf } from '../shop/units.ts'

export interface Parcel {
  readonly lines: readonly { readonly lineId: number; readonly quantity: number }[]
  readonly tracking: readonly { readonly company: string; readonly number: string }[]
}

export function tell(stage: Stage, one: Case, parcel: Parcel): void {
  take(one, 'tell', () => {
    tellShop(stage, one, parcel)
    passed(one, 'told')
  })
}

export function tellShop(stage: Stage, one: Case, parcel: Parcel): void {
  const { order } = one
  const lines = parcel.lines
    .map(({ lineId, quantity }) => ({ lineId, quantity: Math.min(quantity, unsent(one, lineId)) }))
    .filter(({ quantity }) => quantity > 0)
  if (order.cancelledAt !== null || lines.length === 0) return
  stage.shop.fulfil(order.id, { lines, locationId: one.place.location.id, tracking: parcel.tracking }, stage.shopNow())
  if (one.gateway === 'klarna') captureFor(stage, one)
}

function unsent(one: Case, lineId: number): number {
  const line = one.order.lines.find((each) => each.id === lineId)
  return line === undefined ? 0 : unsentOf(one.order, line)
}

/** The goods' share of what was authorised; the last parcel takes the rest. */
function captureFor(stage: Stage, one: Case): void {
  const { order } = one
  const { capturable } = figuresOf(order)
  if (capturable.isZero()) return
  const open = order.lines.some((line) => unsentOf(order, line) > 0)
  const amount = open ? capturable.div(2).toDecimalPlaces(2, Decimal.ROUND_DOWN) : capturable
  stage.shop.capture(order.id, amount, 'klarna', stage.shopNow())
}

/** The shop's words for what a delivery of the ERP's has sent. */
export function parcelOf(stage: Stage, one: Case, picking: Picking): Parcel {
  const lines = picking.moves.filter((move) => move.state === 'done').flatMap((move) => {
    const article = stage.house.ofProduct(move.productId)
    const line = one.order.lines.find((each) => each.variantId === article?.variant.id)
    return article === null || line === undefined ? [] : [{ lineId: line.id, quantity: move.done.div(article.facts.pack).toNumber() }]
  })
  const numbers = picking.trackingRef?.split(',') ?? []
  return { lines: [...lines, ...cardsOf(one)], tracking: numbers.map((number) => ({ company: picking.carrier ?? 'Colissimo', number })) }
}

/** Gift cards are sent by mail as soon as anything happens. */
export function cardsOf(one: Case): Parcel['lines'] {
  return one.order.lines.filter((line) => line.giftCard && unsentOf(one.order, line) > 0).map((line) => ({ lineId: line.id, quantity: agreedLine(line).quantity }))
}
