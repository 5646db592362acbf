/** Who answers for an incident and by when: settled in the transaction that opens it, and right in the owner's own hours. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { type Severity, severities } from '../../../src-main/domain/incident.ts'
import { type RuleSetting, ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { newDuty, slaMinutesDefault } from '../../../src-main/engine/reconcile/duty.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { at, fakeClock } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

/** A Friday afternoon in Paris. */
const friday = at('2026-12-18T15:00:00Z')

function aRoster(given: { severity?: Severity; rule?: Partial<RuleSetting> } = {}) {
  const rules = given.rule === undefined ? {} : { 'F02-paid-order-missing': ruleSettingSchema.parse(given.rule) }
  const store = aStore({ pairs: [aPair({ settings: { rules } })] })
  const clock = fakeClock(friday)
  const duty = newDuty({ store, clock, zone: 'Europe/Paris' })
  duty.begin()
  const apply = (severity: Severity = given.severity ?? 'high', key = '1001') =>
    store.transaction((tx) => {
      const finding = aFinding({ severity, subject: { kind: 'order', connection: 'shop', key } })
      store.incidents.apply(tx, 'pair', finding, { id: `i-${key}`, market: null, dueAt: null, parent: null, at: clock.now() })
      duty.settle(tx)
    })
  const incident = (key = '1001') => {
    const { owner, ownedBy, slaDueAt, severity } = store.incidents.get(`i-${key}`) ?? {}
    return { owner, ownedBy, slaDueAt, severity }
  }
  const hire = (id: string, zone: string) =>
    store.transaction((tx) => store.people.savePerson(tx, { id, name: id, email: null, calendar: officeHours(zone) }, clock.now()))
  return { store, clock, duty, apply, incident, hire }
}

describe('an incident', () => {
  it('belongs to whoever installed Plumbline from the first second, where nobody else is named', () => {
    const { apply, incident } = aRoster()
    apply()
    expect(incident()).toMatchObject({ owner: 'you', ownedBy: 'rule' })
  })

  it('belongs to whom its rule names, and is due in that person’s working hours', () => {
    const { apply, incident, hire } = aRoster({ rule: { owner: 'kenji', slaMinutes: 120 } })
    hire('kenji', 'Asia/Tokyo')
    apply()
    // Friday is over in Tokyo: Monday 09:00 there is midnight in UTC
    expect(incident()).toEqual({ owner: 'kenji', ownedBy: 'rule', slaDueAt: at('2026-12-21T02:00:00Z'), severity: 'high' })
  })

  it('that is critical is due in elapsed time, weekend or not', () => {
    const { apply, incident } = aRoster({ severity: 'critical' })
    apply()
    expect(incident().slaDueAt).toBe(friday + minutes(slaMinutesDefault.critical))
  })

  it('whose rule names somebody who left belongs to whoever answers by default', () => {
    const { apply, incident } = aRoster({ rule: { owner: 'gone' } })
    apply()
    expect(incident().owner).toBe('you')
  })

  it('that weighs more than before is due sooner', () => {
    const { apply, incident } = aRoster()
    apply('high')
    apply('critical')
    expect(incident()).toMatchObject({ severity: 'critical', slaDueAt: friday + hours(4) })
  })

  it('that opens again is due anew, and stays with whom a person gave it to', () => {
    const { store, clock, duty, apply, incident, hire } = aRoster({ severity: 'critical' })
    hire('kenji', 'Asia/Tokyo')
    apply()
    store.transaction((tx) => {
      store.duties.assign(tx, 'i-1001', 'kenji')
      duty.settle(tx)
      store.incidents.resolve(tx, 'i-1001', 'Both sides have it.', clock.now())
    })
    clock.jump(hours(50))
    apply()
    expect(incident()).toMatchObject({ owner: 'kenji', ownedBy: 'person', slaDueAt: friday + hours(54) })
  })

  it('whose owner leaves goes back to whom its rule names', () => {
    const { store, duty, apply, incident, hire } = aRoster()
    hire('kenji', 'Asia/Tokyo')
    apply()
    store.transaction((tx) => {
      store.duties.assign(tx, 'i-1001', 'kenji')
      duty.settle(tx)
    })
    store.transaction((tx) => {
      store.people.remove(tx, 'kenji')
      store.duties.leave(tx, 'kenji')
      duty.settle(tx)
    })
    expect(incident()).toMatchObject({ owner: 'you', ownedBy: 'rule' })
  })
})

it('nothing that is open is ever without an owner, whatever is opened, weighed, given away and left', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('open' as const), key: fc.constantFrom('1', '2', '3'), severity: fc.constantFrom(...severities) }),
    fc.record({ do: fc.constant('give' as const), key: fc.constantFrom('1', '2', '3'), to: fc.constantFrom('kenji', 'mona', null) }),
    fc.record({ do: fc.constant('leave' as const), who: fc.constantFrom('kenji', 'mona') }),
    fc.record({ do: fc.constant('close' as const), key: fc.constantFrom('1', '2', '3') }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { store, clock, duty, apply, hire } = aRoster()
      hire('kenji', 'Asia/Tokyo')
      hire('mona', 'America/Lima')
      for (const one of steps) {
        clock.jump(minutes(30))
        if (one.do === 'open') apply(one.severity, one.key)
        else {
          store.transaction((tx) => {
            if (one.do === 'give' && (one.to === null || store.people.owner(one.to) !== null)) store.duties.assign(tx, `i-${one.key}`, one.to)
            if (one.do === 'close' && (store.incidents.get(`i-${one.key}`)?.state ?? 'resolved') !== 'resolved') store.incidents.resolve(tx, `i-${one.key}`, 'Over.', clock.now())
            if (one.do === 'leave') {
              store.people.remove(tx, one.who)
              store.duties.leave(tx, one.who)
            }
            duty.settle(tx)
          })
        }
        for (const incident of store.incidents.live(10)) {
          expect(store.people.owner(incident.owner ?? '')).not.toBeNull()
          expect(incident.slaDueAt).toBeGreaterThan(incident.openedAt)
        }
      }
      store.close()
    }),
    { numRuns: 60 },
  )
})
