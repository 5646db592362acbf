/** Asks a connection live for named records before their absence is believed (DESIGN §3), and keeps what it finds. */
import type { Clock } from '../../domain/clock.ts'
import { type Outcome, failed, ok } from '../../domain/fault.ts'
import type { StreamName } from '../../domain/records.ts'
import { type LookupKeys, lookupMax } from '../connectors/definition.ts'
import type { Store } from '../store/store.ts'
import type { Doors } from './doors.ts'
import { asked } from './poller.ts'
import { keepQuarantine, keepRows, notOlder, readRows } from './rows.ts'

/** Keys of one call; those beyond it stay unproven and are asked for the next time. */
export const keysMax = 1000

export interface LookedUp {
  /** Rows that came back, whether they could be read or not. */
  readonly found: number
  /** True only when every key without a row is proven to have none. */
  readonly complete: boolean
}

export type LookUp = (connection: string, stream: StreamName, keys: LookupKeys) => Promise<Outcome<LookedUp>>

/** What is found is saved like any row that was read, so its subjects are judged again; and so are those of what is proven to have no id any more. */
export function newLookUp(parts: { readonly store: Store; readonly doors: Doors; readonly clock: Clock }): LookUp {
  const { store, doors, clock } = parts
  return async (connection, name, keys) => {
    const door = await doors.open(connection)
    if (!door.ok) return door
    const { api, connector, settings } = door.value
    const stream = connector.streams.find((one) => one.name === name)
    const lookup = stream?.lookup
    if (stream === undefined || lookup === undefined) return ok({ found: 0, complete: false })
    const values = [...new Set(keys.values)]
    let found = 0
    let complete = values.length <= keysMax
    for (let start = 0; start < Math.min(values.length, keysMax); start += lookupMax) {
      const some = { by: keys.by, values: values.slice(start, Math.min(start + lookupMax, keysMax)) }
      // oxlint-disable-next-line no-await-in-loop -- one batch after the other, at the platform's pace
      const answer = await asked(api, () => lookup(api, some, settings))
      // the door was closed meanwhile: nothing is proven, and nothing is wrong with the platform
      if (answer === null) return ok({ found, complete: false })
      if (!answer.ok) return failed(answer.fault)
      const rows = readRows(stream, answer.value.rows, settings)
      const { complete: provesIds } = answer.value
      store.transaction((tx) => {
        keepRows(store, tx, connection, notOlder(store, connection, rows.placed), clock.now())
        keepQuarantine(store, tx, connection, stream.name, rows, clock.now())
        if (keys.by !== 'id' || !provesIds || rows.bad.length > 0) return
        const there = new Set(rows.placed.map(({ record }) => record.id))
        store.snapshots.markMissing(tx, connection, stream.name, some.values.filter((id) => !there.has(id)), clock.now())
      })
      found += answer.value.rows.length
      // a row that is there but cannot be read may be the very one
      complete = complete && answer.value.complete && rows.bad.length === 0
    }
    return ok({ found, complete })
  }
}
