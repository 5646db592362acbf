/** Whose a failed call is, by when, and when the next one is told: its class of faults says so, until somebody sets it otherwise. */
import { describe, expect, it } from 'vitest'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { type FaultClass, type FaultSetting, faultPolicies } from '../../../src-main/domain/fault.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { newDuty } from '../../../src-main/engine/reconcile/duty.ts'
import { saveFaultSetting } from '../../../src-main/engine/reconcile/fault-policies.ts'
import type { CallEnd } from '../../../src-main/engine/store/calls.ts'
import { aPass } from '../../support/builders.ts'
import { at } from '../../support/clock.ts'
import { type Seam, aSeam } from '../../support/seam.ts'

const own = (name: FaultClass): FaultSetting => {
  const { owner: _owner, ...policy } = faultPolicies[name]
  return { person: null, ...policy }
}

/** Monday ten o'clock, when calls to the ERP fail; finance is there, as a role with hours of its own. */
async function failing(counts: Partial<Record<CallEnd, number>>, settings: Partial<Record<FaultClass, Partial<FaultSetting>>> = {}): Promise<Seam> {
  const seam = aSeam()
  const { store, clock } = seam
  newDuty({ store, clock, zone: 'UTC' }).begin()
  store.transaction((tx) => {
    store.people.saveRole(tx, { id: 'finance', name: 'Finance', calendar: officeHours('UTC'), members: [] }, clock.now())
    for (const [name, setting] of Object.entries(settings)) saveFaultSetting(tx, store, name as FaultClass, { ...own(name as FaultClass), ...setting })
    for (let minute = 10; minute > 0; minute -= 1) {
      store.calls.note(tx, 'erp', clock.now() - minutes(minute), new Map(Object.entries(counts).map(([what, count]) => [what as CallEnd, count])))
    }
  })
  await seam.run()
  return settled(seam)
}

function settled(seam: Seam): Seam {
  seam.store.transaction((tx) => newDuty({ store: seam.store, clock: seam.clock, zone: 'UTC' }).settle(tx))
  return seam
}

function duty(seam: Seam, rule = 'F03-failed-calls') {
  const incident = seam.store.incidents.liveOfRule(rule)[0]
  return { severity: incident?.severity, owner: incident?.owner, due: incident?.slaDueAt }
}

describe('F03-failed-calls', () => {
  it('is due within the class’s own span, and not within that of its severity', async () => {
    // four hours of work, of the seven that are left of the day
    expect(duty(await failing({ ok: 10, temporary: 8 }))).toEqual({ severity: 'high', owner: 'you', due: at('2026-11-23T14:00:00Z') })
  })

  it('belongs to whom its class names', async () => {
    expect(duty(await failing({ ok: 50, tax: 1 }, { tax: { person: 'finance', slaMinutes: 120 } }))).toEqual({ severity: 'high', owner: 'finance', due: at('2026-11-23T12:00:00Z') })
  })

  it('belongs to whoever answers by default when whom its class names has left', async () => {
    expect(duty(await failing({ ok: 50, tax: 1 }, { tax: { person: 'gone' } })).owner).toBe('you')
  })

  it('is told on after the span of its class, when nobody reacts', async () => {
    const seam = await failing({ ok: 50, tax: 1 }, { tax: { escalateMinutes: 30 } })
    const unheard = () => seam.store.deliveries.unheard(seam.clock.now(), 10).length
    seam.clock.jump(minutes(29))
    expect(unheard()).toBe(0)
    seam.clock.jump(minutes(2))
    expect(unheard()).toBe(1)
  })

  it('of several classes follows the one that asks for most, and another one once that is over', async () => {
    const seam = await failing({ ok: 50, tax: 1, 'rate-limited': 40 }, { tax: { person: 'finance' } })
    expect(duty(seam)).toMatchObject({ severity: 'high', owner: 'finance' })
    await seam.clock.advance(hours(24) + minutes(1))
    seam.store.transaction((tx) => seam.store.calls.note(tx, 'erp', seam.clock.now() - minutes(1), new Map([['ok', 50], ['rate-limited', 60]] as const)))
    await seam.run()
    expect(duty(settled(seam))).toMatchObject({ severity: 'medium', owner: 'you' })
  })

  it('speaks by the thresholds and the weight that somebody has set for its class', async () => {
    expect(duty(await failing({ ok: 20, temporary: 2 })).severity).toBeUndefined()
    expect(duty(await failing({ ok: 20, temporary: 2 }, { temporary: { shareMin: 5, severity: 'critical' } })).severity).toBe('critical')
    expect(duty(await failing({ ok: 10, temporary: 8 }, { temporary: { countMin: 1000 } })).severity).toBeUndefined()
  })

  it('is past its deadline only where somebody has set one, as long as it is not grave', async () => {
    const late = async (settings: Parameters<typeof failing>[1]) => {
      const seam = await failing({ ok: 50, tax: 1 }, settings)
      await seam.clock.advance(hours(5))
      await seam.full()
      return seam.open().filter((one) => one.startsWith('F12-past-sla')).length
    }
    expect([await late({}), await late({ tax: { slaMinutes: 60, escalateMinutes: 30 } })]).toEqual([0, 1])
  })
})

describe('F12-connection-blind', () => {
  it.each([['temporary', 0], ['unreachable', 1]] as const)('is told of a side that fails by %s calls once that has lasted', async (name, atOnce) => {
    const seam = aSeam()
    const { store, clock } = seam
    store.transaction((tx) => {
      store.connections.saveHealth(tx, 'erp', { state: 'unreachable', says: null, clockOffsetMs: 0, at: clock.now() })
      store.streams.cover(tx, 'erp', 'orders', { from: 0, to: clock.now() })
      store.streams.notePass(tx, 'erp', aPass({ stream: 'orders', complete: false, startedAt: clock.now() - seconds(10), faults: { [name]: 1 } }))
    })
    const told = async (): Promise<number> => (await seam.run()).open().filter((one) => one.startsWith('F12-connection-blind')).length
    expect(await told()).toBe(atOnce)
    await clock.advance(minutes(2))
    expect(await told()).toBe(1)
  })

  it('belongs to whom the class names that ended its passes, which its evidence says', async () => {
    const seam = aSeam()
    const { store, clock } = seam
    newDuty({ store, clock, zone: 'UTC' }).begin()
    store.transaction((tx) => {
      store.people.saveRole(tx, { id: 'it', name: 'IT', calendar: officeHours('UTC'), members: [] }, clock.now())
      saveFaultSetting(tx, store, 'credentials', { ...own('credentials'), person: 'it', slaMinutes: 90 })
      store.connections.saveHealth(tx, 'erp', { state: 'refused', says: null, clockOffsetMs: 0, at: clock.now() })
      store.streams.cover(tx, 'erp', 'orders', { from: 0, to: clock.now() })
      store.streams.notePass(tx, 'erp', aPass({ stream: 'orders', complete: false, startedAt: clock.now() - minutes(1), faults: { credentials: 1 } }))
    })
    await seam.run()
    expect(duty(settled(seam), 'F12-connection-blind')).toEqual({ severity: 'high', owner: 'it', due: at('2026-11-23T11:30:00Z') })
    expect(store.incidents.liveOfRule('F12-connection-blind')[0]?.evidence).toContainEqual({ label: 'Who acts on credentials', shop: 'IT, within 90 minutes', erp: null, differs: false })
  })
})
