/** F12: what nobody sees to, what lasts too long, what comes back, and what this monitor itself slept through. */
import { describe, expect, it } from 'vitest'
import { officeHours } from '../../../../src-main/domain/calendar.ts'
import { type RuleSetting, pairSettingsSchema } from '../../../../src-main/domain/pair.ts'
import { days, hours, minutes } from '../../../../src-main/domain/time.ts'
import { newDuty } from '../../../../src-main/engine/reconcile/duty.ts'
import { anErpOrder, anOrder, aPair, aStockLevel } from '../../../support/builders.ts'
import { type Seam, aReadSeam, aSeam } from '../../../support/seam.ts'

const missing = 'F02-paid-order-missing'

interface Left {
  readonly rules?: Partial<RuleSetting>
  /** Nobody is named at all; or everything has its owner and deadline, as in a running engine. */
  readonly people?: 'none' | 'all'
  /** The rule is the night shift's, a role that has these people. */
  readonly nightShift?: readonly string[]
}

/** A paid order is missing, and so much time passes. */
async function left(span: number, { rules = {}, people = 'all', nightShift }: Left = {}): Promise<Seam> {
  const owner = nightShift === undefined ? {} : { owner: 'night' }
  const pair = aPair({ settings: pairSettingsSchema.parse({ rules: { [missing]: { ...owner, ...rules } } }) })
  const seam = await aReadSeam({ pair }).shop(anOrder()).run()
  const { store, clock } = seam
  if (nightShift !== undefined) fill(seam, nightShift)
  if (people === 'all') newDuty({ store, clock, zone: 'UTC' }).begin()
  await clock.advance(span)
  return seam.full()
}

function fill({ store, clock }: Seam, members: readonly string[]): void {
  const calendar = officeHours('UTC')
  store.transaction((tx) => {
    for (const id of ['you', ...members]) store.people.savePerson(tx, { id, name: id, email: null, calendar }, clock.now())
    store.people.saveRole(tx, { id: 'night', name: 'Night shift', calendar, members: [...members] }, clock.now())
  })
}

function spoken(seam: Seam): readonly string[] {
  return seam.store.incidents.live(100).flatMap((one) => (one.subject.kind === 'incident' ? [`${one.rule} ${one.severity}`] : []))
}

async function decide(seam: Seam, state: 'acknowledged' | 'ignored'): Promise<Seam> {
  const [incident] = seam.store.incidents.liveOfRule(missing)
  seam.store.transaction((tx) => {
    if (incident !== undefined) seam.store.incidents.move(tx, incident.id, { state, until: null, who: 'you', says: '', at: seam.clock.now() })
  })
  return seam.full()
}

describe('F12-unowned', () => {
  it('speaks when something critical is a role’s that nobody has for an hour, and closes when somebody takes it up', async () => {
    const seam = await left(minutes(61), { nightShift: [] })
    const [incident] = seam.store.incidents.liveOfRule('F12-unowned')
    expect(incident?.subject).toEqual({ kind: 'incident', connection: 'shop', key: seam.store.incidents.liveOfRule(missing)[0]?.id })
    expect(incident?.says).toContain('about 1001 for 61 minutes, as nobody has the role Night shift: Order 1001 is paid')
    expect(incident?.evidence).toContainEqual({ label: 'Who answers for it', shop: 'Night shift, a role that nobody has', erp: null, differs: false })
    await decide(seam, 'acknowledged')
    expect(spoken(seam)).toEqual([])
  })

  it('speaks once the last person of a role is taken off the lists, and closes when another has it', async () => {
    const seam = await left(minutes(61), { nightShift: ['tom'] })
    expect(spoken(seam)).toEqual([])
    seam.store.transaction((tx) => seam.store.people.remove(tx, 'tom'))
    await seam.clock.advance(minutes(1))
    expect(spoken(await seam.full())).toEqual(['F12-unowned medium'])
    fill(seam, ['ines'])
    await seam.clock.advance(minutes(1))
    expect(spoken(await seam.full())).toEqual([])
  })

  it.each([
    ['an hour is not over', () => left(minutes(59), { nightShift: [] })],
    ['nobody is named at all', () => left(minutes(61), { people: 'none' })],
    ['a person answers for it', () => left(minutes(61))],
    ['a person has put it aside', async () => decide(await left(minutes(61), { nightShift: [] }), 'ignored')],
  ])('stays silent when %s', async (_why, given) => {
    expect(spoken(await given())).toEqual([])
  })

  it('closes with what it speaks of, in the same breath', async () => {
    const seam = await left(minutes(61), { nightShift: [] })
    await seam.erp(anErpOrder()).run()
    expect(seam.open()).toEqual([])
  })
})

describe('F12-aged', () => {
  it('speaks when something critical is open for more than a day', async () => {
    const seam = await left(hours(25))
    expect(spoken(seam)).toContain('F12-aged medium')
    expect(seam.store.incidents.liveOfRule('F12-aged')[0]?.says).toMatch(/^Open for 25 hours about 1001/)
  })

  it('is asked again once a minute, not at every reading', async () => {
    const seam = await left(minutes(1))
    await seam.clock.advance(hours(25))
    await seam.run()
    expect(spoken(seam)).toContain('F12-aged medium')
  })

  it('is told by what says that the deadline is over, while that is open, and by itself where that rule is off', async () => {
    const seam = await left(hours(25))
    const parentOf = (rule: string) => seam.store.incidents.liveOfRule(rule)[0]?.parent
    expect([parentOf('F12-past-sla'), parentOf('F12-aged')]).toEqual([null, seam.store.incidents.liveOfRule('F12-past-sla')[0]?.id])
    const pair = seam.store.pairs.list()[0] ?? aPair()
    const off = pairSettingsSchema.parse({ ...pair.settings, rules: { 'F12-past-sla': { on: false } } })
    seam.store.transaction((tx) => seam.store.pairs.save(tx, { ...pair, settings: off }))
    for (const span of [2, 4]) {
      await seam.clock.advance(minutes(span))
      await seam.full()
    }
    expect([spoken(seam), parentOf('F12-aged')]).toEqual([['F12-aged medium'], null])
  })

  it('leaves it to the deadline where one is set', async () => {
    expect(spoken(await left(hours(25), { rules: { slaMinutes: 10_000 } }))).toEqual([])
    expect(spoken(await left(hours(25), { rules: { slaMinutes: 60 } }))).toEqual(['F12-past-sla critical'])
  })
})

describe('F12-past-sla', () => {
  it('speaks when the agreed deadline of its rule is over, as grave as what it speaks of', async () => {
    expect(spoken(await left(minutes(29), { rules: { slaMinutes: 30 } }))).toEqual([])
    expect(spoken(await left(minutes(31), { rules: { slaMinutes: 30 } }))).toEqual(['F12-past-sla critical'])
  })

  it('speaks of the deadline that everything grave has where nobody has set another', async () => {
    expect(spoken(await left(minutes(239)))).toEqual([])
    const seam = await left(minutes(241))
    expect(spoken(seam)).toEqual(['F12-past-sla critical'])
    expect(seam.store.incidents.liveOfRule('F12-past-sla')[0]?.dueAt).toBe(seam.store.incidents.liveOfRule(missing)[0]?.slaDueAt)
  })

  it.each<[string, Parameters<typeof left>[1]]>([
    ['it is not grave, and nobody has set one', { rules: { severity: 'medium' } }],
    ['nobody is named who would have one', { people: 'none' }],
  ])('stays silent when %s', async (_why, given) => {
    expect(spoken(await left(days(20), given)).filter((one) => one.startsWith('F12-past-sla'))).toEqual([])
  })

  it('counts working time for what is not critical', async () => {
    const pair = aPair({ settings: pairSettingsSchema.parse({ rules: { 'F02-erp-order-without-shop-order': { slaMinutes: 480 } } }) })
    const seam = await aReadSeam({ pair }).erp(anErpOrder()).run()
    newDuty({ store: seam.store, clock: seam.clock, zone: 'UTC' }).begin()
    // ten o'clock on a Monday: seven hours are left of the day, the eighth is Tuesday's first
    await seam.clock.advance(hours(23.5))
    await seam.full()
    expect(spoken(seam)).toEqual([])
    await seam.clock.advance(minutes(31))
    await seam.full()
    expect(spoken(seam)).toEqual(['F12-past-sla high'])
  })
})

describe('F12-reopened-often', () => {
  it('takes a SKU that is behind again for a new occasion', async () => {
    const pair = aPair({ settings: { stockTargetMinutes: 0, locations: { WH: 'Lyon' } } })
    const seam = aReadSeam({ pair }).erp(aStockLevel({ available: '0' }))
    for (const available of ['3', '0', '3', '0', '3']) await seam.shop(aStockLevel({ location: 'Lyon', available })).run()
    await seam.full()
    expect([seam.open(), seam.store.incidents.live(10)[0]?.severity, seam.store.incidents.live(10)[0]?.reopenedCount]).toEqual([['F01-stock-behind MUG@Lyon'], 'critical', 2])
  })

  it('speaks when lost money comes back after it was mended', async () => {
    const seam = await left(0)
    await seam.erp(anErpOrder()).run()
    await seam.erp(anErpOrder({ references: [], customerEmail: null })).full()
    expect(spoken(seam)).toEqual(['F12-reopened-often medium'])
    expect(seam.store.incidents.liveOfRule('F12-reopened-often')[0]?.says).toContain('came back after it was mended')
    await seam.clock.advance(days(8))
    await decide(seam, 'acknowledged')
    expect(spoken(seam)).not.toContain('F12-reopened-often medium')
  })
})

describe('F12-monitor-blind', () => {
  const rule = 'F12-monitor-blind'

  /** Awake for an hour before the break and since. */
  function asleep(span: number, awake: number): Seam {
    const seam = aSeam()
    const now = seam.clock.now()
    seam.store.transaction((tx) => {
      for (let ago = awake + span + minutes(60); ago >= awake + span; ago -= minutes(1)) seam.store.watch.note(tx, now - ago, minutes(3))
      for (let ago = awake; ago >= 0; ago -= minutes(1)) seam.store.watch.note(tx, now - ago, minutes(3))
    })
    return seam
  }

  it('tells once, low, with the interval, however long it goes on, and is over after half a day', async () => {
    const seam = await asleep(hours(9), minutes(2)).run()
    const [incident] = seam.store.incidents.live(10)
    expect([incident?.rule, incident?.severity, incident?.evidence.map((one) => one.shop)]).toEqual([
      rule,
      'low',
      ['2026-11-23T00:58:00.000Z', '2026-11-23T09:58:00.000Z', '540 minutes'],
    ])
    await seam.run()
    expect(seam.changes).toHaveLength(1)
    await seam.clock.advance(hours(12))
    expect((await seam.run()).open()).toEqual([])
  })

  it('goes on telling of a night although it slept for some minutes since', async () => {
    const seam = await asleep(hours(9), minutes(2)).run()
    const { store, clock } = seam
    await clock.advance(minutes(6))
    store.transaction((tx) => store.watch.note(tx, clock.now(), minutes(3)))
    expect((await seam.run()).open()).toEqual(['F12-monitor-blind plumbline'])
    expect(store.incidents.live(10)[0]?.evidence.map((one) => one.shop)).toContain('540 minutes')
  })

  it.each([
    ['it never slept', () => asleep(minutes(1), minutes(30))],
    ['it was closed for some minutes', () => asleep(minutes(9), minutes(2))],
    ['it runs for the first time', () => aSeam()],
  ])('stays silent when %s', async (_why, given) => {
    expect((await given().run()).open()).toEqual([])
  })
})
