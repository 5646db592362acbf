/** Which parcels are told and which are not. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { untoldIn } from '../../src-main/domain/parcels.ts'

describe('a parcel that is not told', () => {
  it('is never one that is told: what is told and what is not are together what left', () => {
    const parcel = fc.record({
      lines: fc.array(fc.record({ sku: fc.constantFrom('MUG', 'TEA'), quantity: fc.constantFrom('1', '2') }), { minLength: 1, maxLength: 2 }),
      tracking: fc.constantFrom([], ['1'], ['2'], ['3']),
    })
    fc.assert(
      fc.property(fc.array(parcel, { maxLength: 5 }), fc.nat(5), (sent, told) => {
        const untold = untoldIn(sent, sent.slice(0, told))
        expect(untold === null ? null : untold.length + Math.min(told, sent.length)).toBe(sent.length)
        expect(untoldIn(sent, [{ lines: [{ sku: 'CUP', quantity: '9' }], tracking: [] }])).toBeNull()
      }),
    )
  })
})
