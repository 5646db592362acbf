/** A disk that dies: promised commits stay, a half-written one is gone, and what was promised and lost is noticed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { appendAudit } from '../../src-main/engine/audit/chain.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { monday } from '../support/clock.ts'
import { dice } from './chance.ts'
import { afterPowerCut, copyOf, cutWhileFolding, fold, lay, promisedBytes, synchronousOf } from './disk.ts'
import { brokenPromises, promisesIn } from './promises.ts'
import { tinyStage } from './tiny/stage.ts'

const folders: string[] = []
const stores: Store[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-disk-'))
  folders.push(folder)
  const path = join(folder, 'live.sqlite')
  const store = openStore(path, monday)
  stores.push(store)
  const write = (): void => store.transaction((tx) => appendAudit(tx, store, { at: monday, who: 'a person', what: 'noted', subject: 'x'.repeat(3000), before: null, after: null, why: null, trace: null }))
  const entriesAfter = (disk: ReturnType<typeof copyOf>): number => {
    const torn = join(folder, 'torn.sqlite')
    lay(disk, torn)
    const opened = openStore(torn, monday)
    try {
      return opened.setAside === null ? (opened.audit.last()?.seq ?? 0) : -1
    } finally {
      opened.close()
    }
  }
  return { folder, path, write, entriesAfter }
}

describe('the store', () => {
  it('asks the disk to keep every commit before it is acknowledged', () => {
    const { path } = aDatabase()
    expect(synchronousOf(path)).toBe(2)
  })

  it('has every commit after a power cut that was acknowledged before, wherever the next one was cut', () => {
    const { path, write, entriesAfter } = aDatabase()
    write()
    const before = copyOf(path)
    write()
    const after = copyOf(path)
    expect(promisedBytes(before.log)).toBeLessThan(promisedBytes(after.log))
    const seen = [0, 0.1, 0.5, 0.9, 0.999].map((fraction) => entriesAfter(afterPowerCut(before, after, fraction).disk))
    expect([seen, entriesAfter(after)]).toEqual([[1, 1, 1, 1, 1], 2])
  })

  it('has every commit after a power cut in the middle of bringing the log into the file, whichever pages came over', () => {
    const { path, write, entriesAfter } = aDatabase()
    for (let nth = 0; nth < 20; nth += 1) write()
    const before = copyOf(path)
    fold(path)
    const after = copyOf(path)
    expect(after.database.equals(before.database)).toBe(false)
    expect([1, 2, 3].map((seed) => entriesAfter(cutWhileFolding(before, after, dice(seed, 'pages'))))).toEqual([20, 20, 20])
    // the pages alone are not enough: it is the log that keeps the promise
    expect(entriesAfter({ ...cutWhileFolding(before, after, dice(1, 'pages')), log: Buffer.alloc(0) })).not.toBe(20)
  })

  it('has every commit after a power cut in a log that begins anew, wherever it was cut', () => {
    const { path, write, entriesAfter } = aDatabase()
    write()
    fold(path)
    const before = copyOf(path)
    write()
    const after = copyOf(path)
    const seen = [0, 0.01, 0.3, 0.7, 0.999].map((fraction) => entriesAfter(afterPowerCut(before, after, fraction).disk))
    expect([seen, entriesAfter(after)]).toEqual([[1, 1, 1, 1, 1], 2])
  })
})

describe('a promise', () => {
  it('that the disk did not keep is noticed', () => {
    const { folder, path, write } = aDatabase()
    const stage = tinyStage()({ seed: 1, startsAt: monday, now: () => monday })
    write()
    const before = copyOf(path)
    write()
    const probe = join(folder, 'probe.sqlite')
    lay(copyOf(path), probe)
    const promises = promisesIn(probe, stage)
    const lost = join(folder, 'lost.sqlite')
    lay(before, lost)
    expect(brokenPromises(promises, lost, stage)).toEqual([expect.stringMatching(/^the audit trail does not hold/)])
  })

  it('of the same seed is broken the same way: dice fall alike', () => {
    const row = (name: string) => Array.from({ length: 5 }, dice(3, name))
    expect(row('a')).toEqual(row('a'))
    expect(row('a')).not.toEqual(row('b'))
  })
})
