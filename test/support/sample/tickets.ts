/** Support tickets of the sample: a long reason, one without, and an export that is refused. */
import { implement } from '@orpc/server'
import { contract } from '../../../src-main/contract/operations.ts'
import type { TicketView, TicketsView } from '../../../src-main/contract/ticket-views.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import type { Scene } from './scene.ts'

const os = implement(contract)

export function sampleTickets(placedAt: number): TicketView[] {
  return [
    { id: '88213', openedAt: placedAt + minutes(25), reason: 'Where is my order?', link: 'https://nordlicht.helpdesk.example/tickets/88213' },
    { id: '88102', openedAt: placedAt + minutes(5), reason: null, link: null },
  ]
}

export function ticketHandlers(scene: () => Scene) {
  const none = { sinceDays: 30, readAt: null, tickets: 0, troubled: 0, reasons: [] }
  let isRead: boolean | null = null
  const about = (): TicketsView => {
    const { mood, now } = scene()
    if (!(isRead ?? mood === 'busy')) return none
    return {
      sinceDays: 30,
      readAt: now - hours(20),
      tickets: 1_412,
      troubled: 511,
      reasons: [
        { reason: 'Where is my order?', tickets: 902, troubled: 388 },
        { reason: 'Refund not received after return at the flagship store in Hamburg', tickets: 311, troubled: 97 },
        { reason: 'Wrong VAT on invoice', tickets: 120, troubled: 26 },
        { reason: null, tickets: 79, troubled: 0 },
      ],
    }
  }
  return {
    about: os.tickets.about.handler(about),
    read: os.tickets.read.handler(({ input, errors }) => {
      if (!input.text.includes('Order')) throw errors.REFUSED({ data: { says: 'Nothing was kept. A column is missing for the order’s number ("Order number"). The first line has "Subject".', field: 'text' } })
      isRead = true
      return { tickets: 3, fresh: 2, withoutOrder: 1, unlinked: 1 }
    }),
    forget: os.tickets.forget.handler(() => {
      isRead = false
      return about()
    }),
  }
}
