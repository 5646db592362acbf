/** What each pane of the wall says: one figure that is readable from far, and a few lines beside it. Pure. */
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { amountOf, count, shortSpanOf } from '../../parts/numbers.ts'
import { causeWords } from '../causes.ts'

export interface Pane {
  readonly title: string
  readonly asOf: AsOfView
  readonly figure: string
  readonly unit: string
  readonly tone: 'critical' | 'high' | 'good'
  /** In words beside the colour, so that it is read without it. */
  readonly verdict: string
  readonly lines: readonly { readonly name: string; readonly value: string }[]
}

/** Lines that are still readable at five metres. */
const linesMax = 4

export function panesOf(overview: OverviewView): readonly Pane[] {
  return [unmatched(overview), stock(overview), tax(overview), connections(overview)]
}

function unmatched({ unmatched: seen }: OverviewView): Pane {
  const fine = seen.count === 0
  return {
    title: 'Unmatched paid orders',
    asOf: seen.asOf,
    figure: count(seen.count),
    unit: seen.byCurrency.map((sum) => `${amountOf(sum)} ${sum.currency}`).join('  '),
    tone: fine ? 'good' : 'critical',
    verdict: notJudged(fine ? 'Every paid order is in the ERP' : 'Paid, and absent from the ERP', seen.notJudged),
    lines: seen.top.slice(0, linesMax).map((order) => ({
      name: order.number,
      value: order.amount === null ? '' : `${amountOf(order.amount)} ${order.amount.currency}`,
    })),
  }
}

function stock({ stock: seen }: OverviewView): Pane {
  const fine = seen.behind === 0
  return {
    title: 'Stock behind the ERP',
    asOf: seen.asOf,
    figure: count(seen.behind),
    unit: `of ${count(seen.watched)} watched`,
    tone: fine ? 'good' : 'high',
    verdict: notJudged(
      fine ? 'The shop shows what there is' : seen.p95Ms === null ? 'Behind what the ERP says' : `95 of 100 changes within ${shortSpanOf(seen.p95Ms)}`,
      seen.notJudged,
    ),
    lines: seen.worst.slice(0, linesMax).map((one) => ({
      name: `${one.sku} · ${one.location}`,
      value: `${one.shop} → ${one.expected}, ${shortSpanOf(one.stalenessMs)}`,
    })),
  }
}

function tax({ tax: seen }: OverviewView): Pane {
  const orders = seen.byCurrency.reduce((sum, one) => sum + one.count, 0)
  return {
    title: 'Tax that differs',
    asOf: seen.asOf,
    figure: count(orders),
    unit: seen.byCurrency.map((sum) => `${amountOf(sum, true)} ${sum.currency}`).join('  '),
    tone: orders === 0 ? 'good' : 'high',
    verdict: notJudged(orders === 0 ? 'Shop and ERP tax alike' : 'Shop less ERP', seen.notJudged),
    lines: seen.byCause.slice(0, linesMax).map((one) => ({
      name: causeWords[one.cause],
      value: `${amountOf(one, true)} ${one.currency} in ${count(one.count)}`,
    })),
  }
}

function connections(overview: OverviewView): Pane {
  const ill = overview.connections.filter((one) => one.state !== 'ok')
  const open = Object.values(overview.strip.openIncidents).reduce((sum, one) => sum + (one ?? 0), 0)
  return {
    title: 'Connections',
    asOf: overview.unmatched.asOf,
    figure: `${overview.connections.length - ill.length}/${overview.connections.length}`,
    unit: 'read to the end',
    tone: ill.length === 0 ? 'good' : 'critical',
    verdict: ill.length === 0 ? `${count(open)} incidents are open` : 'A side cannot be read in full',
    lines: overview.connections.slice(0, linesMax).map((one) => ({ name: one.label, value: one.state === 'ok' ? '✓ reading' : `✕ ${one.state}` })),
  }
}

function notJudged(verdict: string, orders: number): string {
  return orders === 0 ? verdict : `${verdict} · ${count(orders)} not judged`
}

/** From dusk to dawn on this computer's clock the wall is dimmed. */
export function isNight(hour: number): boolean {
  return hour >= 21 || hour < 6
}

/** A few pixels this way and that, a step a minute, so that nothing burns in. */
export function shiftAt(minute: number): { readonly x: number; readonly y: number } {
  const step = minute % 8
  const around = [0, 4, 8, 4, 0, -4, -8, -4]
  return { x: around[step] ?? 0, y: around[(step + 2) % 8] ?? 0 }
}
