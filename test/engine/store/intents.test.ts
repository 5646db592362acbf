/** Replays on their way: the table of moves is the law, and the file itself allows one live replay per target. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IntentState, intentMoves, intentStates, liveStates, mayMove } from '../../../src-main/domain/intent.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { anIntent } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

function add(store: Store, ...intents: readonly ReturnType<typeof anIntent>[]): void {
  store.transaction((tx) => intents.forEach((intent) => store.intents.add(tx, intent)))
}

function move(store: Store, id: string, from: IntentState, to: IntentState): boolean {
  return store.transaction((tx) => store.intents.move(tx, id, { from, to, says: `${from} to ${to}`, at: monday + 1 }))
}

const all = fc.constantFrom(...intentStates)

describe('an intent', () => {
  it('is given back as it was written', () => {
    const store = aStore()
    const intent = anIntent({ payload: '{"a":1}', reason: null, amount: null })
    add(store, intent)
    expect(store.intents.get(intent.id)).toEqual(intent)
  })

  it('makes every legal move, and no other', () => {
    fc.assert(
      fc.property(all, all, (from, to) => {
        const store = aStore()
        add(store, anIntent({ state: from }))
        if (mayMove(from, to)) {
          expect(move(store, 'intent-1', from, to)).toBe(true)
          expect(store.intents.get('intent-1')).toMatchObject({ state: to, says: `${from} to ${to}`, movedAt: monday + 1 })
        } else {
          expect(() => move(store, 'intent-1', from, to)).toThrow(`no move from ${from} to ${to}`)
          expect(store.intents.get('intent-1')?.state).toBe(from)
        }
        store.close()
      }),
    )
  })

  it('that somebody else moved first is not moved', () => {
    const store = aStore()
    add(store, anIntent({ state: 'sending' }))
    expect([move(store, 'intent-1', 'confirmed', 'sending'), store.intents.get('intent-1')?.state]).toEqual([false, 'sending'])
  })

  it('never comes back to life from an end, and never reaches sending but from confirmed', () => {
    const ends = intentStates.filter((state) => intentMoves[state].length === 0)
    expect(ends).toEqual(['verified', 'refused', 'stale', 'expired'])
    expect(intentStates.filter((state) => mayMove(state, 'sending'))).toEqual(['confirmed'])
    expect(intentMoves.absent.concat(intentMoves.previewed).filter((one) => one.to === 'confirmed').map((one) => one.by)).toEqual(['person', 'person'])
  })

  it('keeps its reason and what it made when a later move says nothing of them', () => {
    const store = aStore()
    add(store, anIntent({ state: 'previewed' }))
    store.transaction((tx) => {
      store.intents.move(tx, 'intent-1', { from: 'previewed', to: 'confirmed', says: 'x', at: 1, reason: 'the ERP lost it' })
      store.intents.move(tx, 'intent-1', { from: 'confirmed', to: 'sending', says: 'x', at: 2 })
      store.intents.move(tx, 'intent-1', { from: 'sending', to: 'unclear', says: 'x', at: 3, targetId: '77' })
      store.intents.move(tx, 'intent-1', { from: 'unclear', to: 'verified', says: 'x', at: 4 })
    })
    expect(store.intents.get('intent-1')).toMatchObject({ state: 'verified', reason: 'the ERP lost it', targetId: '77' })
  })
})

describe('a target', () => {
  const place = { connection: 'erp', action: 'order.create', target: '1001', key: 'plumbline:shop:1001' } as const

  it.each(liveStates)('is held by a replay that is %s: another cannot be confirmed beside it', (state) => {
    const store = aStore()
    add(store, anIntent({ id: 'first', state }), anIntent({ id: 'second', state: 'previewed' }))
    expect([move(store, 'second', 'previewed', 'confirmed'), store.intents.get('second')?.state]).toEqual([false, 'previewed'])
    expect(store.intents.holding(place).map((one) => one.id)).toEqual(['first'])
  })

  it('is held against a row that is written past every check', () => {
    const store = aStore()
    add(store, anIntent({ id: 'first', state: 'sending' }))
    expect(() => add(store, anIntent({ id: 'second', state: 'confirmed' }))).toThrow(/UNIQUE/)
    expect(() => add(store, anIntent({ id: 'third', state: 'confirmed', target: 'another name', incident: 'i2' }))).toThrow(/UNIQUE/)
  })

  it('is free again when the replay came to an end', () => {
    const store = aStore()
    add(store, anIntent({ id: 'first', state: 'sending' }), anIntent({ id: 'second', state: 'previewed' }))
    move(store, 'first', 'sending', 'refused')
    expect([move(store, 'second', 'previewed', 'confirmed'), store.intents.holding(place).map((one) => one.id)]).toEqual([true, ['second']])
  })

  it('of one connection is none of another', () => {
    const store = aStore()
    add(store, anIntent({ id: 'first', state: 'sending' }), anIntent({ id: 'second', state: 'sending', connection: 'erp-2' }))
    expect(store.intents.inState('sending')).toHaveLength(2)
  })

  it('is never held twice, whatever is tried in whatever order', () => {
    const tries = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), all, all), { maxLength: 60 })
    fc.assert(
      fc.property(tries, (moves) => {
        const store = aStore()
        add(store, ...[0, 1, 2, 3].map((id) => anIntent({ id: String(id) })))
        for (const [id, from, to] of moves) if (mayMove(from, to)) move(store, String(id), from, to)
        const live = liveStates.flatMap((state) => store.intents.inState(state))
        store.close()
        expect(live.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
  })
})
