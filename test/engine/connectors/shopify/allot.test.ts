/** Which waiting units a parcel is: as many as it holds, from one place, and never a guess between two. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WaitingWork, allot } from '../../../../src-main/engine/connectors/shopify/allot.ts'

function aWork(id: string, place: string, lines: readonly (readonly [sku: string, remaining: number])[], given: Partial<WaitingWork> = {}): WaitingWork {
  return {
    id,
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    assignedLocation: { name: place, location: { name: place } },
    lineItems: { nodes: lines.map(([sku, remainingQuantity], nth) => ({ id: `${id}.${nth}`, remainingQuantity, lineItem: { sku } })), pageInfo: { hasNextPage: false } },
    ...given,
  }
}

const mug = [{ sku: 'MUG', quantity: 1 }]

describe('a parcel', () => {
  it('is taken from the place that it left, over as many lines and fulfilment orders as hold it', () => {
    const works = [aWork('a', 'Graz', [['MUG', 9]]), aWork('b', 'Vienna', [['MUG', 1], ['TEA', 4], ['MUG', 1]]), aWork('c', 'Vienna', [['MUG', 5]])]
    expect(allot(works, [{ sku: 'MUG', quantity: 4 }], 'Vienna')).toEqual({
      kind: 'allotted',
      place: 'Vienna',
      works: [{ id: 'b', lines: [{ id: 'b.0', quantity: 1 }, { id: 'b.2', quantity: 1 }] }, { id: 'c', lines: [{ id: 'c.0', quantity: 2 }] }],
    })
  })

  it.each<[string, readonly WaitingWork[], string | null, string]>([
    ['two places could have sent it', [aWork('a', 'Graz', [['MUG', 1]]), aWork('b', 'Vienna', [['MUG', 1]])], null, 'wait at Graz and at Vienna'],
    ['it is on hold', [aWork('a', 'Graz', [['MUG', 1]], { status: 'ON_HOLD' })], null, 'on hold'],
    ['it waits for its day', [aWork('a', 'Graz', [['MUG', 1]], { status: 'SCHEDULED' })], 'Graz', 'scheduled for a later day'],
    ['a fulfilment service has it', [aWork('a', 'Graz', [['MUG', 1]], { status: 'IN_PROGRESS', requestStatus: 'ACCEPTED' })], 'Graz', 'a fulfilment service'],
    ['all is sent', [aWork('a', 'Graz', [['MUG', 0]], { status: 'CLOSED' })], 'Graz', 'nothing of this order left'],
  ])('is refused where %s', (_what, works, from, says) => {
    const told = allot(works, mug, from)
    expect(told.kind === 'refused' && told.guide.length > 0 ? told.says : told.kind).toContain(says)
  })

  it('is refused where only several places together hold it', () => {
    const told = allot([aWork('a', 'Graz', [['MUG', 1]]), aWork('b', 'Vienna', [['MUG', 1]])], [{ sku: 'MUG', quantity: 2 }], 'Vienna')
    expect(told).toMatchObject({ kind: 'refused', says: expect.stringContaining('one parcel leaves from one') })
  })

  it('is allotted as it is or not at all, never more of a line than is left, and from one place', () => {
    const sku = fc.constantFrom('MUG', 'TEA', 'CUP')
    const work = fc.record({ place: fc.constantFrom('Graz', 'Vienna'), status: fc.constantFrom('OPEN', 'IN_PROGRESS', 'ON_HOLD', 'CLOSED'), lines: fc.array(fc.tuple(sku, fc.nat(4)), { maxLength: 4 }) })
    const parcel = fc.uniqueArray(fc.record({ sku, quantity: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, selector: (one) => one.sku })
    fc.assert(
      fc.property(fc.array(work, { maxLength: 5 }), parcel, fc.constantFrom('Graz', 'Vienna', 'Linz', null), (rows, units, from) => {
        const works = rows.map((row, nth) => aWork(String(nth), row.place, row.lines, { status: row.status }))
        const told = allot(works, units, from)
        if (told.kind === 'refused') return
        const taken = told.works.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, work: works[Number(id)] })))
        expect(new Set(taken.map((one) => one.work?.assignedLocation.name))).toEqual(new Set([told.place]))
        const lineOf = (one: (typeof taken)[number]) => one.work?.lineItems.nodes.find((node) => node.id === one.id)
        for (const one of taken) expect(one.quantity).toBeLessThanOrEqual(lineOf(one)?.remainingQuantity ?? 0)
        for (const unit of units) {
          const got = taken.filter((one) => lineOf(one)?.lineItem.sku === unit.sku).reduce((sum, one) => sum + one.quantity, 0)
          expect(got).toBe(unit.quantity)
        }
      }),
    )
  })
})
