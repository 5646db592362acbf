/** Payments that end badly though nobody did anything wrong: a card that is refused once, an authorisation let go, or one that runs out. */
import type { Declined } from '../shop/shop.ts'
import { hour, minute, second } from './calendar.ts'
import type { Cart } from './carts.ts'
import { callOff } from './changes.ts'
import type { Case, Stage } from './stage.ts'

const reasons: readonly Declined[] = ['CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'EXPIRED_CARD']

/** How a payment may end: refused at first; voided, as the customer calls the order off; run out, as nobody captured it. */
export type Ending = 'well' | 'refused-first' | 'voided' | 'runs-out'

/** By dice of its own, so that all else in the world stays as it was; on what no scenario plays with. */
export function endingOf(stage: Stage, one: Case, cart: Pick<Cart, 'splitCapture' | 'promisedAt'>): Ending {
  const { method, fate, order } = one
  if (one.script !== null || order.test || fate !== 'plain' || cart.splitCapture || cart.promisedAt !== null) return 'well'
  const dice = stage.dice('payment ends', one.number)
  if (method === 'klarna') return dice.chance(0.04) ? 'voided' : 'well'
  if (method !== 'card') return 'well'
  if (dice.chance(0.03)) return 'refused-first'
  return dice.chance(0.006) ? 'runs-out' : 'well'
}

/** The bank says no to the whole sum, and the customer tries again with another card. */
export function refuse(stage: Stage, one: Case, gateway: string): void {
  const because = stage.dice('refused', one.number).pick(reasons)
  stage.shop.decline(one.order.id, one.order.originalTotal, gateway, because, stage.shopNow())
}

/** The customer calls it off at once, before the ERP has heard of it, or within the hour. */
export function callOffUnpaid(stage: Stage, one: Case): void {
  const dice = stage.dice('called off', one.number)
  stage.agenda.after(dice.chance(0.5) ? dice.int(5, 25) * second : dice.int(20, 60) * minute, () => callOff(stage, one))
}

/**
 * The shop holds it back to have it looked at, so nothing is captured and the ERP is not told; when the bank has let
 * the money go, the order is given up.
 */
export function letRunOut(stage: Stage, one: Case, gateway: string): void {
  const { order } = one
  const { expiresAt } = stage.shop.authorise(order.id, order.originalTotal, gateway, stage.shopNow())
  const over = (expiresAt ?? 0) - stage.shopNow()
  stage.agenda.at(stage.agenda.now() + over, () => {
    if (order.cancelledAt === null) stage.shop.lapse(order.id, Math.max(expiresAt ?? 0, stage.shopNow()))
  })
  const givenUp = stage.dice('given up', one.number).int(2, 20) * hour
  stage.agenda.at(stage.calendar.working(stage.agenda.now() + over + givenUp), () => callOff(stage, one, 'DECLINED'))
}
