// @vitest-environment jsdom
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { home, hrefOf, placeOf } from '../../src-renderer/stores/navigation.ts'

it('finds the thing that an address names, whatever letters its id has', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), fc.string({ minLength: 1, unit: 'grapheme' }), (screen, id) => {
      expect(placeOf(hrefOf(screen, id))).toEqual({ screen, id, asked: {} })
    }),
  )
})

it.each(['', '#', '#/', '#/../etc', '#/<script>', '#/UPPER'])('takes %j as home', (hash) => {
  expect(placeOf(hash)).toEqual(home)
})

it('shows the screen when the rest of an address cannot be read', () => {
  expect(placeOf('#/incidents/%E0%A4%A')).toEqual({ screen: 'incidents', id: null, asked: {} })
})

it('keeps what an address asks of a screen, whatever letters it has', () => {
  const words = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'grapheme' }), { noNullPrototype: true })
  fc.assert(
    fc.property(fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: null }), words, (id, asked) => {
      expect(placeOf(hrefOf('stock', id, asked))).toEqual({ screen: 'stock', id, asked })
    }),
  )
  expect(hrefOf('stock', null, { pair: 'main', sku: null })).toBe('#/stock?pair=main')
})
