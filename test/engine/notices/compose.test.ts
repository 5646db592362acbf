/** What a person is told: one notice per cause, however many orders it has. */
import { describe, expect, it } from 'vitest'
import { type Told, composeNotices, joined } from '../../../src-main/engine/notices/compose.ts'

function aChange(given: Partial<Told> = {}): Told {
  return {
    incident: `incident-${given.subject?.key ?? '1001'}`,
    rule: 'F02-paid-order-missing',
    title: 'Paid order never reached the ERP',
    severity: 'critical',
    what: 'opened',
    flaps: false,
    subject: { kind: 'order', connection: 'shop', key: '1001' },
    amount: { minor: 2400, currency: 'EUR' },
    cause: null,
    says: 'Order 1001 is paid in Shop and absent from ERP.',
    ...given,
  }
}

const order = (key: string) => ({ kind: 'order', connection: 'shop', key }) as const

describe('notices', () => {
  it('say the incident’s own sentence when there is one', () => {
    expect(composeNotices([aChange()], 'high')).toEqual([
      {
        kind: 'opened',
        severity: 'critical',
        title: 'Paid order never reached the ERP',
        body: 'Order 1001 is paid in Shop and absent from ERP.',
        incidents: ['incident-1001'],
        group: { rule: 'F02-paid-order-missing', count: 1, sums: [{ minor: 2400, currency: 'EUR' }], keys: ['1001'], causes: [] },
      },
    ])
  })

  it('are one for ten thousand orders of one cause, with a sum per currency', () => {
    const changes = Array.from({ length: 10_000 }, (_, nth) =>
      aChange({ subject: order(String(nth)), amount: { minor: 100, currency: nth % 2 === 0 ? 'EUR' : 'JPY' } }),
    )
    const [notice, ...more] = composeNotices(changes, 'high')
    expect([notice?.title, notice?.body, notice?.incidents.length, more.length]).toEqual([
      '10000 × Paid order never reached the ERP',
      '5000.00 EUR + 500000 JPY: 0, 1, 2 and 9997 more.',
      1000,
      0,
    ])
  })

  it('say of what causes many are, the most frequent first, and join causes as they join counts', () => {
    const of = (cause: Told['cause'], from: number, count: number) =>
      Array.from({ length: count }, (_, nth) => aChange({ rule: 'F05-tax-differs', title: 'Tax differs', subject: order(String(from + nth)), cause }))
    const bodyOf = (changes: readonly Told[]) => composeNotices(changes, 'high')[0]?.body
    expect(bodyOf([...of('rounding', 1, 2), ...of('wrong-rate', 5, 3)])).toMatch(/ Another rate 3, rounding 2\.$/)
    expect(bodyOf(of('exempt', 1, 2))).toMatch(/ Exemption, all of them\.$/)
    expect(bodyOf([...of('exempt', 1, 2), ...of(null, 5, 1)])).toMatch(/ Exemption 2\.$/)
    const [first, then] = [of('rounding', 1, 2), of('wrong-rate', 5, 3)].map((told) => composeNotices(told, 'high')[0])
    if (first === undefined || then === undefined) throw new Error('nothing is told')
    expect(joined(first, then, 'Tax differs')).toMatchObject({ title: '5 × Tax differs', body: bodyOf([...of('rounding', 1, 2), ...of('wrong-rate', 5, 3)]) })
  })

  it('come worst first, and what is milder than wanted is not told', () => {
    const changes = [
      aChange({ rule: 'F01-stock-behind', title: 'Stock', severity: 'medium' }),
      aChange({ rule: 'F02-total-differs', title: 'Totals', severity: 'high' }),
      aChange(),
    ]
    expect(composeNotices(changes, 'high').map((notice) => notice.severity)).toEqual(['critical', 'high'])
  })

  it('tell the end of an outage, and of nothing else', () => {
    const blind = { rule: 'F12-connection-blind', severity: 'high', says: 'ERP cannot be reached since 14:02.', what: 'resolved' } as const
    expect(composeNotices([aChange(blind), aChange({ what: 'resolved' })], 'high')).toMatchObject([
      { kind: 'recovered', body: 'ERP is back; what waited is being judged.' },
    ])
  })
})
