/** Support tickets out of a help desk's export: what is kept of one, and how a table with somebody's own headings is read. Pure. */
import { DateTime } from 'luxon'
import type { Instant } from './time.ts'

/** That somebody wrote about an order, when and why. Who wrote what stays in the help desk. */
export interface Ticket {
  readonly id: string
  /** As shops print it, without the # before it. */
  readonly order: string
  readonly openedAt: Instant
  /** The help desk's own class: "Where is my order?". */
  readonly reason: string | null
  /** Where the help desk shows it; https only. */
  readonly link: string | null
}

/** A line of a table, numbered as an editor numbers it. */
export interface TableLine {
  readonly line: number
  readonly cells: readonly string[]
}

export type TicketsRead =
  | { readonly kind: 'tickets'; readonly tickets: readonly Ticket[]; readonly withoutOrder: number }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

type Column = 'id' | 'order' | 'opened' | 'reason' | 'link'

/** Headings that help desks and people give their columns, without capitals, spaces and signs; the first that is there counts. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  id: ['ticketid', 'ticketnumber', 'ticket', 'caseid', 'casenumber', 'conversationid', 'id'],
  order: ['ordernumber', 'ordername', 'orderno', 'order', 'orders', 'shopifyorder', 'orderid'],
  opened: ['createdat', 'created', 'createddate', 'creationdate', 'createdtime', 'ticketcreated', 'opened', 'openedat', 'requested', 'date'],
  reason: ['contactreason', 'reason', 'tickettype', 'type', 'category', 'topic', 'tags', 'tag'],
  link: ['link', 'url', 'ticketurl', 'ticketlink'],
}

const needed: readonly { readonly column: Column; readonly what: string }[] = [
  { column: 'id', what: 'the ticket’s number ("Ticket ID")' },
  { column: 'order', what: 'the order’s number ("Order number")' },
  { column: 'opened', what: 'when it was opened ("Created at")' },
]

const textMax = 100
const linkMax = 500

/** All of them or none: half an export would count as the whole. `zone`: of times that name none. */
export function ticketsIn([head, ...lines]: readonly TableLine[], zone: string): TicketsRead {
  if (head === undefined) return refused('The file is empty.')
  const columns = columnsOf(head.cells)
  const missing = needed.filter(({ column }) => columns[column] === -1)
  if (missing.length > 0) {
    const found = head.cells.map((cell) => `"${cell.trim().slice(0, textMax)}"`).join(', ')
    return refused(`A column is missing for ${missing.map(({ what }) => what).join(', and for ')}. The first line has ${found}.`)
  }
  const problems: string[] = []
  const tickets: Ticket[] = []
  let withoutOrder = 0
  for (const { line, cells } of lines) {
    const at = (column: Column): string => cells[columns[column]]?.trim() ?? ''
    const orders = at('order').split(/[,;]/).map(orderKeyOf).filter((order) => order !== '')
    const openedAt = instantOf(at('opened'), zone)
    // what names no order is nothing to us, whatever else it holds
    if (orders.length === 0) withoutOrder += 1
    const problem = orders.length === 0 ? null : problemIn(at('id'), orders, openedAt, at('opened'))
    if (problem !== null) problems.push(`Line ${line}: ${problem}`)
    if (orders.length === 0 || problem !== null || openedAt === null) continue
    const of = { id: at('id'), openedAt, reason: at('reason').slice(0, textMax) || null, link: linkOf(at('link')) }
    tickets.push(...[...new Set(orders)].map((order) => ({ ...of, order })))
  }
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'tickets', tickets, withoutOrder }
}

/** How an order's number is kept here, however a shop or a person writes it. */
export function orderKeyOf(number: string): string {
  return number.trim().replace(/^#/, '')
}

function refused(problem: string): TicketsRead {
  return { kind: 'refused', problems: [problem] }
}

function columnsOf(cells: readonly string[]): Readonly<Record<Column, number>> {
  const plain = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const of = (column: Column): number => {
    const name = headings[column].find((heading) => plain.includes(heading))
    return name === undefined ? -1 : plain.indexOf(name)
  }
  return { id: of('id'), order: of('order'), opened: of('opened'), reason: of('reason'), link: of('link') }
}

function problemIn(id: string, orders: readonly string[], openedAt: Instant | null, written: string): string | null {
  if (id === '') return 'the ticket has no number.'
  if (id.length > textMax || orders.some((order) => order.length > textMax)) return `a number is longer than ${textMax} signs.`
  if (openedAt === null) return `"${written.slice(0, textMax)}" is no date that is certain. Write it as 2026-04-03 14:05.`
  return null
}

/** Only the ways that mean one thing everywhere: 03/04 is March to one and April to another. */
function instantOf(text: string, zone: string): Instant | null {
  const read = [DateTime.fromISO(text, { zone }), DateTime.fromSQL(text, { zone })].find((one) => one.isValid)
  return read === undefined ? null : read.toMillis()
}

function linkOf(text: string): string | null {
  return text.length <= linkMax && URL.canParse(text) && new URL(text).protocol === 'https:' ? text : null
}
