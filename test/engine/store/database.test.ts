/** The file itself: new, old, newer, broken, and what a throw leaves behind. */
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keptOf } from '../../../src-main/engine/store/connections.ts'
import { openDatabase, transaction } from '../../../src-main/engine/store/database.ts'
import { NewerDatabaseError, migrate, newestVersion, versionOf } from '../../../src-main/engine/store/migrate.ts'
import { openStore } from '../../../src-main/engine/store/store.ts'
import { aConnection, anErpConnection, anOrder, aPair } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

let folder = ''
const path = (name = 'plumbline.db'): string => join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-store-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function shapeOf(db: Database): readonly unknown[] {
  return db.prepare(`SELECT type, name, sql FROM sqlite_schema ORDER BY type, name`).all()
}

describe('a database file', () => {
  it('is made from nothing, version by version, to one shape', () => {
    const stepwise = new Sqlite(':memory:')
    expect(versionOf(stepwise)).toBe(0)
    for (let version = 1; version <= newestVersion; version += 1) {
      migrate(stepwise, version)
      expect(versionOf(stepwise)).toBe(version)
    }
    const atOnce = openDatabase(':memory:', monday).db
    expect(shapeOf(atOnce)).toEqual(shapeOf(stepwise))
    expect(shapeOf(atOnce).length).toBeGreaterThan(30)
  })

  it('keeps strictly to its types', () => {
    const { db } = openDatabase(':memory:', monday)
    const loose = db
      .prepare<[], { name: string }>(`SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`)
      .all()
    expect(loose).toEqual([])
  })

  it('is safe against a power cut and refuses broken references', () => {
    const { db } = openDatabase(path(), monday)
    const pragma = (name: string): unknown => db.pragma(name, { simple: true })
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1])
    db.close()
  })

  it('is opened again as it was left', () => {
    const first = aStore({ path: path() })
    keep(first, 'shop', 'orders', [anOrder()])
    first.close()
    const second = openStore(path(), monday)
    expect([second.setAside, second.snapshots.get('shop', 'orders', 'order_1001')?.record]).toEqual([null, anOrder()])
    second.close()
  })

  it('of a newer Plumbline is refused with words that help, and left as it is', () => {
    const { db } = openDatabase(path(), monday)
    db.pragma(`user_version = ${newestVersion + 1}`)
    db.close()
    const before = readFileSync(path())
    expect(() => openStore(path(), monday)).toThrow(NewerDatabaseError)
    expect(() => openStore(path(), monday)).toThrow(/plumbline\.db was written by a newer Plumbline .* Install the newer Plumbline again/)
    expect([readFileSync(path()).equals(before), readdirSync(folder)]).toEqual([true, ['plumbline.db']])
  })

  it('that is no database is set aside under a name that says when, and a new one begun', () => {
    writeFileSync(path(), 'this was a spreadsheet once\n'.repeat(200))
    const store = aStore({ path: path() })
    expect(store.setAside).toBe(`${path()}.corrupt-2026-11-23T09-00-00.000Z`)
    expect(readFileSync(store.setAside ?? '', 'utf8')).toMatch(/^this was a spreadsheet/)
    expect(store.connections.list()).toHaveLength(2)
    store.close()
  })

  it('that was damaged in the middle is noticed when it opens, and read anew', () => {
    const whole = aStore({ path: path() })
    keep(whole, 'shop', 'orders', Array.from({ length: 400 }, (_, index) => anOrder({ number: String(index) })))
    whole.close()
    const file = openSync(path(), 'r+')
    for (let page = 2; page < 40; page += 1) writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096)
    closeSync(file)
    const store = openStore(path(), monday)
    expect(store.setAside).not.toBeNull()
    expect([existsSync(store.setAside ?? ''), store.connections.list()]).toEqual([true, []])
    store.close()
  })

  it('that cannot be opened for another reason is not touched', () => {
    expect(() => openStore(join(folder, 'no', 'such', 'folder.db'), monday)).toThrow()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a transaction', () => {
  it('that throws leaves nothing: no row, no cursor, no mark, no pass', () => {
    const store = aStore()
    expect(() =>
      store.transaction((tx) => {
        store.snapshots.save(tx, 'shop', 'orders', anOrder(), monday)
        store.streams.saveCursor(tx, 'shop', 'orders', { at: 1 })
        store.streams.complete(tx, 'shop', 'orders', { from: 0, to: monday })
        throw new Error('the page was no page')
      }),
    ).toThrow('the page was no page')
    expect([
      store.snapshots.get('shop', 'orders', 'order_1001'),
      store.streams.cursor('shop', 'orders'),
      store.streams.coverage('shop', 'orders').to,
      store.snapshots.backlog(),
      store.streams.recordsHeld('shop', 'orders'),
    ]).toEqual([null, null, null, 0, 0])
  })

  it('cannot be asynchronous: a page, its cursor and its marks land together', () => {
    const { db } = openDatabase(':memory:', monday)
    expect(() => transaction(db, async () => 1)).toThrow(/promise/)
  })
})

describe('what the user told us', () => {
  it('is given back as it was said, and a secret has no place in it', () => {
    const store = aStore({ connections: [], pairs: [] })
    const shop = aConnection({ settings: { baseUrl: 'http://localhost:9000/', list: ['a'] }, secretRef: 'here/shop' })
    const pair = aPair({ settings: { since: '2026-11-01T00:00:00Z', due: { card: 'captured' }, locations: { WH: 'Lyon' } } })
    store.transaction((tx) => {
      store.connections.save(tx, shop)
      store.connections.save(tx, anErpConnection())
      store.pairs.save(tx, pair)
      store.connections.noteSecret(tx, 'shop', 'keychain', monday)
    })
    expect([store.connections.get('shop'), store.pairs.get('pair'), store.connections.secretOf('shop')]).toEqual([
      shop,
      pair,
      { where: 'keychain', setAt: monday },
    ])
  })

  it('of a pair makes everything of both sides to be judged anew', () => {
    const store = aStore()
    keep(store, 'shop', 'orders', [anOrder({ number: '1' }), anOrder({ number: '2' })])
    store.transaction((tx) => store.snapshots.clean(tx, 'pair', store.snapshots.dirty('pair', 9).map((one) => one.row)))
    expect(store.snapshots.backlog()).toBe(0)
    store.transaction((tx) => store.pairs.save(tx, aPair({ settings: { graceMinutes: 1 } })))
    expect(store.snapshots.backlog()).toBe(2)
  })

  it('goes with the connection when that is removed, and so does all that was read through it', () => {
    const store = aStore()
    keep(store, 'shop', 'orders', [anOrder()])
    store.transaction((tx) => store.connections.remove(tx, 'shop'))
    expect([store.pairs.list(), store.connections.list().map((one) => one.id), store.snapshots.backlog()]).toEqual([[], ['erp'], 0])
    expect(store.snapshots.get('erp', 'orders', 'order_1001')).toBeNull()
  })

  it('that is kept of one connection goes with it, and what is kept of another whose name begins alike stays', () => {
    const store = aStore()
    const names = [keptOf('shop', 'a'), keptOf('shop', 'b'), keptOf('shop2', 'a'), 'shop']
    store.transaction((tx) => {
      for (const name of names) store.settings.save(tx, name, z.string(), name)
    })
    expect([store.settings.hasAny(keptOf('shop', '')), store.settings.hasAny(keptOf('shop', 'c')), store.settings.hasAny(keptOf('sho', ''))]).toEqual([true, false, false])
    store.transaction((tx) => store.connections.remove(tx, 'shop'))
    expect(names.map((name) => store.settings.get(name, z.string()))).toEqual([null, null, keptOf('shop2', 'a'), 'shop'])
  })

  it('of health keeps since when it is so', () => {
    const store = aStore()
    const say = (state: 'ok' | 'unreachable', at: number): void =>
      store.transaction((tx) => store.connections.saveHealth(tx, 'shop', { state, says: null, clockOffsetMs: null, at }))
    say('unreachable', monday)
    say('unreachable', monday + 5)
    expect(store.connections.health('shop')).toMatchObject({ state: 'unreachable', since: monday })
    say('ok', monday + 9)
    expect(store.connections.health('shop')).toMatchObject({ state: 'ok', since: monday + 9 })
  })
})
