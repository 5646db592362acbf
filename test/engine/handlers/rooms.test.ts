/** From which age on a figure breaks its promise, and a stream that fails is late, by how often each is read. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { failsAfter, staleAfter } from '../../../src-main/engine/handlers/rooms.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { aStore } from '../../support/store.ts'

function polling(pollSeconds: number): Store {
  const store = aStore()
  store.transaction((tx) => store.settings.save(tx, 'engine', z.unknown(), { pollSeconds }))
  return store
}

describe('how old what is read may be', () => {
  it.each([
    ['near-real-time', minutes(15) + seconds(30)],
    ['often', minutes(150) + seconds(30)],
  ] as const)('is three missed readings of what is read %s', (pace, after) => {
    expect(staleAfter(polling(300), pace)).toBe(after)
  })

  it.each([
    ['near-real-time', 300, minutes(15) + seconds(30)],
    ['often', 300, minutes(60) + seconds(30)],
    ['batch', 300, minutes(310) + seconds(30)],
    ['near-real-time', 10, minutes(1)],
  ] as const)('is, of a stream that fails and is read %s each %i seconds, its turn and two tries after that', (pace, pollSeconds, after) => {
    expect(failsAfter(polling(pollSeconds), pace)).toBe(after)
  })
})
