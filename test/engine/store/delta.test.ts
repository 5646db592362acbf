/** A value told by a like one: the law that it is read back, whatever the two are, and what a file that is not ours says. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Json, read, tell } from '../../../src-main/engine/store/delta.ts'

const word = fc.oneof(fc.constantFrom('', 'Linen', 'Linen Shirt', 'Größe 4', '🙂🙃', '\ud83d', '28.80', 'SO-1001'), fc.string(), fc.string({ unit: 'binary' }))
const figure = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const leaf = fc.oneof(word, figure, fc.boolean(), fc.constant(null))

/** Few keys, so that shapes meet. */
const json = fc.letrec<{ json: Json; list: Json; object: Json }>((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('json'), { maxLength: 5 }),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('json'), { maxKeys: 3 }),
})).json

/** As a file would have it: without minus zero. */
function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

describe('a value told by a like one', () => {
  it('is read back as it was, however like or unlike the two are', () => {
    fc.assert(
      fc.property(json, json, (like, value) => {
        expect(read(plain(like), tell(plain(like), value))).toEqual(plain(value))
        expect(read(undefined, tell(undefined, value))).toEqual(plain(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('is read back when several of its parts are one and the same', () => {
    fc.assert(
      fc.property(json, json, (like, part) => {
        const value = [part, part, { a: part, b: [part] }]
        expect(read(plain(like), tell(plain(like), value))).toEqual(plain(value))
        expect(read(value, tell(value, [part, part]))).toEqual(plain([part, part]))
      }),
      { numRuns: 300 },
    )
  })

  it('takes no byte where nothing is other', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), leaf, { noNullPrototype: true }), (value) => {
        expect(tell(plain(value), plain(value))).toHaveLength(0)
      }),
    )
  })

  it('takes a few bytes where little is', () => {
    const line = { sku: 'SKU-1001', title: 'Linen Shirt, natural', quantity: '1', price: '8.00' }
    const like = { number: 'SO-1001', placedAt: 1_764_000_000_000, lines: [line] }
    const value = { number: 'SO-1002', placedAt: 1_764_000_060_000, lines: [line, { ...line, sku: 'SKU-1002' }] }
    expect(tell(like, value).length).toBeLessThan(25)
  })

  it('leaves room for the caller’s own bytes', () => {
    const told = tell(['a'], ['b'], 6)
    expect([told.length, read(['a'], told.subarray(6))]).toEqual([6 + tell(['a'], ['b']).length, ['b']])
  })

  it('is refused when it is cut, or longer than what it says', () => {
    const told = tell([1, 'Linen'], [2, 'Cotton'])
    expect(() => read([1, 'Linen'], told.subarray(0, told.length - 1))).toThrow(/ends too early/)
    expect(() => read([1, 'Linen'], Buffer.concat([told, told]))).toThrow(/longer than what it says/)
  })
})
