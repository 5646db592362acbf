/** Rows found by id, by key, and in the order of their last change, however late and however often they change. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Table } from '../../src-main/world/table.ts'

interface Thing {
  readonly id: number
  changedAt: number
  colour: string
}

describe('a table', () => {
  it('tells what changed since an instant as looking at every row would', () => {
    const change = fc.record({ id: fc.integer({ min: 1, max: 12 }), at: fc.integer({ min: 0, max: 30 }), remove: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0) })
    fc.assert(fc.property(fc.array(change, { maxLength: 300 }), fc.integer({ min: 0, max: 31 }), (changes, from) => {
      const table = new Table<Thing>()
      const known = new Map<number, Thing>()
      for (const { id, at, remove } of changes) {
        if (remove) {
          table.remove(id)
          known.delete(id)
          continue
        }
        const row = known.get(id) ?? { id, changedAt: at, colour: 'red' }
        row.changedAt = at
        known.set(id, row)
        table.put(row)
      }
      const expected = [...known.values()]
        .filter((row) => row.changedAt >= from)
        .toSorted((left, right) => left.changedAt - right.changedAt || left.id - right.id)
      expect(table.changedSince(from)).toEqual(expected)
      expect([...table.eachAfter(6)]).toEqual([...known.values()].filter((row) => row.id > 6).toSorted((left, right) => left.id - right.id))
    }))
  })

  it('finds rows by what their content says now', () => {
    const table = new Table<Thing>()
    const byColour = table.index((thing) => [thing.colour])
    const thing = { id: 1, changedAt: 1, colour: 'red' }
    table.put(thing)
    expect(byColour('red')).toEqual([thing])
    thing.colour = 'blue'
    table.put(thing)
    expect(byColour('red')).toEqual([])
    expect(byColour('blue')).toEqual([thing])
    table.remove(1)
    expect(byColour('blue')).toEqual([])
  })
})
