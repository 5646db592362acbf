/** The classes of faults over the real contract: set whole or refused in words, and followed by what is open. */
import { afterEach, describe, expect, it } from 'vitest'
import { faultClasses, faultPolicies } from '../../../src-main/domain/fault.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const { owner: _owner, ...tax } = faultPolicies.tax
const setting = { ...tax, person: 'you', slaMinutes: 60, escalateMinutes: 30 }

async function anEngine(): Promise<Caller> {
  caller = await aCaller({ connections: bothSides })
  return caller
}

describe('the classes of faults', () => {
  it('are listed as they come, with how often each ended a call in the last day', async () => {
    const { client, engine, clock } = await anEngine()
    engine.store.transaction((tx) => engine.store.calls.note(tx, 'erp', clock.now() - minutes(5), new Map([['tax', 3]] as const)))
    const classes = await client.faults.list()
    expect(classes.map((one) => one.class)).toEqual([...faultClasses])
    expect(classes.find((one) => one.class === 'tax')).toEqual({ class: 'tax', usually: 'finance', policy: { ...tax, person: null }, isSet: false, lastDay: 3 })
  })

  it('are set, told in the trail, and followed by what is open already', async () => {
    const { client, engine, clock } = await anEngine()
    engine.store.transaction((tx) => engine.store.calls.note(tx, 'erp', clock.now() - minutes(5), new Map([['ok', 20], ['tax', 3]] as const)))
    await engine.reconcile()
    const due = () => engine.store.incidents.liveOfRule('F03-failed-calls')[0]?.slaDueAt
    const before = due()
    const classes = await client.faults.save({ class: 'tax', setting })
    expect(classes.find((one) => one.class === 'tax')).toMatchObject({ policy: setting, isSet: true })
    expect(due()).toBeLessThan(before ?? 0)
    expect(engine.store.audit.page(null, 1)[0]).toMatchObject({ what: 'error class changed', subject: 'error class tax' })
    expect((await client.faults.history({ class: 'tax' })).map((one) => one.changes)).toEqual([
      [
        { what: 'escalateMinutes', before: '240', after: '30' },
        { what: 'person', before: 'standard', after: 'you' },
        { what: 'slaMinutes', before: '1440', after: '60' },
      ],
    ])
    await client.faults.save({ class: 'tax', setting: null })
    expect([(await client.faults.list()).find((one) => one.class === 'tax')?.isSet, due()]).toEqual([false, before])
  })

  it.each([
    ['an owner whom nobody knows', { person: 'gone' }, 'Its owner is not among the people and roles any more.'],
    ['an escalation after the deadline', { escalateMinutes: 90 }, 'The next one is told before the deadline is over, not after.'],
  ])('refuse %s, in words, and stay as they were', async (_what, given, says) => {
    const { client } = await anEngine()
    await expect(client.faults.save({ class: 'tax', setting: { ...setting, ...given } })).rejects.toMatchObject({ data: { says } })
    expect((await client.faults.list()).some((one) => one.isSet)).toBe(false)
  })

  it.each([{ countMin: 0 }, { shareMin: 101 }, { windowMinutes: 4 }, { windowMinutes: 2000 }, { slaMinutes: 1.5 }])('refuse %j', async (given) => {
    const { client } = await anEngine()
    await expect(client.faults.save({ class: 'tax', setting: { ...setting, ...given } })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
