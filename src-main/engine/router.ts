/** The whole contract answered: each operation's handlers under its name. */
import { auditPageHandlers } from './handlers/audit-page.ts'
import { closeHandlers } from './handlers/close.ts'
import { channelHandlers } from './handlers/channels.ts'
import { connectionHandlers } from './handlers/connections.ts'
import { faultHandlers } from './handlers/faults.ts'
import { incidentHandlers } from './handlers/incidents.ts'
import { customerHandlers } from './handlers/customers.ts'
import { orderHandlers } from './handlers/orders.ts'
import { overviewHandlers } from './handlers/overview.ts'
import { peopleHandlers } from './handlers/people.ts'
import { pairHandlers } from './handlers/pairs.ts'
import { productHandlers } from './handlers/products.ts'
import { replayHandlers } from './handlers/replays.ts'
import { type Rooms, os } from './handlers/rooms.ts'
import { ruleHandlers } from './handlers/rules.ts'
import { searchHandlers } from './handlers/search.ts'
import { auditHandlers, engineHandlers, noticeHandlers, settingHandlers } from './handlers/settings.ts'
import { stockHandlers } from './handlers/stock.ts'
import { taxHandlers } from './handlers/tax.ts'
import { ticketHandlers } from './handlers/tickets.ts'

export function routerOf(rooms: Rooms) {
  return os.router({
    engine: engineHandlers(rooms),
    overview: overviewHandlers(rooms),
    orders: orderHandlers(rooms),
    search: searchHandlers(rooms),
    incidents: incidentHandlers(rooms),
    connections: connectionHandlers(rooms),
    pairs: pairHandlers(rooms),
    close: closeHandlers(rooms),
    stock: stockHandlers(rooms),
    tax: taxHandlers(rooms),
    products: productHandlers(rooms),
    customers: customerHandlers(rooms),
    tickets: ticketHandlers(rooms),
    people: peopleHandlers(rooms),
    rules: ruleHandlers(rooms),
    faults: faultHandlers(rooms),
    replays: replayHandlers(rooms),
    channels: channelHandlers(rooms),
    notices: noticeHandlers(rooms),
    settings: settingHandlers(rooms),
    audit: { ...auditHandlers(rooms), ...auditPageHandlers(rooms) },
  })
}
