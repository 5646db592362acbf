/** Looks absences up live before they are believed (DESIGN §3), in batches and bounded. */
import type { Outcome } from '../../domain/fault.ts'
import type { Pair } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Store } from '../store/store.ts'
import type { kinds } from './kinds.ts'

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

/** What is asked live before a finding on an order is believed: whether a side has it, or whether the ERP still has its documents. */
export type Doubt = 'shop' | 'erp' | 'documents'

/** Asks live for each number; the answer is null where its absence is proven (or it was found), else why it is not. */
export async function confirmOrders(asking: Asking, pair: Pair, absent: ReadonlyMap<string, Doubt>): Promise<ReadonlyMap<string, string | null>> {
  const { store, lookUp } = asking
  const answers = new Map<string, string | null>(await rereadDocuments(asking, pair, [...absent].flatMap(([number, doubt]) => (doubt === 'documents' ? [number] : []))))
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

/** Reads the drafts under each number again, by their ids, as no ERP lets go of anything else: null once that was done. */
async function rereadDocuments({ store, lookUp }: Asking, pair: Pair, numbers: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const answers = new Map<string, string | null>()
  const label = store.connections.get(pair.erp)?.label ?? pair.erp
  for (const [nth, part] of batches(numbers, rereadBatch).entries()) {
    const ids = part.flatMap((number) =>
      store.claims.records(pair.id, number).flatMap(({ record, goneAt }) => (record.kind === 'erp-order' && goneAt === null && record.state === 'draft' ? [record.id] : [])),
    )
    const answer = nth < lookupsMax && ids.length > 0 ? await lookUp(pair.erp, 'id', ids) : null
    for (const number of part) answers.set(number, nth >= lookupsMax ? nextRound : answer?.ok === false ? `${label} could not be asked` : null)
  }
  return answers
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
