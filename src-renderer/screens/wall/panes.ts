/** What each pane of the wall says: one figure that is readable from far, and a few lines beside it. Pure. */
import type { AsOfView, ConnectionView, OverviewView } from '../../../src-main/contract/views.ts'
import { amountOf, count, shortSpanOf, spanOf } from '../../parts/numbers.ts'
import { causeWords } from '../../../src-main/domain/cause-words.ts'

export const paneIds = ['unmatched', 'stock', 'tax', 'connections'] as const
export type PaneId = (typeof paneIds)[number]

/** critical and high need somebody; partly: fine as far as it is known; good: fine, and all of it is known. */
export type Standing = 'critical' | 'high' | 'partly' | 'good'

export interface Line {
  readonly name: string
  /** In between, smaller: how many, where. */
  readonly note: string
  readonly value: string
}

export interface Pane {
  readonly id: PaneId
  readonly title: string
  /** For the row of all panes. */
  readonly short: string
  readonly asOf: AsOfView
  readonly figure: string
  readonly standing: Standing
  /** In words beside shape and colour. */
  readonly verdict: string
  readonly notJudged: number
  /** Below the figure, one a line: never added up over currencies. */
  readonly sums: readonly { readonly name: string; readonly value: string }[]
  readonly lines: readonly Line[]
}

/** Lines that are still readable at five metres. */
const linesMax = 5

export function panesOf(overview: OverviewView): readonly Pane[] {
  return [unmatched(overview), stock(overview), tax(overview), connections(overview)]
}

function unmatched({ unmatched: seen }: OverviewView): Pane {
  return {
    id: 'unmatched',
    title: 'Unmatched paid orders',
    short: 'Paid orders',
    asOf: seen.asOf,
    figure: count(seen.count),
    standing: seen.count > 0 ? 'critical' : fineStanding(seen.notJudged),
    verdict: seen.count > 0 ? 'Paid, and not in the ERP' : fineVerdict('Every paid order is in the ERP', seen.notJudged),
    notJudged: seen.notJudged ?? 0,
    sums: seen.byCurrency.slice(0, 3).map((sum) => ({ name: '', value: `${amountOf(sum)} ${sum.currency}` })),
    lines: seen.top.slice(0, linesMax).map((order) => ({
      name: order.number,
      note: '',
      value: order.amount === null ? '' : `${amountOf(order.amount)} ${order.amount.currency}`,
    })),
  }
}

function stock({ stock: seen }: OverviewView): Pane {
  return {
    id: 'stock',
    title: 'Stock behind the ERP',
    short: 'Stock',
    asOf: seen.asOf,
    figure: count(seen.behind),
    standing: seen.behind > 0 ? 'high' : fineStanding(seen.notJudged),
    verdict: seen.behind > 0 ? `of ${count(seen.watched ?? 0)} on sale show an old figure` : fineVerdict('The shop shows what there is', seen.notJudged),
    notJudged: seen.notJudged ?? 0,
    sums: [
      ...(seen.p50Ms === null ? [] : [{ name: 'p50', value: spanOf(seen.p50Ms) }]),
      ...(seen.p95Ms === null ? [] : [{ name: 'p95', value: spanOf(seen.p95Ms) }]),
      ...(seen.oldestOpenMs === null ? [] : [{ name: 'oldest', value: spanOf(seen.oldestOpenMs) }]),
    ],
    lines: seen.worst.slice(0, 2).map((one) => ({ name: one.sku, note: `${one.shop ?? '—'} / ${one.expected ?? '—'}`, value: shortSpanOf(one.stalenessMs) })),
  }
}

function tax({ tax: seen }: OverviewView): Pane {
  const orders = seen.byCurrency.reduce((sum, one) => sum + one.count, 0)
  return {
    id: 'tax',
    title: 'Orders whose tax differs',
    short: 'Tax',
    asOf: seen.asOf,
    figure: count(orders),
    standing: orders > 0 ? 'high' : fineStanding(seen.notJudged),
    verdict: orders > 0 ? 'Shop less ERP' : fineVerdict('Both sides agree to the cent', seen.notJudged),
    notJudged: seen.notJudged ?? 0,
    sums: seen.byCurrency.slice(0, 3).map((sum) => ({ name: '', value: `${amountOf(sum, true)} ${sum.currency}` })),
    lines: seen.byCause.slice(0, linesMax).map((one) => ({
      name: causeWords[one.cause],
      note: one.count === 1 ? '1 order' : `${count(one.count)} orders`,
      value: `${amountOf(one, true)} ${one.currency}`,
    })),
  }
}

function connections(overview: OverviewView): Pane {
  const ill = overview.connections.filter((one) => one.state !== 'ok')
  const dark = ill.some((one) => one.state === 'unreachable' || one.state === 'refused')
  const open = Object.values(overview.strip.openIncidents).reduce((sum, one) => sum + one, 0)
  return {
    id: 'connections',
    title: 'Connections that are read in full',
    short: 'Connections',
    asOf: overview.unmatched.asOf,
    figure: `${overview.connections.length - ill.length}/${overview.connections.length}`,
    standing: ill.length === 0 ? 'good' : dark ? 'critical' : 'high',
    verdict: ill.length === 0 ? 'Both sides answer' : dark ? 'A side does not answer' : 'Some streams were not read to their end',
    notJudged: 0,
    sums: [{ name: open === 1 ? 'Incident open' : 'Incidents open', value: count(open) }],
    lines: [],
  }
}

function fineStanding(notJudged: number | null): Standing {
  return notJudged === 0 ? 'good' : 'partly'
}

/** All well is said only when everything was judged. */
function fineVerdict(fine: string, notJudged: number | null): string {
  return notJudged === 0 ? fine : 'None among those judged'
}

const worstFirst: readonly ConnectionView['state'][] = ['refused', 'unreachable', 'partial', 'new', 'ok']

/** The connections that fit, the worst first. */
export function shownConnections(all: readonly ConnectionView[]): readonly ConnectionView[] {
  return all.toSorted((left, right) => worstFirst.indexOf(left.state) - worstFirst.indexOf(right.state)).slice(0, linesMax)
}

/** The stream of a connection that has used up most of its promise; a stream that was never read comes before all. */
export function weakestStream(connection: ConnectionView): ConnectionView['streams'][number] | null {
  const used = (stream: ConnectionView['streams'][number]): number => (stream.coveredTo === null ? Number.NEGATIVE_INFINITY : stream.coveredTo + stream.staleAfterMs)
  return connection.streams.toSorted((left, right) => used(left) - used(right))[0] ?? null
}

/** From dusk to dawn on this computer's clock the wall is dark and dimmed. */
export function isNight(hour: number): boolean {
  return hour >= 21 || hour < 6
}

/** A few pixels this way and that, a step a minute, so that nothing burns in. */
export function shiftAt(minute: number): { readonly x: number; readonly y: number } {
  const around = [0, 4, 8, 4, 0, -4, -8, -4]
  const step = minute % around.length
  return { x: around[step] ?? 0, y: around[(step + 2) % around.length] ?? 0 }
}

/** The largest size at which the figure keeps to its half, in hundredths of the screen's height. */
export function figureSize(figure: string): number {
  if (figure.length <= 3) return 34
  if (figure.length <= 5) return 24
  return 16
}
