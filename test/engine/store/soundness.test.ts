/** A large file is not looked through at every start, and damage in it is found all the same. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days } from '../../../src-main/domain/time.ts'
import { closeDatabase, openDatabase, transaction } from '../../../src-main/engine/store/database.ts'
import { anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore, keep } from '../../support/store.ts'

let folder = ''
const path = (): string => join(folder, 'plumbline.db')

/** As if its size were beyond what is looked through each time. */
const large = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-soundness-'))
  const store = aStore({ path: path() })
  keep(store, 'shop', 'orders', Array.from({ length: 600 }, (_, index) => anOrder({ number: String(index) })))
  store.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Of the records alone: what is read while it opens stays whole. */
function damage(): void {
  const db = new Sqlite(path(), { readonly: true })
  const pages = db.prepare<[], number>(`SELECT pageno FROM dbstat WHERE name = 'snapshot' AND pagetype = 'leaf'`).pluck().all()
  db.close()
  expect(pages.length).toBeGreaterThan(4)
  const file = openSync(path(), 'r+')
  for (const page of pages) writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, (page - 1) * 4096)
  closeSync(file)
}

function isSetAside(now: number, small?: number): boolean {
  const { db, setAside } = openDatabase(path(), now, small)
  closeDatabase(db)
  return setAside !== null
}

/** Every body, as a judgement would read them. */
function readAll(db: Database): unknown {
  return transaction(db, () => db.prepare('SELECT COUNT(*), SUM(LENGTH(CAST(body AS TEXT))), SUM(LENGTH(HEX(hash))) FROM snapshot').get())
}

describe('a large file', () => {
  it('that was closed properly is not looked through again', () => {
    damage()
    expect(isSetAside(monday + days(1), large)).toBe(false)
  })

  it('is looked through once a week, whatever happened', () => {
    damage()
    expect(isSetAside(monday + days(7), large)).toBe(true)
  })

  it('is looked through when the clock says that it was checked in the future', () => {
    damage()
    expect(isSetAside(monday - 1, large)).toBe(true)
  })

  it('over which somebody died is looked through', () => {
    openDatabase(path(), monday, large).db.close()
    damage()
    expect(isSetAside(monday + 1, large)).toBe(true)
  })

  it('in which damage was met is looked through at the next start', () => {
    damage()
    const { db, setAside } = openDatabase(path(), monday + 1, large)
    expect(setAside).toBeNull()
    expect(() => readAll(db)).toThrow(/malformed/)
    closeDatabase(db)
    expect(isSetAside(monday + 2, large)).toBe(true)
  })
})

describe('a small file', () => {
  it('is looked through each time it opens', () => {
    damage()
    expect(isSetAside(monday + 1)).toBe(true)
  })
})
