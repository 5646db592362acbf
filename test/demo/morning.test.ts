import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { zoneOfMorning } from '../../src-main/demo/morning.ts'

it('finds a zone in which it is eleven, whenever somebody visits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
      const local = new Intl.DateTimeFormat('en', { timeZone: zoneOfMorning(at), hour: '2-digit', hourCycle: 'h23' }).format(at)
      expect(local).toBe('11')
    }),
  )
})
