/** The moves that many scenarios share: losing an order, bringing it after all, holding a shelf, changing a draft. */
import type { Decimal } from '../decimal.ts'
import type { Sale, SaleDraft } from '../erp/erp.ts'
import { hour, minute } from '../business/calendar.ts'
import type { Wish } from '../business/carts.ts'
import { agreedTotal, netCaptured } from '../business/figures.ts'
import { figuresOf } from '../shop/figures.ts'
import { afterBooking } from '../business/life.ts'
import { later } from '../integration/gate.ts'
import { type Case, type Script, type Stage, stockKey } from '../business/stage.ts'
import { type Shelf, someShelf } from '../business/warehouse.ts'
import { cameOver, draftOf, enter, isDue, know } from '../integration/orders.ts'
import { syncNow } from '../integration/stock.ts'
import type { Planted } from '../world.ts'
import { mends } from './mending.ts'
import { money, orderOf, type OrderScenario, type Tools, type WorldScenario } from './scenario.ts'

/** An everyday order that is paid at once. */
export const paid: Wish = { method: 'card', fate: 'plain', splitCapture: false, country: 'FR' }

type OrderFacts = Omit<OrderScenario, 'kind' | 'twinScript'> & Partial<Pick<OrderScenario, 'twinScript'>>

/** A twin without a script is an order of the same make that goes its ordinary way. */
export function onOrder(facts: OrderFacts): OrderScenario {
  return { kind: 'order', twinScript: () => ({}), ...facts }
}

export function inWorld(facts: Omit<WorldScenario, 'kind' | 'alone'> & Partial<Pick<WorldScenario, 'alone'>>): WorldScenario {
  return { kind: 'world', alone: false, ...facts }
}

/** What is captured, or will be in a moment, and not given back. */
export function owed(one: Case): Decimal {
  const toCome = one.gateway === 'klarna' ? figuresOf(one.order).capturable.times(0) : figuresOf(one.order).capturable
  return netCaptured(one.order).plus(toCome)
}

/** Labels the order as missing, by what was captured. */
export function missing(tools: Tools, one: Case): Planted {
  const value = owed(one)
  const isPaid = value.greaterThan(0)
  excuseLikeStopped(tools)
  excuseLikeBacklog(tools)
  return tools.plant({
    rule: isPaid ? 'F02-paid-order-missing' : 'F02-order-missing',
    subject: orderOf(one), amount: money(isPaid ? value : agreedTotal(one.order), one), critical: isPaid,
    findableAt: one.dueAt ?? tools.stage.agenda.now(),
  })
}

/** So many that are lost within hours have piled up, whatever the reason of each. */
const lostLikeBacklog = 20
const piledUpIn = 6 * hour

/** Until fewer of them are. */
function excuseLikeBacklog(tools: Tools): void {
  const { stage } = tools
  if (lostOf(stage, stage.agenda.now() - piledUpIn).length < lostLikeBacklog) return
  const excused = tools.excuse({ kind: 'stream', key: 'orders' }, 'F11-backlog', 'Each of them was lost by itself, and together they are a backlog.')
  const look = (): void => {
    if (lostOf(stage, stage.agenda.now() - piledUpIn).length < lostLikeBacklog) stage.truth.expire(excused)
    else tools.after(minute, look)
  }
  look()
}

/** Due since then, and not in the ERP by now, where it never was: what is to be made anew is there, cancelled. */
export function lostOf({ cases, agenda }: Stage, since: number): readonly Case[] {
  return [...cases.values()].filter(({ bookedAt, sale, dueAt, order }) => sale === null && bookedAt === null && isDue(order) && dueAt !== null && dueAt > since && dueAt <= agenda.now())
}

/** So many orders after one another that do not come look, from outside, like a flow that stands still. */
const lostLikeStopped = 3

function excuseLikeStopped({ stage, excuse }: Tools): void {
  const { inflow } = stage
  if (lostOf(stage, inflow.lastAt).length < lostLikeStopped) return
  inflow.excused.push(excuse({ kind: 'stream', key: 'orders' }, 'F11-flow-stopped', 'Whether it leaves these out alone nobody can see while no other order comes.'))
}

/** The order does not come to the ERP; it may be brought there hours later, at its own time where that is part of the story. */
export function lost(tools: Tools, broughtAfterMs: number | null = null): Script {
  return {
    book(one) {
      const planted = missing(tools, one)
      if (broughtAfterMs === null) mends(tools, planted, 'orders', () => broughtAfterAll(tools, one))
      else later(tools.stage, broughtAfterMs, 'orders', () => {
        if (broughtAfterAll(tools, one) !== false) tools.heal(planted)
      })
      return 'instead'
    },
  }
}

export function broughtAfterAll({ stage }: Tools, one: Case): false | void {
  if (one.sale !== null || one.order.cancelledAt !== null) return false
  enter(stage, one)
  afterBooking(stage, one)
}

/** Late, and within what both sides have agreed on. */
export function lateBy(tools: Tools, fromMs: number, toMs: number): Script {
  let waited = false
  return {
    book(one) {
      if (waited) return
      waited = true
      const due = one.dueAt ?? tools.stage.agenda.now()
      const at = due + tools.dice.int(fromMs, toMs)
      later(tools.stage, at - tools.stage.agenda.now(), 'orders', () => {
        if (one.sale !== null || one.order.cancelledAt !== null) return
        enter(tools.stage, one)
        afterBooking(tools.stage, one)
      })
      return 'instead'
    },
  }
}

/** The integration writes something else than what was bought. */
export function booksInstead(tools: Tools, change: (draft: SaleDraft, one: Case) => SaleDraft, after: (one: Case, sale: Sale) => void): Script {
  return {
    book(one) {
      const sale = enter(tools.stage, one, change(draftOf(tools.stage, one), one))
      after(one, sale)
      return 'instead'
    },
  }
}

/** Plants the difference of the totals. */
export function totalDiffers(tools: Tools, one: Case, cause: string, booked: Decimal, rule = 'F02-total-differs'): Planted {
  return tools.plant({ rule, subject: orderOf(one), amount: money(agreedTotal(one.order).minus(booked), one), cause })
}

/** A second document under the same reference, by whom it may be. */
export function bookAgain(tools: Tools, one: Case, how: { readonly confirm?: boolean; readonly by?: number } = {}): Sale {
  const { stage } = tools
  const by = how.by ?? stage.house.staff.integration
  const again = stage.erp.createSale(draftOf(stage, one), by, stage.erpNow())
  if (how.confirm !== false) stage.erp.confirm(again.id, by, stage.erpNow())
  if (by === stage.house.staff.integration) cameOver(stage)
  return again
}

/** A clerk cancels what is too much, some hours later. */
export function cleanUp(tools: Tools, planted: Planted, sales: readonly Sale[]): void {
  const { stage } = tools
  mends(tools, planted, 'people', () => {
    for (const sale of sales) if (sale.state !== 'cancel') stage.erp.cancelSale(sale.id, stage.house.staff.clerk, stage.erpNow())
  })
}

/** Makes the ERP's document the live one of an order that came there by another way. */
export function adopt(tools: Tools, one: Case, sale: Sale): void {
  know(tools.stage, one, sale)
  afterBooking(tools.stage, one)
}

export function skuAt({ article, place }: Shelf): Planted['subject'] {
  return { kind: 'sku', key: stockKey(article.facts.sku, place) }
}

/** So many shelves that the stock sync passes over at once look, from outside, like a sync that has stopped. */
export const likeStopped = 5

/** Keeps the stock sync and everybody else away from a shelf until it is let go. */
export function holdShelf(tools: Tools): Shelf {
  const { stage } = tools
  const shelf = shelfAtRest(tools)
  // what is under way is settled first, so that only what follows is out of step
  syncNow(stage, shelf.article, shelf.place)
  stage.frozen.add(stockKey(shelf.article.facts.sku, shelf.place))
  if (stage.frozen.size >= likeStopped) excuseLikeStoppedSync(tools)
  return shelf
}

/** Until one of them is let go, which shows that the sync runs. */
function excuseLikeStoppedSync(tools: Tools): void {
  const { stage } = tools
  const held = [...stage.frozen]
  const excused = tools.excuse({ kind: 'stream', key: 'stock' }, 'F01-stock-sync-stopped', 'Whether it passes over these alone nobody can see while nothing else moves.')
  const look = (): void => {
    if (held.filter((key) => stage.frozen.has(key)).length < likeStopped) stage.truth.expire(excused)
    else tools.after(minute, look)
  }
  look()
}

/** Within which everybody has looked at a shelf that was put right. */
const seenWithin = 30 * minute

function shelfAtRest({ stage, dice }: Tools): Shelf {
  let shelf = someShelf(stage, dice)
  for (let tries = 0; tries < 20 && stage.mended.has(stockKey(shelf.article.facts.sku, shelf.place)); tries += 1) shelf = someShelf(stage, dice)
  return shelf
}

/** Lets the shelf go and brings the shop up to the ERP's figure. */
export function letGo(tools: Tools, { article, place }: Shelf, planted: Planted | null): void {
  later(tools.stage, 0, 'stock', () => {
    const key = stockKey(article.facts.sku, place)
    tools.stage.frozen.delete(key)
    tools.stage.mended.add(key)
    tools.after(seenWithin, () => tools.stage.mended.delete(key))
    syncNow(tools.stage, article, place)
    if (planted !== null) tools.heal(planted)
  })
}
