/** F12: business days that nobody signed in time, and signed days that late facts have made other ones. */
import { describe, expect, it } from 'vitest'
import { officeHours } from '../../../../src-main/domain/calendar.ts'
import { pairSettingsSchema } from '../../../../src-main/domain/pair.ts'
import { days, hours, minutes } from '../../../../src-main/domain/time.ts'
import { closeDay, figuresOf } from '../../../../src-main/engine/reconcile/close/close.ts'
import { sightOf } from '../../../../src-main/engine/reconcile/sight.ts'
import { aCreditNote, aPair, anErpOrder, anOrder } from '../../../support/builders.ts'
import { at } from '../../../support/clock.ts'
import { type Seam, aReadSeam } from '../../../support/seam.ts'

const missed = 'F12-day-not-signed 2026-11-23 EUR'
const reopened = 'F12-day-reopened 2026-11-23 EUR'

interface Given {
  readonly signOffFrom?: string | null
  readonly zone?: string
  readonly rules?: Record<string, unknown>
}

/** One order, taken and booked on Monday. It is Monday ten o'clock, and both sides were read just now. */
function aMonday({ signOffFrom = '2026-11-20', zone = 'UTC', rules = {} }: Given = {}): Seam {
  const pair = aPair({ settings: pairSettingsSchema.parse({ zone, signOffFrom, rules }) })
  return aReadSeam({ pair }).shop(anOrder()).erp(anErpOrder())
}

/** What a minute's round would find at a moment. */
async function seenAt(seam: Seam, moment: number): Promise<readonly string[]> {
  seam.clock.jump(moment - seam.clock.now())
  return (await seam.run()).open()
}

/** As the close's own handler keeps it: the figures that the signer saw. */
function sign(seam: Seam, by = 'Ada'): Seam {
  const { store, clock } = seam
  const [pair] = store.pairs.list()
  if (pair === undefined) throw new Error('no pair')
  for (const closed of closeDay(store, sightOf(store, pair), '2026-11-23', pair.settings.zone ?? 'UTC')) {
    store.transaction((tx) =>
      store.signOffs.save(tx, { pair: pair.id, day: closed.day, currency: closed.currency, signedAt: clock.now(), signedBy: by, note: null, figures: figuresOf(closed) }),
    )
  }
  return seam
}

describe('F12-day-not-signed', () => {
  it('speaks once the working day after the day is over, and grows grave when nobody signs for days', async () => {
    const seam = aMonday()
    expect(await seenAt(seam, at('2026-11-24T16:59:00Z'))).toEqual([])
    expect(await seenAt(seam, at('2026-11-24T17:01:00Z'))).toEqual([missed])
    const [incident] = seam.store.incidents.live(10)
    expect([incident?.severity, incident?.dueAt, incident?.pair, incident?.evidence.map((one) => [one.label, one.shop, one.erp])]).toEqual([
      'medium',
      at('2026-11-24T17:00:00Z'),
      'pair',
      [['Taken and booked', '24.00 EUR', '24.00 EUR'], ['Unexplained', '0.00 EUR', null], ['Not judged', '0.00 EUR', null], ['Signed by', 'nobody', null]],
    ])
    await seenAt(seam, at('2026-11-26T17:01:00Z'))
    expect(seam.store.incidents.live(10)[0]?.severity).toBe('high')
  })

  it('counts the hours of whoever answers for it: nobody signs a Friday on a Saturday', async () => {
    const seam = aMonday({ signOffFrom: '2026-11-20' })
    seam.shop(anOrder({ id: 'f', number: '990', payment: { ...anOrder().payment, captures: [{ at: at('2026-11-20T12:00:00Z'), amount: 2400 }] } }))
    expect((await seenAt(seam, at('2026-11-23T16:00:00Z'))).filter((one) => one.startsWith('F12-day'))).toEqual([])
    expect((await seenAt(seam, at('2026-11-23T17:01:00Z'))).filter((one) => one.startsWith('F12-day'))).toEqual(['F12-day-not-signed 2026-11-20 EUR'])
  })

  it('takes the calendar of the owner whom its rule names', async () => {
    const seam = aMonday({ rules: { 'F12-day-not-signed': { owner: 'kenji' } } })
    seam.store.transaction((tx) => seam.store.people.savePerson(tx, { id: 'kenji', name: 'Kenji', email: null, calendar: officeHours('Asia/Tokyo') }, seam.clock.now()))
    expect(await seenAt(seam, at('2026-11-24T08:01:00Z'))).toEqual([missed])
  })

  it('closes by the signature, and names it', async () => {
    const seam = aMonday()
    await seenAt(seam, at('2026-11-25T10:00:00Z'))
    expect((await sign(seam).run()).open()).toEqual([])
    expect(seam.store.incidents.find('pair', 'F12-day-not-signed', { kind: 'day', connection: 'shop', key: '2026-11-23 EUR' })?.resolvedBy).toBe(
      'Signed off by Ada at 2026-11-25T10:00:00.000Z; it says what was signed.',
    )
  })

  it('is one incident for each day and currency', async () => {
    const seam = aMonday().shop(anOrder({ id: 'chf', number: '1002', currency: 'CHF' })).erp(anErpOrder({ id: 'so-2', references: ['1002'], currency: 'CHF' }))
    expect(await seenAt(seam, at('2026-11-24T17:01:00Z'))).toEqual(['F12-day-not-signed 2026-11-23 CHF', missed])
  })

  it('closes when days are not signed any more', async () => {
    const seam = aMonday()
    await seenAt(seam, at('2026-11-25T10:00:00Z'))
    const [pair] = seam.store.pairs.list()
    if (pair !== undefined) seam.store.transaction((tx) => seam.store.pairs.save(tx, { ...pair, settings: { ...pair.settings, signOffFrom: null } }))
    expect(await seenAt(seam, at('2026-11-25T10:02:00Z'))).toEqual([])
  })

  it.each([
    ['nobody signs days here', { signOffFrom: null }],
    ['signing begins later', { signOffFrom: '2026-11-24' }],
    ['it is switched off', { rules: { 'F12-day-not-signed': { on: false } } }],
  ])('stays silent when %s', async (_why, given) => {
    expect(await seenAt(aMonday(given), at('2026-11-25T10:00:00Z'))).toEqual([])
  })

  it('takes the day from midnight to midnight where the merchant is', async () => {
    const seam = aMonday({ zone: 'Pacific/Auckland' })
    // still the 24th there: the 23rd ended at eleven o'clock in the morning of the 23rd, UTC
    expect(await seenAt(seam, at('2026-11-24T10:59:00Z'))).toEqual(['F12-day-not-signed 2026-11-23 EUR'])
  })
})

describe('F12-day-reopened', () => {
  /** Monday, signed on Tuesday morning, and looked at since. */
  async function signed(): Promise<Seam> {
    const seam = aMonday()
    await seenAt(seam, at('2026-11-24T10:00:00Z'))
    return sign(seam).run()
  }

  it('speaks within the hour when late facts move a figure that was signed, and says which', async () => {
    const seam = await signed()
    seam.clock.jump(minutes(30))
    seam.erp(aCreditNote({ number: 'CN-7', issuedOn: '2026-11-23' }))
    expect(await seenAt(seam, at('2026-11-24T10:59:00Z'))).not.toContain(reopened)
    expect(await seenAt(seam, at('2026-11-24T11:01:00Z'))).toContain(reopened)
    const incident = seam.store.incidents.liveOfRule('F12-day-reopened')[0]
    expect(incident).toMatchObject({ severity: 'high', says: '2026-11-23 in EUR was signed off by Ada and is open again: it says other figures now.' })
    expect(incident?.evidence.filter((one) => one.differs).map((one) => [one.label, one.shop, one.erp])).toContainEqual([
      'Came or changed since',
      null,
      'credit note CN-7, 2026-11-24T10:30:00.000Z',
    ])
    expect(seam.store.signOffs.get('pair', '2026-11-23', 'EUR')?.reopenedAt).toBe(at('2026-11-24T11:01:00Z'))
  })

  it('closes when it is signed once more', async () => {
    const seam = await signed()
    seam.erp(aCreditNote({ issuedOn: '2026-11-23' }))
    await seenAt(seam, at('2026-11-24T11:01:00Z'))
    expect((await sign(seam, 'Grace').run()).open()).not.toContain(reopened)
    expect(seam.store.incidents.find('pair', 'F12-day-reopened', { kind: 'day', connection: 'shop', key: '2026-11-23 EUR' })?.resolvedBy).toContain('Signed off by Grace')
  })

  it('closes by itself when the day says again what was signed', async () => {
    const seam = await signed()
    seam.erp(anErpOrder({ totals: { net: '10.00', tax: '2.00', total: '12.00' } }))
    expect(await seenAt(seam, at('2026-11-24T11:01:00Z'))).toContain(reopened)
    seam.erp(anErpOrder())
    expect(await seenAt(seam, at('2026-11-24T12:02:00Z'))).toEqual([])
    expect(seam.store.signOffs.get('pair', '2026-11-23', 'EUR')?.reopenedAt).toBeNull()
  })

  it('shows a currency that was signed when all that happened in it is gone', async () => {
    const seam = await signed()
    seam.store.transaction((tx) => {
      for (const [connection, stream] of [['shop', 'orders'], ['erp', 'orders']] as const) seam.store.snapshots.markGone(tx, connection, stream, seam.clock.now() + 1, seam.clock.now() + 1)
    })
    expect(await seenAt(seam, at('2026-11-24T11:01:00Z'))).toEqual([reopened])
    expect((await sign(seam).run()).open()).toEqual([])
  })

  it('stays silent when late facts leave the figures as they were, and on a day that was never touched', async () => {
    const seam = await signed()
    seam.erp(anErpOrder({ platformState: 'done' }))
    expect(await seenAt(seam, at('2026-11-24T11:01:00Z'))).toEqual([])
    expect(await seenAt(seam, at('2026-11-24T17:01:00Z') + days(3))).toEqual([])
  })

  it('works a day out anew only when a record of it changed, or a day has passed', async () => {
    const seam = await signed()
    const closedAt = () => seam.store.businessDays.get('pair', '2026-11-23')?.closedAt
    const first = closedAt()
    await seenAt(seam, seam.clock.now() + hours(2))
    expect([closedAt(), seam.store.businessDays.get('pair', '2026-11-23')?.lookedAt]).toEqual([first, seam.clock.now()])
    await seenAt(seam, seam.clock.now() + hours(23))
    expect(closedAt()).toBe(seam.clock.now())
  })
})
