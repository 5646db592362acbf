/** By when something could be known of which a question came to grief on the wire. */
import { describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../src-main/domain/time.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { monday } from '../support/clock.ts'
import { afterBlindness, tolerance } from './blindness.ts'

const fault: Planted = { scenario: 'order lost', pattern: 'F02', rule: 'F02-paid-order-missing', subject: { kind: 'order', key: '1001' }, amount: null, cause: null, critical: true, plantedAt: monday, findableAt: monday, healedAt: null }
const latest = monday + minutes(20)

function knownBy(slips: readonly { readonly from: number; readonly to: number | null }[], planted = fault): number {
  return afterBlindness(planted, latest, [], { endedAt: monday + minutes(120), troubles: [], slips, paceOf: () => minutes(5), streamsOf: () => ['orders'] })
}

describe('what came to grief on the wire', () => {
  it('is known when it was asked again and answered, where it was under way as time was up', () => {
    expect(knownBy([{ from: latest - seconds(10), to: latest + seconds(20) }])).toBe(latest + seconds(20) + tolerance)
  })

  it('excuses nothing where it was answered before, where it was asked only later, and where nobody ever asked again', () => {
    expect(knownBy([{ from: latest - minutes(2), to: latest - minutes(1) }])).toBe(latest)
    expect(knownBy([{ from: latest + 1, to: latest + seconds(20) }])).toBe(latest)
    expect(knownBy([{ from: latest - seconds(10), to: null }])).toBe(latest)
  })

  it('excuses no more than the longest back-off, however late somebody asks again', () => {
    expect(knownBy([{ from: latest, to: latest + minutes(50) }])).toBe(latest + minutes(5) + tolerance)
  })

  it('is added up where one question after the other comes to grief', () => {
    const [first, second] = [latest + seconds(20), latest + seconds(50)]
    expect(knownBy([{ from: first, to: second }, { from: latest - seconds(10), to: first }])).toBe(second + tolerance)
  })

  it('excuses nothing of what is said of a connection: who asks in vain knows at once', () => {
    expect(knownBy([{ from: latest - seconds(10), to: latest + seconds(20) }], { ...fault, subject: { kind: 'connection', key: 'erp' } })).toBe(latest)
  })
})
