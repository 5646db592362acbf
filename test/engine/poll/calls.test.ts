/** How calls end is counted by the minute, a fault is written down at once, and no more is written than is worth it. */
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { newCallBook } from '../../../src-main/engine/poll/calls.ts'
import { fakeClock, monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

const fine = { fault: null, timedOut: false, again: false } as const

function aBook() {
  const store = aStore()
  const clock = fakeClock()
  let writes = 0
  const counting = { ...store, transaction: ((work) => ((writes += 1), store.transaction(work))) as typeof store.transaction }
  return { store, clock, book: newCallBook(counting, clock), writes: () => writes, counts: (from = 0) => Object.fromEntries(store.calls.since('erp', from)) }
}

describe('the book of calls', () => {
  it('writes a fault down with the pass that met it, and what goes well once a minute', async () => {
    const { clock, book, writes, counts } = aBook()
    for (let pass = 0; pass < 12; pass += 1) {
      book.note('erp', fine)
      book.keep('erp')
      await clock.advance(seconds(10))
    }
    expect(writes()).toBe(1)
    book.note('erp', { fault: 'temporary', timedOut: false, again: false })
    book.note('erp', { ...fine, again: true })
    book.keep('erp')
    expect(writes()).toBe(2)
    expect(counts()).toEqual({ ok: 13, temporary: 1, again: 1 })
  })

  it('keeps each minute apart, and forgets what is two days old', async () => {
    const { store, clock, book, counts } = aBook()
    book.note('erp', { fault: 'unreachable', timedOut: true, again: false })
    book.keep('erp')
    await clock.advance(minutes(20))
    book.note('erp', { fault: 'temporary', timedOut: false, again: false })
    book.keep('erp')
    expect(counts(clock.now() - minutes(15))).toEqual({ temporary: 1 })
    expect(counts()).toEqual({ unreachable: 1, 'time-out': 1, temporary: 1 })
    expect(Object.fromEntries(store.calls.whileAnswering('erp', 0))).toEqual({})
    await clock.advance(minutes(3 * 24 * 60))
    book.note('erp', { fault: 'temporary', timedOut: false, again: false })
    book.keep('erp')
    expect(counts(monday)).toEqual({ temporary: 1 })
  })

  it('has nothing to write for a connection that was removed meanwhile', () => {
    const { store, book, writes } = aBook()
    book.note('erp', { fault: 'temporary', timedOut: false, again: false })
    store.transaction((tx) => store.connections.remove(tx, 'erp'))
    book.keep('erp')
    expect(writes()).toBe(0)
  })
})
