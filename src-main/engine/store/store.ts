/** The whole store as one value: every statement is prepared when it opens, so that a misspelt column fails at once. */
import type { Instant } from '../../domain/time.ts'
import { auditStore } from './audit.ts'
import { bodyStore } from './bodies.ts'
import { businessDayStore } from './business-days.ts'
import { callStore } from './calls.ts'
import { channelStore, deliveryStore } from './channels.ts'
import { claimStore } from './claims.ts'
import { connectionStore, pairStore, settingStore } from './connections.ts'
import { type Tx, closeDatabase, openDatabase, reading, transaction } from './database.ts'
import { declarationStore } from './declarations.ts'
import { familyStore } from './families.ts'
import { findStore } from './find.ts'
import { flowStore } from './flow.ts'
import { headStore } from './heads.ts'
import { incidentStore } from './incidents.ts'
import { intentStore } from './intents.ts'
import { judgementStore } from './judgements.ts'
import { noticeStore } from './notices.ts'
import { orderStore } from './orders.ts'
import { pastStore } from './past.ts'
import { dutyStore, peopleStore } from './people.ts'
import { quarantineStore } from './quarantine.ts'
import { newRecall } from './recall.ts'
import { signOffStore } from './sign-offs.ts'
import { productListStore } from './product-list.ts'
import { snapshotStore } from './snapshots.ts'
import { stockStore } from './stock.ts'
import { stockListStore } from './stock-list.ts'
import { streamStore } from './streams.ts'
import { taxVarianceStore } from './tax-variance.ts'
import { ticketStore } from './tickets.ts'
import { watchStore } from './watch.ts'

export type Store = ReturnType<typeof openStore>

/** `:memory:` or a path; see `openDatabase` for newer and corrupt files. */
export function openStore(path: string, now: Instant) {
  const { db, setAside } = openDatabase(path, now)
  const streams = streamStore(db)
  const bodies = bodyStore(db)
  const recall = newRecall(db)
  const snapshots = snapshotStore(db, streams.headOf, bodies, recall)
  return {
    path,
    setAside,
    connections: connectionStore(db, recall.forgetAll),
    pairs: pairStore(db, recall.forgetAll),
    settings: settingStore(db),
    streams,
    calls: callStore(db),
    watch: watchStore(db),
    snapshots,
    orders: orderStore(db, streams.rowOf, bodies),
    find: findStore(db, streams.rowOf),
    past: pastStore(db, streams.rowOf, snapshots.versionAt),
    claims: claimStore(db, bodies, recall),
    quarantine: quarantineStore(db, streams.rowOf),
    flow: flowStore(db, streams.rowOf),
    incidents: incidentStore(db),
    families: familyStore(db),
    heads: headStore(db),
    judgements: judgementStore(db),
    stock: stockStore(db),
    stockList: stockListStore(db, bodies),
    productList: productListStore(db, streams.rowOf),
    taxVariance: taxVarianceStore(db),
    intents: intentStore(db),
    notices: noticeStore(db),
    signOffs: signOffStore(db),
    businessDays: businessDayStore(db, streams.rowOf),
    channels: channelStore(db),
    deliveries: deliveryStore(db),
    people: peopleStore(db),
    duties: dutyStore(db),
    audit: auditStore(db),
    declarations: declarationStore(db),
    tickets: ticketStore(db, streams.rowOf),
    transaction<T>(work: (tx: Tx) => T): T {
      try {
        return transaction(db, (tx) => {
          recall.catchUp()
          return work(tx)
        })
      } catch (error) {
        // what was written is undone, and what was read since then with it
        recall.forgetAll()
        throw error
      }
    },
    /** Many questions over one state of the file, without asking for it anew each time. */
    read: <T>(work: () => T): T =>
      reading(db, () => {
        recall.catchUp()
        return work()
      }),
    close(): void {
      closeDatabase(db)
    },
  }
}
