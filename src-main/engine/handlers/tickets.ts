/** Answers about support tickets: a help desk's export is read whole or not at all, and counted by reason beside the incidents. */
import type { TicketsView } from '../../contract/ticket-views.ts'
import type { Pair } from '../../domain/pair.ts'
import { ticketsIn } from '../../domain/ticket.ts'
import { days } from '../../domain/time.ts'
import { zoneOf } from '../reconcile/close/looks.ts'
import { type Rooms, os } from './rooms.ts'
import { tableIn } from './ticket-table.ts'

const sinceDays = 30
const reasonsShown = 12
const problemsShown = 5

export function ticketHandlers(rooms: Rooms) {
  const { store, clock } = rooms
  const noPair = (id: string) => ({ data: { says: `There is no pair ${id}; it was removed meanwhile.` } })
  return {
    about: os.tickets.about.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      return viewOf(rooms, pair)
    }),
    read: os.tickets.read.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      const table = tableIn(input.text)
      if ('refused' in table) throw errors.REFUSED({ data: { says: `Nothing was kept. ${table.refused}`, field: 'text' } })
      const read = ticketsIn(table, zoneOf(pair, rooms.zone))
      if (read.kind === 'refused') throw errors.REFUSED({ data: { says: `Nothing was kept. ${inWords(read.problems)}`, field: 'text' } })
      const { tickets, withoutOrder } = read
      const total = new Set(tickets.map(({ id }) => id)).size
      const fresh = store.transaction((tx) => {
        const unknown = store.tickets.put(tx, pair.id, tickets, clock.now())
        rooms.audit(tx, { what: 'support tickets read', subject: `pair ${pair.id}`, before: null, after: { tickets: total, fresh: unknown }, why: null })
        return unknown
      })
      rooms.publish(['pairs', 'audit'])
      const unlinked = new Set(tickets.filter(({ order }) => !store.tickets.isOrder(pair.shop, order)).map(({ id }) => id)).size
      return { tickets: total, fresh, withoutOrder, unlinked }
    }),
    forget: os.tickets.forget.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      store.transaction((tx) => {
        const rows = store.tickets.forget(tx, pair.id)
        rooms.audit(tx, { what: 'support tickets forgotten', subject: `pair ${pair.id}`, before: { rows }, after: null, why: null })
      })
      rooms.publish(['pairs', 'audit'])
      return viewOf(rooms, pair)
    }),
  }
}

function viewOf({ store, clock }: Rooms, pair: Pair): TicketsView {
  const reasons = store.tickets.reasons(pair.id, pair.shop, clock.now() - days(sinceDays))
  const sum = (of: 'tickets' | 'troubled'): number => reasons.reduce((total, row) => total + row[of], 0)
  return {
    sinceDays,
    readAt: store.tickets.readAt(pair.id),
    tickets: sum('tickets'),
    troubled: sum('troubled'),
    reasons: reasons.slice(0, reasonsShown).map(({ reason, tickets, troubled }) => ({ reason, tickets, troubled })),
  }
}

function inWords(problems: readonly string[]): string {
  const more = problems.length - problemsShown
  return [...problems.slice(0, problemsShown), ...(more > 0 ? [`And ${more} more lines.`] : [])].join(' ')
}
