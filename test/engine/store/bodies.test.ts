/** Bodies of records in the file: read back as they were whatever sample they were told by, and small. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Order } from '../../../src-main/domain/records.ts'
import { openStore } from '../../../src-main/engine/store/store.ts'
import { aConnection, anErpConnection, anOrder, anOrderLine, aPair } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

let folder = ''
const path = (): string => join(folder, 'plumbline.db')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-bodies-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The first is somebody's trial, with nothing in it. */
function orders(count: number): readonly Order[] {
  return Array.from({ length: count }, (_, nth) =>
    anOrder({ number: String(1000 + nth), lines: nth === 0 ? [] : [anOrderLine({ id: `l${nth}`, title: `Größe ${nth}` })], customer: { email: `c${nth}@example.com` } }),
  )
}

function samplesIn(file: string): number {
  const db = new Sqlite(file, { readonly: true })
  const { total } = db.prepare<[], { total: number }>(`SELECT COUNT(*) AS total FROM sample`).get() ?? { total: -1 }
  db.close()
  return total
}

describe('a body', () => {
  it('is read back whatever sample it was told by, before and after a better one was chosen, and from a file opened anew', () => {
    const all = orders(600)
    const store = aStore({ path: path() })
    keep(store, 'shop', 'orders', all)
    const read = (from: typeof store) => all.map(({ id }) => from.snapshots.get('shop', 'orders', id)?.record)
    expect(read(store)).toEqual(all)
    store.close()
    const again = openStore(path(), monday)
    expect(read(again)).toEqual(all)
    again.close()
    expect(samplesIn(path())).toBe(2)
  })

  it('is read back after a transaction that chose its sample was given up', () => {
    const store = aStore({ path: path() })
    const [first, second] = orders(2)
    if (first === undefined || second === undefined) throw new Error('two orders')
    expect(() =>
      store.transaction((tx) => {
        store.snapshots.save(tx, 'shop', 'orders', first, monday)
        throw new Error('given up')
      }),
    ).toThrow('given up')
    keep(store, 'shop', 'orders', [second, first])
    store.close()
    const again = openStore(path(), monday)
    expect([first, second].map(({ id }) => again.snapshots.get('shop', 'orders', id)?.record)).toEqual([first, second])
    again.close()
  })

  it('goes with its sample when its connection is removed', () => {
    const store = aStore({ path: path(), connections: [aConnection(), anErpConnection()], pairs: [aPair()] })
    keep(store, 'shop', 'orders', orders(3))
    store.transaction((tx) => store.connections.remove(tx, 'shop'))
    store.close()
    expect(samplesIn(path())).toBe(0)
  })

  it('takes less than half of its JSON on disk, with all that finds it', () => {
    const all = orders(5000)
    const store = aStore({ path: path() })
    keep(store, 'shop', 'orders', all)
    store.close()
    expect(statSync(path()).size * 2).toBeLessThan(JSON.stringify(all).length)
  })
})
