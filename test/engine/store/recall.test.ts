/** What the file was asked lately says what the file says: whatever was written since, and whatever was undone. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DomainRecord } from '../../../src-main/domain/records.ts'
import { bodyStore } from '../../../src-main/engine/store/bodies.ts'
import { claimStore } from '../../../src-main/engine/store/claims.ts'
import { connectionStore, pairStore } from '../../../src-main/engine/store/connections.ts'
import { openDatabase, transaction } from '../../../src-main/engine/store/database.ts'
import { newRecall } from '../../../src-main/engine/store/recall.ts'
import { snapshotStore } from '../../../src-main/engine/store/snapshots.ts'
import { openStore } from '../../../src-main/engine/store/store.ts'
import { streamStore } from '../../../src-main/engine/store/streams.ts'
import { aConnection, anErpConnection, anErpOrder, aPair } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

const ids = ['so-1', 'so-2', 'so-3'] as const
const numbers = ['1001', '1002', '1003'] as const
const anId = fc.constantFrom(...ids)
const someNumbers = fc.subarray([...numbers], { maxLength: 2 })

const aWrite = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('save' as const), id: anId, references: someNumbers, total: fc.constantFrom('10.00', '20.00') }) },
  fc.record({ kind: fc.constant('missing' as const), id: anId }),
  fc.record({ kind: fc.constant('gone' as const), after: fc.nat(20) }),
  fc.record({ kind: fc.constant('claim' as const), id: anId, numbers: someNumbers }),
  fc.record({ kind: fc.constant('prune' as const), before: fc.nat(20) }),
  fc.record({ kind: fc.constant('remove' as const), pair: fc.boolean() }),
)

type Write = typeof aWrite extends fc.Arbitrary<infer T> ? T : never

/** The same file through stores of which each remembers for itself. */
function aFile() {
  const { db } = openDatabase(':memory:', monday)
  const open = () => {
    const recall = newRecall(db)
    const streams = streamStore(db)
    const bodies = bodyStore(db)
    return {
      snapshots: snapshotStore(db, streams.headOf, bodies, recall),
      claims: claimStore(db, bodies, recall),
      connections: connectionStore(db, recall.forgetAll),
      pairs: pairStore(db, recall.forgetAll),
    }
  }
  return { db, open, stores: open() }
}

type Stores = ReturnType<ReturnType<typeof aFile>['open']>

function furnish({ connections, pairs }: Stores, tx: Parameters<Stores['pairs']['save']>[0]): void {
  for (const one of [aConnection(), anErpConnection()]) connections.save(tx, one)
  pairs.save(tx, aPair())
}

function write({ db, stores }: ReturnType<typeof aFile>, one: Write, at: number): void {
  const { snapshots, claims } = stores
  const rowOf = (id: string): number | null => snapshots.get('erp', 'orders', id)?.row ?? null
  transaction(db, (tx) => {
    switch (one.kind) {
      case 'save': {
        const record: DomainRecord = anErpOrder({ id: one.id, references: one.references, totals: { total: one.total } })
        snapshots.save(tx, 'erp', 'orders', record, at)
        break
      }
      case 'missing':
        snapshots.markMissing(tx, 'erp', 'orders', [one.id], at)
        break
      case 'gone':
        snapshots.markGone(tx, 'erp', 'orders', monday + one.after, at)
        break
      case 'claim': {
        const row = rowOf(one.id)
        if (row !== null) claims.replace(tx, 'pair', row, { side: 'erp', numbers: one.numbers, gist: null })
        break
      }
      case 'prune':
        snapshots.pruneHistory(tx, monday + one.before, 100)
        break
      case 'remove':
        if (one.pair) stores.pairs.remove(tx, 'pair')
        else stores.connections.remove(tx, 'erp')
        furnish(stores, tx)
        break
      default:
        one satisfies never
    }
  })
}

function said({ snapshots, claims }: Stores): unknown {
  const rows = ids.flatMap((id) => snapshots.get('erp', 'orders', id)?.row ?? [])
  return {
    byId: ids.map((id) => snapshots.get('erp', 'orders', id)),
    byKey: numbers.map((number) => snapshots.byKey('erp', 'orders', 'reference', number)),
    byRow: rows.map((row) => snapshots.byRow(row)),
    claimed: numbers.map((number) => claims.records('pair', number)),
    claims: rows.map((row) => claims.numbers('pair', row)),
    previous: rows.map((row) => snapshots.previous(row)),
    versions: rows.flatMap((row) => [3, 1, 5].map((limit) => snapshots.versions(row, limit))),
    page: snapshots.page('erp', 'orders', 0, 10),
  }
}

describe('what was asked lately', () => {
  it('is what the file says, after anything that may be written', () => {
    fc.assert(
      fc.property(fc.array(aWrite, { maxLength: 25 }), (writes) => {
        const file = aFile()
        transaction(file.db, (tx) => furnish(file.stores, tx))
        for (const [nth, one] of writes.entries()) {
          write(file, one, monday + nth + 1)
          expect(said(file.stores)).toEqual(said(file.open()))
        }
        file.db.close()
      }),
      { numRuns: 150 },
    )
  })

  it('is as before where a transaction was undone that had read what it wrote', () => {
    const store = aStore()
    const order = anErpOrder({ id: 'so-1', references: ['1001'] })
    keep(store, 'erp', 'orders', [order])
    const renamed = (): void =>
      store.transaction((tx) => {
        store.snapshots.save(tx, 'erp', 'orders', { ...order, references: ['1002'] }, monday + 1)
        expect(store.snapshots.byKey('erp', 'orders', 'reference', '1002')).toHaveLength(1)
        throw new Error('undone')
      })
    expect(renamed).toThrow('undone')
    expect(store.snapshots.byKey('erp', 'orders', 'reference', '1002')).toEqual([])
    expect(store.snapshots.get('erp', 'orders', 'so-1')?.record).toEqual(order)
  })

  it('is asked anew once another process has written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-recall-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'plumbline.db')
    const [here, there] = [aStore({ path }), openStore(path, monday)]
    onTestFinished(() => [here, there].forEach((one) => one.close()))
    const order = anErpOrder({ id: 'so-1', references: ['1001'] })
    keep(here, 'erp', 'orders', [order])
    const known = (): string | undefined => {
      const record = here.read(() => here.snapshots.get('erp', 'orders', 'so-1'))?.record
      return record?.kind === 'erp-order' ? record.references[0] : undefined
    }
    expect(known()).toBe('1001')
    keep(there, 'erp', 'orders', [{ ...order, references: ['1002'] }], monday + 1)
    expect(known()).toBe('1002')
  })

  it('is read once while it stays as it is', () => {
    const store = aStore()
    keep(store, 'erp', 'orders', [anErpOrder({ id: 'so-1', references: ['1001'] })])
    const first = store.snapshots.get('erp', 'orders', 'so-1')
    expect(first).not.toBeNull()
    expect(store.snapshots.byKey('erp', 'orders', 'reference', '1001')[0]).toBe(first)
  })
})
