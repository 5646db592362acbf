/** Decisions about incidents, one or many: each leaves its line, some are refused, and none closes anything without evidence. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Decision } from '../../../src-main/domain/decision.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function opened() {
  const one = await aCaller({ at: monday, connections: bothSides, pairs: [aPair()] })
  caller = one
  const { store } = one.engine
  const speak = (key: string, minor = 2400): void => {
    const finding = aFinding({ subject: { kind: 'order', connection: 'shop', key }, amount: { minor, currency: 'EUR' } })
    store.transaction((tx) => store.incidents.apply(tx, 'pair', finding, { id: `i${key}`, market: null, dueAt: null, parent: null, at: one.clock.now() }))
  }
  for (const key of ['1', '2', '3']) speak(key)
  const decide = (ids: string[], decision: Decision) => one.client.incidents.decide({ ids, decision })
  return { ...one, store, speak, decide }
}

const override = { kind: 'override', what: 'Keyed into the ERP as SO-77.', why: 'The queue was stuck.', by: null, severity: null } as const

describe('a decision about many', () => {
  it('is done for all it is possible for, in one go, and names the others with the reason', async () => {
    const { decide, store, clock } = await opened()
    store.transaction((tx) => store.incidents.resolve(tx, 'i2', 'Both sides have it.', clock.now()))
    const outcome = await decide(['i1', 'i2', 'i3', 'i3', 'ghost'], { kind: 'acknowledge' })
    expect(outcome.done).toEqual(['i1', 'i3'])
    expect(outcome.refused.map((one) => [one.id, one.says.slice(0, 24)])).toEqual([['i2', 'This incident was closed'], ['ghost', 'There is no incident gho']])
    expect(store.incidents.countsByState()).toEqual({ acknowledged: 2, resolved: 1 })
    expect(store.audit.page(null, 10).filter((entry) => entry.what === 'incident acknowledged')).toHaveLength(2)
  })

  it('does nothing at all where it cannot be made', async () => {
    const { decide, store, client, clock } = await opened()
    await expect(decide(['i1', 'i2'], { kind: 'assign', owner: 'nobody', why: '' })).rejects.toMatchObject({ code: 'REFUSED', data: { field: 'owner' } })
    await expect(decide(['i1'], { kind: 'snooze', until: clock.now(), why: 'later' })).rejects.toMatchObject({ data: { field: 'until' } })
    await expect(decide(['i1'], { ...override, class: 'severity' })).rejects.toMatchObject({ data: { field: 'severity' } })
    await expect(decide(['i1'], { kind: 'ignore', why: '   ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(store.audit.count()).toBe(0)
    expect((await client.incidents.get({ id: 'i1' })).timeline).toHaveLength(1)
  })
})

describe('an incident that is given to somebody', () => {
  it('says to whom and why, and is found among theirs', async () => {
    const { decide, client } = await opened()
    const { people } = await client.people.save({ id: null, name: 'Kenji', email: null, calendar: { zone: 'Asia/Tokyo', week: [[{ from: '09:00', to: '17:00' }], [], [], [], [], [], []], holidays: [] } })
    const kenji = people.find((one) => one.name === 'Kenji')?.id ?? ''
    await client.people.sit({ person: 'you' })
    await decide(['i1', 'i2'], { kind: 'assign', owner: kenji, why: 'He knows the carrier.' })
    const incident = await client.incidents.get({ id: 'i1' })
    expect(incident).toMatchObject({ owner: { id: kenji, name: 'Kenji' }, ownedBy: 'person' })
    expect(incident.timeline[0]).toMatchObject({ what: 'assigned', who: 'You', says: 'Given to Kenji. He knows the carrier.' })
    const theirs = await client.incidents.list({ states: null, severities: null, rule: null, search: null, owner: kenji, limit: 10, offset: 0 })
    expect([theirs.total, theirs.rows.map((row) => row.id).toSorted()]).toEqual([2, ['i1', 'i2']])
    expect((await client.people.list()).people.find((one) => one.id === kenji)?.open).toBe(2)
    await decide(['i1'], { kind: 'assign', owner: null, why: '' })
    expect(await client.incidents.get({ id: 'i1' })).toMatchObject({ owner: { id: 'you' }, ownedBy: 'rule' })
  })

  it('may change hands while a repair is on its way, when nothing else may be decided', async () => {
    const { decide, store, clock } = await opened()
    store.transaction((tx) => store.incidents.move(tx, 'i1', { state: 'repairing', until: null, who: 'you', says: 'Sent.', at: clock.now() }))
    expect((await decide(['i1'], { kind: 'assign', owner: 'you', why: '' })).done).toEqual(['i1'])
    expect((await decide(['i1'], { ...override, class: 'entered' })).refused).toHaveLength(1)
  })
})

describe('a comment', () => {
  it('stands in the timeline of whatever state, and not in the trail, which outlives customers', async () => {
    const { decide, client, store, clock } = await opened()
    store.transaction((tx) => store.incidents.resolve(tx, 'i1', 'Both sides have it.', clock.now()))
    await decide(['i1'], { kind: 'comment', says: 'Mrs. Ahlers called.' })
    expect((await client.incidents.get({ id: 'i1' })).timeline[0]).toMatchObject({ what: 'comment', says: 'Mrs. Ahlers called.' })
    const [entry] = store.audit.page(null, 1)
    expect(entry).toMatchObject({ what: 'incident commented', subject: 'incident i1' })
    expect(JSON.stringify(entry)).not.toContain('Ahlers')
  })
})

describe('a manual override', () => {
  it('keeps who, what and why, and closes nothing by itself', async () => {
    const { decide, client, store } = await opened()
    await decide(['i1'], { ...override, class: 'entered' })
    const incident = await client.incidents.get({ id: 'i1' })
    expect(incident.state).toBe('acknowledged')
    expect(incident.timeline.map((entry) => entry.what)).toEqual(['acknowledged', 'override', 'opened'])
    expect(store.duties.overridesSince(0, 10)).toEqual([
      { incident: 'i1', at: monday, class: 'entered', who: 'you', what: 'Keyed into the ERP as SO-77.', why: 'The queue was stuck.' },
    ])
    expect(store.audit.page(null, 5).map((entry) => entry.what)).toContain('incident overridden: entered')
  })

  it('that accepts a difference is silent until the figures change', async () => {
    const { decide, client, speak } = await opened()
    await decide(['i1'], { ...override, class: 'accepted' })
    speak('1')
    expect(await client.incidents.get({ id: 'i1' })).toMatchObject({ state: 'ignored', reopenedCount: 0 })
    speak('1', 2500)
    expect(await client.incidents.get({ id: 'i1' })).toMatchObject({ state: 'open', reopenedCount: 1, amount: { minor: 2500 } })
  })

  it('of the severity holds against the rule’s own until the incident is over, and moves the deadline', async () => {
    const { decide, client, speak } = await opened()
    await decide(['i1'], { kind: 'override', class: 'severity', what: 'A test order.', why: 'Nothing to ship.', by: null, severity: 'low' })
    speak('1')
    const incident = await client.incidents.get({ id: 'i1' })
    expect(incident.severity).toBe('low')
    expect(incident.slaDueAt).toBeGreaterThan(monday + hours(100))
  })
})

describe('the time that is left', () => {
  it('of a critical incident runs at night, and goes below nothing when it is over', async () => {
    const { client, clock, decide } = await opened()
    // the first decision settles what these incidents, opened behind the engine's back, still lack
    await decide(['i1'], { kind: 'comment', says: 'Seen.' })
    expect((await client.incidents.get({ id: 'i1' })).slaLeftMs).toBe(hours(4))
    clock.jump(hours(4) + minutes(5))
    expect((await client.incidents.get({ id: 'i1' })).slaLeftMs).toBe(-minutes(5))
  })

  it('of a milder one stands still while its owner does not work', async () => {
    const { client, clock, decide } = await opened()
    await decide(['i1'], { kind: 'override', class: 'severity', what: 'Less.', why: 'Known.', by: null, severity: 'high' })
    const before = (await client.incidents.get({ id: 'i1' })).slaLeftMs ?? 0
    expect(before).toBe(hours(8))
    // from ten in Paris to eight the next morning: seven working hours are left of that day
    clock.jump(hours(22))
    expect((await client.incidents.get({ id: 'i1' })).slaLeftMs).toBe(hours(1))
  })
})
