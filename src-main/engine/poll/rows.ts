/** A platform's rows, each read on its own: into records with the stream they belong to, or into quarantine. */
import { createHash } from 'node:crypto'
import type { DomainRecord, RecordKind, StreamName } from '../../domain/records.ts'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { checkRecord } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import type { AnyStream } from './place.ts'

export interface Placed {
  readonly stream: StreamName
  readonly record: DomainRecord
}

/** A row that could not be read. Its contents are nowhere kept. */
export interface BadRow {
  /** The platform's id of it, else a name made of its hash. */
  readonly id: string
  readonly path: string
}

export interface ReadRows {
  readonly placed: readonly Placed[]
  readonly bad: readonly BadRow[]
  /** Of the rows that could be read, by the platform's own name: they leave the quarantine. */
  readonly good: readonly string[]
}

/** The streams that a kind of record may belong to; of these the one that the stream emits. */
const streamsOf: Readonly<Record<RecordKind, readonly StreamName[]>> = {
  order: ['orders'],
  'erp-order': ['orders'],
  invoice: ['invoices'],
  'credit-note': ['credit-notes'],
  shipment: ['fulfilments', 'shipments'],
  return: ['returns'],
  payment: ['payments'],
  refund: ['refunds'],
  payout: ['payouts'],
  stock: ['stock'],
  product: ['products'],
  customer: ['customers'],
}

/** Pure. One bad row never spoils the others. */
export function readRows(stream: AnyStream, rows: readonly unknown[], settings: unknown): ReadRows {
  const placed: Placed[] = []
  const bad: BadRow[] = []
  const good: string[] = []
  for (const row of rows) {
    const read = readRow(stream, row, settings)
    if ('path' in read) {
      bad.push({ id: nameOf(row), path: read.path.slice(0, 200) })
    } else {
      placed.push(...read.placed)
      good.push(nameOf(row))
    }
  }
  return { placed, bad, good }
}

function readRow(stream: AnyStream, row: unknown, settings: unknown): { placed: readonly Placed[] } | { path: string } {
  const raw = stream.raw.safeParse(row)
  if (!raw.success) return { path: raw.error.issues[0]?.path.join('.') ?? '' }
  let records: readonly DomainRecord[]
  try {
    records = stream.normalise(raw.data, settings)
  } catch (error) {
    // a figure that is no number, an amount beyond what can be counted: the row's fault, found while it was worded
    const ofRow = error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError
    if (!ofRow) throw error
    return { path: `(${error.name})` }
  }
  const placed: Placed[] = []
  for (const record of records) {
    const checked = checkRecord(record)
    if ('path' in checked) return { path: `${record.kind}.${checked.path}` }
    const target = streamsOf[checked.record.kind].find((name) => stream.emits.includes(name))
    if (target === undefined) throw new Error(`${stream.name} emits no ${checked.record.kind}`)
    placed.push({ stream: target, record: checked.record })
  }
  return { placed }
}

function nameOf(row: unknown): string {
  if (typeof row === 'object' && row !== null && 'id' in row) {
    if ((typeof row.id === 'string' && row.id !== '') || typeof row.id === 'number') return String(row.id).slice(0, 500)
  }
  return `row-${createHash('sha256').update(JSON.stringify(row) ?? '').digest('hex').slice(0, 16)}`
}

/** What was asked for by name may be answered by a copy that lags behind the lists: what is known to be newer stands. */
export function notOlder(store: Store, connection: string, placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(({ stream, record }) => {
    const known = store.snapshots.get(connection, stream, record.id)
    return known === null || known.goneAt !== null || record.changedAt === null || known.record.changedAt === null || record.changedAt >= known.record.changedAt
  })
}

/** Keeps records as seen at `at`; says how many were new or changed. */
export function keepRows(store: Store, tx: Tx, connection: string, placed: readonly Placed[], at: Instant): number {
  let changed = 0
  for (const { stream, record } of placed) {
    if (store.snapshots.save(tx, connection, stream, record, at) !== 'same') changed += 1
  }
  return changed
}

/** Notes what could not be read and lets out what could be after all. */
export function keepQuarantine(
  store: Store,
  tx: Tx,
  connection: string,
  stream: StreamName,
  read: ReadRows,
  at: Instant,
): void {
  for (const { id, path } of read.bad) {
    const says = path === '' ? 'The row has an unexpected shape.' : `The row has an unexpected shape at ${path}.`
    store.quarantine.put(tx, connection, stream, { id, at, path, says })
  }
  if (read.good.length === 0 || store.quarantine.count(connection, stream) === 0) return
  for (const id of read.good) store.quarantine.drop(tx, connection, stream, id)
}
