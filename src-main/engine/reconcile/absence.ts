/** Looks absences up live before they are believed (DESIGN §3), in batches and bounded. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Outcome } from '../../domain/fault.ts'
import type { Pair } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Store } from '../store/store.ts'
import type { kinds } from './kinds.ts'
import { partsOfKey } from './lenses/stock.ts'
import type { Rereads } from './rule.ts'

/** Asks a side live for keys and keeps what it finds; `complete` says that what was not found is not there. What has no id there any more is gone. */
export type LookUp = (
  connection: string,
  by: 'id' | 'number' | 'reference',
  keys: readonly string[],
  stream?: StreamName,
) => Promise<Outcome<{ readonly found: number; readonly complete: boolean }>>

interface Asking {
  readonly store: Store
  readonly lookUp: LookUp
}

/** Subjects judged in one transaction: short enough that a question from a screen never waits long. */
const batchSize = 200
const lookupBatch = 100
/** Numbers whose documents are read again with one question. */
const rereadBatch = 25
/** An absence is asked for live at most so often in one run; the rest waits for the next. */
const lookupsMax = 200

export const nextRound = 'it is looked up in the next round'

/** What is asked live before a finding on an order is believed: whether a side has it, or whether what was read of it still holds. */
export type Doubt = 'shop' | 'erp' | Rereads

/** Asks live for each number; the answer is null where its absence is proven (or it was found), else why it is not. */
export async function confirmOrders(asking: Asking, pair: Pair, absent: ReadonlyMap<string, Doubt>): Promise<ReadonlyMap<string, string | null>> {
  const { store, lookUp } = asking
  const answers = new Map<string, string | null>(await reread(asking, pair, absent))
  let asked = 0
  for (const side of ['erp', 'shop'] as const) {
    const connection = side === 'erp' ? pair.erp : pair.shop
    const label = store.connections.get(connection)?.label ?? connection
    const numbers = [...absent].flatMap(([number, on]) => (on === side ? [number] : []))
    let silent: string | null = null
    for (const part of batches(numbers, lookupBatch)) {
      asked += 1
      if (silent === null && asked <= lookupsMax) {
        const answer = await lookUp(connection, side === 'erp' ? 'reference' : 'number', part)
        if (!answer.ok) silent = `${label} could not be asked`
        else if (!answer.value.complete) silent = `${label} cannot be searched by number`
      }
      for (const number of part) {
        answers.set(number, asked > lookupsMax ? nextRound : silent)
      }
    }
  }
  return answers
}

/** Reads what is known of each number again, by its ids: null once that was done. */
async function reread({ store, lookUp }: Asking, pair: Pair, doubted: ReadonlyMap<string, Doubt>): Promise<ReadonlyMap<string, string | null>> {
  const answers = new Map<string, string | null>()
  const numbers = [...doubted].flatMap(([number, doubt]) => (doubt === 'drafts' || doubt === 'both' ? [number] : []))
  for (const [nth, part] of batches(numbers, rereadBatch).entries()) {
    const known = nth < lookupsMax ? part.flatMap((number) => idsOf(store, pair, number, doubted.get(number) === 'both')) : []
    let silent: string | null = null
    for (const connection of [pair.shop, pair.erp]) {
      const ids = known.flatMap((one) => (one.connection === connection ? [one.id] : []))
      // oxlint-disable-next-line no-await-in-loop -- one side after the other, at its own pace
      const answer = ids.length > 0 ? await lookUp(connection, 'id', ids) : null
      if (answer?.ok === false) silent = `${store.connections.get(connection)?.label ?? connection} could not be asked`
    }
    for (const number of part) answers.set(number, nth >= lookupsMax ? nextRound : silent)
  }
  return answers
}

/** Of drafts alone, those of the ERP: no ERP lets go of anything else. */
function idsOf(store: Store, pair: Pair, number: string, all: boolean): readonly { readonly connection: string; readonly id: string }[] {
  return store.claims.records(pair.id, number).flatMap(({ record, goneAt }) => {
    if (goneAt !== null) return []
    if (record.kind === 'order') return all ? [{ connection: pair.shop, id: record.id }] : []
    return record.kind === 'erp-order' && (all || record.state === 'draft') ? [{ connection: pair.erp, id: record.id }] : []
  })
}

/** Asks the shop live for the figures of SKUs; one that cannot be asked is believed as it was read. */
export async function rereadStock({ lookUp }: Pick<Asking, 'lookUp'>, pair: Pair, keys: readonly string[]): Promise<void> {
  const skus = [...new Set(keys.map((key) => partsOfKey(key).sku))]
  // oxlint-disable-next-line no-await-in-loop -- at the platform's pace
  for (const part of batches(skus, lookupBatch).slice(0, lookupsMax)) await lookUp(pair.shop, 'number', part, 'stock')
}

/** As for orders: null where the ERP proves that it has none of what stands behind the key (or it was found). */
export async function confirmKind({ store, lookUp: ask }: Asking, pair: Pair, kind: (typeof kinds)[number], absent: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const answers = new Map<string, string | null>()
  const { lookUp } = kind
  if (lookUp === undefined) return answers
  const label = store.connections.get(pair.erp)?.label ?? pair.erp
  let silent: string | null = null
  for (const [nth, part] of batches(absent, lookupBatch).entries()) {
    if (silent === null && nth < lookupsMax) {
      const asked = part.flatMap((key) => lookUp.keysOf(pair, key))
      const answer = await ask(pair.erp, lookUp.by, [...new Set(asked)], lookUp.stream)
      if (!answer.ok) silent = `${label} could not be asked`
      else if (!answer.value.complete) silent = `${label} cannot be searched by number`
    }
    for (const key of part) answers.set(key, nth < lookupsMax ? silent : nextRound)
  }
  return answers
}

export function batches<T>(all: readonly T[], size = batchSize): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size))
  return parts
}

/** Between two batches everybody else gets a turn: a question from a screen waits for one, not for all. */
export async function inBatches<T>(all: readonly T[], work: (part: readonly T[]) => void): Promise<void> {
  for (const [nth, part] of batches(all).entries()) {
    if (nth > 0) await breathe()
    work(part)
  }
}
