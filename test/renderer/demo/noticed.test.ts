import { describe, expect, it } from 'vitest'
import type { IncidentRow } from '../../../src-main/contract/views.ts'
import { noticedOf } from '../../../src-renderer/demo/noticed.ts'
import { sampleIncidents } from '../../support/sample/incidents.ts'
import { aPull } from '../../support/sample/levers.ts'

const at = Date.parse('2026-11-25T12:00:00Z')
const pull = aPull({ at, expected: [{ rule: 'F02-paid-order-missing', key: '1012' }, { rule: 'F02-paid-order-missing', key: '1013' }] })
const [sample] = sampleIncidents({ mood: 'busy', now: at, poll: 0 })

function about(key: string, change: Partial<IncidentRow> = {}): IncidentRow {
  if (sample === undefined) throw new Error('a busy day has an incident')
  const open = { rule: 'F02-paid-order-missing', state: 'open', resolvedAt: null, reopenedCount: 0, openedAt: at + 6000 } as const
  return { ...sample, ...open, id: key, subject: { ...sample.subject, key }, ...change }
}

describe('what Plumbline noticed of what was broken', () => {
  it('is the incident of the rule and the subject that the world expects, first opened first', () => {
    const rows = [about('1013', { openedAt: at + 9000 }), about('1012'), about('1014')]
    expect(noticedOf(pull, rows).map(({ id }) => id)).toEqual(['1012', '1013'])
  })

  it.each([
    ['of another rule', about('1012', { rule: 'F02-total-differs' })],
    ['that was open before', about('1012', { openedAt: at - 60_000 })],
    ['that was over before', about('1012', { openedAt: at - 60_000, resolvedAt: at - 30_000, state: 'resolved', reopenedCount: 1 })],
  ])('is no incident %s', (_what, row) => {
    expect(noticedOf(pull, [row])).toEqual([])
  })

  it('is the incident of many, where what befell the one order is told together with others', () => {
    const together = about('market CH', { rule: 'F10-unmapped-market', subject: { kind: 'stream', connection: 'shop', key: 'market CH' } })
    const first = aPull({ at, expected: [{ rule: 'F10-unmapped-market', key: '1012' }] })
    expect(noticedOf(first, [together])).toEqual([together])
    expect(noticedOf(pull, [together])).toEqual([])
  })

  it('is one that came back, and one that is over again', () => {
    expect(noticedOf(pull, [about('1012', { openedAt: at - 60_000, reopenedCount: 1 })])).toHaveLength(1)
    expect(noticedOf(pull, [about('1012', { state: 'resolved', resolvedAt: at + 20_000 })])).toHaveLength(1)
  })
})
