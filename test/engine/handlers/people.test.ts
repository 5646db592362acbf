/** People, roles and the rules that are theirs: saved whole or not at all, with their history. */
import { afterEach, describe, expect, it } from 'vitest'
import { judgeConnection } from '../../../src-main/engine/reconcile/judge.ts'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { at } from '../../support/clock.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function opened() {
  caller = await aCaller({ at: at('2026-11-27T09:00:00Z'), connections: bothSides, pairs: [aPair()] })
  return caller
}

const paris = officeHours('Europe/Paris')
const rule = 'F02-total-differs'

describe('people', () => {
  it('begin with whoever installed it, who answers for everything in the machine’s own zone', async () => {
    const { client } = await opened()
    expect(await client.people.list()).toMatchObject({
      people: [{ id: 'you', name: 'You', calendar: { zone: 'Europe/Paris' } }],
      roles: [],
      defaultOwner: 'you',
    })
  })

  it('are kept with hours and holidays; the trail knows that, and not what they are called', async () => {
    const { client, engine } = await opened()
    const calendar = { ...paris, holidays: ['2026-12-25'] }
    const saved = await client.people.save({ id: null, name: ' Ines ', email: 'ines@example.org', calendar })
    const ines = saved.people.find((one) => one.name === 'Ines')
    expect(ines).toMatchObject({ email: 'ines@example.org', calendar, open: 0 })
    const role = await client.people.saveRole({ id: null, name: 'Finance', calendar: paris, members: [ines?.id ?? ''] })
    expect(role.roles).toMatchObject([{ name: 'Finance', members: [ines?.id] }])
    const trail = engine.store.audit.page(null, 10)
    expect(trail.map((entry) => entry.what)).toEqual(['role added', 'person added'])
    expect(JSON.stringify(trail)).not.toMatch(/ines@|Ines/)
  })

  it.each([
    ['an unknown zone', { calendar: { ...paris, zone: 'Europe/Atlantis' } }],
    ['hours that overlap', { calendar: { ...paris, week: [[{ from: '09:00', to: '12:00' }, { from: '11:00', to: '17:00' }], [], [], [], [], [], []] } }],
    ['no hour at all', { calendar: { ...paris, week: [[], [], [], [], [], [], []] } }],
    ['a day that does not exist', { calendar: { ...paris, holidays: ['2026-02-30'] } }],
    ['no name', { name: '  ' }],
    ['no address', { email: 'ines at example' }],
  ])('are refused with %s, and nothing is half saved', async (_what, wrong) => {
    const { client } = await opened()
    await expect(client.people.save({ id: null, name: 'Ines', email: null, calendar: paris, ...wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect((await client.people.list()).people).toHaveLength(1)
  })

  it('have one name each, and are not lost while somebody must answer', async () => {
    const { client } = await opened()
    await client.people.saveRole({ id: null, name: 'Finance', calendar: paris, members: [] })
    await expect(client.people.save({ id: null, name: 'finance', email: null, calendar: paris })).rejects.toMatchObject({ data: { field: 'name' } })
    await expect(client.people.remove({ id: 'you' })).rejects.toMatchObject({ data: { says: expect.stringContaining('Name somebody else') } })
    const finance = (await client.people.list()).roles[0]?.id ?? ''
    await client.people.setDefault({ owner: finance })
    await expect(client.people.remove({ id: finance })).rejects.toMatchObject({ code: 'REFUSED' })
    await client.people.setDefault({ owner: 'you' })
    expect((await client.people.remove({ id: finance })).roles).toEqual([])
  })

  it('who take a day off move the deadlines of what is theirs', async () => {
    const { client, engine, clock } = await opened()
    engine.store.transaction((tx) => {
      engine.store.incidents.apply(tx, 'pair', aFinding({ rule, severity: 'high' }), { id: 'i', market: null, dueAt: null, parent: null, at: clock.now() })
    })
    // ten to five is seven of the eight hours; the eighth is on Monday
    await client.people.save({ id: 'you', name: 'Marit', email: null, calendar: paris })
    expect((await client.incidents.get({ id: 'i' })).slaDueAt).toBe(at('2026-11-30T09:00:00Z'))
    await client.people.save({ id: 'you', name: 'Marit', email: null, calendar: { ...paris, holidays: ['2026-11-30'] } })
    expect((await client.incidents.get({ id: 'i' })).slaDueAt).toBe(at('2026-12-01T09:00:00Z'))
  })
})

describe('who sits here', () => {
  it('is the only one there is; of several nobody is taken for the other until somebody says who it is', async () => {
    const { client, engine, clock } = await opened()
    engine.store.transaction((tx) => engine.store.incidents.apply(tx, 'pair', aFinding({ rule }), { id: 'i', market: null, dueAt: null, parent: null, at: clock.now() }))
    const says = async (words: string) => {
      await client.incidents.decide({ ids: ['i'], decision: { kind: 'comment', says: words } })
      const { timeline } = await client.incidents.get({ id: 'i' })
      const { rows } = await client.audit.list({ before: null, limit: 1 })
      return [timeline.find((entry) => entry.says === words)?.who, rows[0]?.who]
    }
    expect([(await client.people.list()).here, await says('one')]).toEqual(['you', ['You', 'You']])
    const { people, here } = await client.people.save({ id: null, name: 'Ines', email: null, calendar: paris })
    const ines = people.find((one) => one.name === 'Ines')?.id ?? ''
    expect([here, await says('two')]).toEqual([null, ['Somebody unknown', 'Somebody unknown']])
    expect((await client.people.sit({ person: ines })).here).toBe(ines)
    expect(await says('three')).toEqual(['Ines', 'Ines'])
    // the trail keeps the id, and shows the name that it bears now
    expect(engine.store.audit.last()?.who).toBe(ines)
    await expect(client.people.sit({ person: 'ghost' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await client.people.remove({ id: ines })
    expect((await client.people.list()).here).toBe('you')
  })
})

describe('a rule of a pair', () => {
  it('is listed with its words, its fields and what the pair has set', async () => {
    const { client } = await opened()
    const rules = await client.rules.list({ pair: 'pair' })
    expect(rules.find((one) => one.id === rule)).toMatchObject({ isSet: false, ofPair: true, slaMinutes: 480, setting: { on: true, owner: null } })
    expect(rules.find((one) => one.id === 'F11-clock-differs')).toMatchObject({
      ofPair: false,
      fields: [{ name: 'offsetMaxMs', label: 'Clocks apart, in milliseconds', kind: 'whole', least: 1000, most: null }],
    })
  })

  it('over a connection is set with the first pair that says something of it', async () => {
    const { client, engine, clock } = await opened()
    const clocks = 'F11-clock-differs'
    const finding = aFinding({ rule: clocks, severity: 'high', subject: { kind: 'connection', connection: 'erp', key: 'erp' } })
    engine.store.transaction((tx) => engine.store.incidents.apply(tx, null, finding, { id: 'i', market: null, dueAt: null, parent: null, at: clock.now() }))
    const { roles } = await client.people.saveRole({ id: null, name: 'Operations', calendar: paris, members: ['you'] })
    const owner = roles[0]?.id ?? ''
    await client.rules.save({ pair: 'pair', rule: clocks, setting: ruleSettingSchema.parse({ owner, slaMinutes: 60, params: { offsetMaxMs: 5000 } }) })
    expect(engine.store.incidents.get('i')?.owner).toBe(owner)
    // eight seconds off are too many now, and were not before
    for (const [offset, spoken] of [[8000, true], [4000, false]] as const) {
      engine.store.transaction((tx) => engine.store.connections.saveHealth(tx, 'erp', { state: 'ok', says: null, clockOffsetMs: offset, at: clock.now() }))
      const [erp] = engine.store.connections.list().filter((one) => one.id === 'erp')
      if (erp === undefined) throw new Error('no connection')
      expect(judgeConnection(engine.store, erp, clock.now()).found.some((one) => one.finding.rule === clocks)).toBe(spoken)
    }
  })

  it('takes owner, severity and deadline, and what is open follows at once', async () => {
    const { client, engine, clock } = await opened()
    engine.store.transaction((tx) => {
      engine.store.incidents.apply(tx, 'pair', aFinding({ rule, severity: 'high' }), { id: 'i', market: null, dueAt: null, parent: null, at: clock.now() })
    })
    const { roles } = await client.people.saveRole({ id: null, name: 'Finance', calendar: paris, members: ['you'] })
    const owner = roles[0]?.id ?? ''
    const setting = ruleSettingSchema.parse({ owner, slaMinutes: 60, severity: 'medium' })
    expect(await client.rules.save({ pair: 'pair', rule, setting })).toMatchObject({ isSet: true, setting })
    expect(engine.store.incidents.get('i')).toMatchObject({ owner, slaDueAt: at('2026-11-27T10:00:00Z') })
    const history = await client.rules.history({ pair: 'pair', rule })
    expect(history).toEqual([
      {
        at: clock.now(),
        who: 'You',
        why: null,
        began: false,
        changes: [
          { what: 'owner', before: 'standard', after: owner },
          { what: 'severity', before: 'standard', after: 'medium' },
          { what: 'slaMinutes', before: 'standard', after: '60' },
        ],
      },
    ])
  })

  it.each([
    ['a parameter it does not bear', rule, { markets: { FRA: {} } }, 'BAD_REQUEST'],
    ['a parameter it does not know', rule, { params: { gracMinutes: 3 } }, 'REFUSED'],
    ['a market where its subjects are of none', 'F08-price-differs', { markets: { FR: {} } }, 'REFUSED'],
    ['an owner whom nobody knows', rule, { owner: 'ghost' }, 'REFUSED'],
    ['an id that is no rule', 'F99-nothing', {}, 'REFUSED'],
  ])('refuses %s and keeps what holds', async (_what, id, change, code) => {
    const { client, engine } = await opened()
    const setting = { ...ruleSettingSchema.parse({}), ...change }
    await expect(client.rules.save({ pair: 'pair', rule: id, setting })).rejects.toMatchObject({ code })
    expect([engine.store.pairs.get('pair')?.settings.rules, engine.store.audit.count()]).toEqual([{}, 0])
  })
})
