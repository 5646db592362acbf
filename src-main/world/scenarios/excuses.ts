/** What follows from a flow that stands still: nobody is bound to name each order of it, and nobody is wrong to. */
import { hour, minute } from '../business/calendar.ts'
import { isTracked } from '../business/house.ts'
import { type Flow, type Stage, stockKey } from '../business/stage.ts'
import { expectedFor, waitingUnits } from '../integration/stock.ts'

/** Levels of the shop that are not what the ERP would have them be. */
export function driftedShelves(stage: Stage): readonly string[] {
  const waiting = waitingUnits(stage)
  return stage.house.articles.filter((article) => isTracked(article.facts)).flatMap((article) =>
    stage.house.places
      .filter((place) => stage.levelOf(article, place)?.available !== expectedFor(stage, article, place, waiting))
      .map((place) => stockKey(article.facts.sku, place)))
}

const excuseEvery = 4 * minute

/** The same at short intervals while the flow stands still: a run may end before it goes on. */
export function excuseWhileStopped(stage: Stage, flow: Flow, from: number, to: number): void {
  for (let at = from + excuseEvery; at < to; at += excuseEvery) stage.agenda.at(at, () => excuseLate(stage, flow, from))
}

/** Whatever was on its way while the flow stood still; all of them do when people cannot work either. */
export function excuseLate(stage: Stage, flow: Flow, from: number): void {
  const because = `The flow of ${flow} stood still.`
  if (flow === 'stock' || flow === 'people') {
    for (const key of driftedShelves(stage)) stage.truth.excuse({ subject: { kind: 'sku', key }, rule: null, because }, from)
    if (flow === 'stock') return
  }
  const touchedFrom = from - hour
  for (const one of stage.cases.values()) {
    const touched = Math.max(one.order.changedAt, one.sentAt ?? 0, one.bookedAt ?? 0, one.dueAt ?? 0)
    // what a clerk has cancelled to have it made anew waits too, whenever it came
    const awaitsAnew = (flow === 'orders' || flow === 'people') && one.sale === null && one.bookedAt !== null && one.order.cancelledAt === null
    if (touched < touchedFrom && !awaitsAnew) continue
    stage.truth.excuse({ subject: { kind: 'order', key: one.number }, rule: null, because }, from)
    for (const move of one.invoices) stage.truth.excuse({ subject: { kind: 'invoice', key: move.name }, rule: null, because }, from)
  }
}
