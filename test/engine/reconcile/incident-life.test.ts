/**
 * The law of what is said by how things went and not by how they stand: F12, of an incident's life, and F01, of when a
 * change was met. A history read only at its end knows neither; step by step, judging what changed gives what judging
 * everything gives.
 */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { type Pair, ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import type { DomainRecord } from '../../../src-main/domain/records.ts'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { newDuty } from '../../../src-main/engine/reconcile/duty.ts'
import type { IncidentRecord } from '../../../src-main/engine/store/incidents.ts'
import { anErpOrder, anOrder, aPair, aStockLevel } from '../../support/builders.ts'
import { type Seam, aReadSeam } from '../../support/seam.ts'

const missing = 'F02-paid-order-missing'
const number = fc.constantFrom('1001', '1002')

type Step =
  | { readonly on: 'shop' | 'erp'; readonly record: DomainRecord }
  | { readonly on: 'time'; readonly span: number }
  | { readonly on: 'person'; readonly number: string; readonly does: 'acknowledged' | 'ignored' | 'open' | 'takes' | 'leaves' }
  | { readonly on: 'connection'; readonly state: 'ok' | 'unreachable' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: number.map((of): Step => ({ on: 'shop', record: anOrder({ number: of }) })) },
  {
    weight: 4,
    arbitrary: fc.record({ number, named: fc.boolean() }).map(({ number: of, named }): Step => {
      const record = anErpOrder({ id: `so_${of}`, number: `SO${of}`, references: named ? [of] : [], customerEmail: null })
      return { on: 'erp', record }
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('0', '3').map((units): Step => ({ on: 'shop', record: aStockLevel({ location: 'Lyon', onHand: units, available: units }) })) },
  { weight: 1, arbitrary: fc.constantFrom('0', '3').map((units): Step => ({ on: 'erp', record: aStockLevel({ onHand: units, available: units }) })) },
  { weight: 5, arbitrary: fc.constantFrom(0, minutes(61), hours(5), hours(25), days(8)).map((span): Step => ({ on: 'time', span })) },
  {
    weight: 2,
    arbitrary: fc
      .record({ number, does: fc.constantFrom('acknowledged', 'ignored', 'open', 'takes', 'leaves') })
      .map((deed): Step => ({ on: 'person', number: deed.number, does: deed.does as 'takes' })),
  },
  { weight: 1, arbitrary: fc.constantFrom('ok', 'unreachable').map((state): Step => ({ on: 'connection', state: state as 'ok' })) },
)

/** Whoever answers is named or not, and a deadline is agreed on or not. */
const house = fc.record({ people: fc.constantFrom('none', 'some', 'all'), slaMinutes: fc.constantFrom(null, 30) })

interface Life {
  readonly seam: Seam
  live(now: Step): Promise<void>
}

function aLife({ people, slaMinutes }: { people: string; slaMinutes: number | null }, judge: (seam: Seam) => Promise<Seam>): Life {
  const pair: Pair = aPair({ settings: { stockTargetMinutes: 0, locations: { WH: 'Lyon' }, rules: { [missing]: ruleSettingSchema.parse({ slaMinutes }) } } })
  const seam = aReadSeam({ pair })
  const { store, clock } = seam
  const duty = people === 'all' ? newDuty({ store, clock, zone: 'UTC' }) : null
  if (people === 'some') store.transaction((tx) => store.people.savePerson(tx, { id: 'tom', name: 'Tom', email: null, calendar: officeHours('UTC') }, clock.now()))
  return {
    seam,
    async live(now) {
      // an incident's life is asked for once a minute
      await clock.advance(now.on === 'time' ? now.span + minutes(1) : minutes(1))
      seam.coveredTo({ shop: clock.now(), erp: clock.now() })
      store.transaction((tx) => store.watch.note(tx, clock.now(), minutes(3)))
      if (now.on === 'shop' || now.on === 'erp') seam[now.on](now.record)
      else happen(seam, now)
      await judge(seam)
      duty?.begin()
    },
  }
}

function happen({ store, clock }: Seam, now: Step): void {
  const at = clock.now()
  store.transaction((tx) => {
    if (now.on === 'connection') store.connections.saveHealth(tx, 'shop', { state: now.state, says: null, clockOffsetMs: null, at })
    if (now.on !== 'person') return
    const incident = store.incidents.liveOfRule(missing).find((one) => one.subject.key === now.number)
    if (incident === undefined) return
    if (now.does === 'takes') store.duties.assign(tx, incident.id, 'tom')
    else if (now.does === 'leaves') store.duties.assign(tx, incident.id, null)
    else store.incidents.move(tx, incident.id, { state: now.does, until: null, who: 'you', says: '', at })
  })
}

/** All that was ever said, by what it is about: incidents have names of their own in each life. */
function said({ store }: Seam): readonly string[] {
  const all = store.incidents.list({ states: null, severities: null, rule: null, search: null }, 1000, 0)
  const about = ({ subject }: IncidentRecord): string => {
    const spokenOf = subject.kind === 'incident' ? store.incidents.get(subject.key) : null
    return spokenOf === null ? subject.key : `${spokenOf.rule} of ${spokenOf.subject.key}`
  }
  return all
    .map((one) => [one.rule, about(one), one.severity, one.state, one.openedAt, one.resolvedAt, one.reopenedCount, one.says].join(' | '))
    .toSorted()
}

it('what is said of an incident’s life is the same whether all is judged at each step, or what changed', async () => {
  const spoken = new Set<string>()
  await fc.assert(
    fc.asyncProperty(house, fc.array(step, { minLength: 2, maxLength: 14 }), async (given, steps) => {
      const changed = aLife(given, (seam) => seam.run())
      const all = aLife(given, (seam) => seam.full())
      for (const one of steps) {
        await changed.live(one)
        await all.live(one)
        expect(said(changed.seam)).toEqual(said(all.seam))
      }
      for (const one of said(changed.seam)) spoken.add(one.split(' | ')[0] ?? '')
      for (const { seam } of [changed, all]) seam.store.close()
    }),
    { numRuns: 60 },
  )
  // a law over lives of which nothing is ever said would hold for nothing
  const lives = ['F01-stock-behind', 'F12-aged', 'F12-connection-blind', 'F12-monitor-blind', 'F12-past-sla', 'F12-reopened-often', 'F12-unowned']
  expect(lives.filter((rule) => !spoken.has(rule))).toEqual([])
}, 120_000)
