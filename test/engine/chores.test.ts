/** Chores go on for weeks, whatever becomes of one of them. */
import { expect, it } from 'vitest'
import { hours, minutes } from '../../src-main/domain/time.ts'
import { doChores } from '../../src-main/engine/chores.ts'
import { newLog } from '../../src-main/engine/log.ts'
import { aFinding } from '../support/builders.ts'
import { fakeClock, monday } from '../support/clock.ts'
import { aStore } from '../support/store.ts'

function aHousehold(watch: () => Promise<unknown>) {
  const store = aStore()
  const clock = fakeClock()
  const stop = new AbortController()
  const lines: string[] = []
  const told: string[][] = []
  const done = doChores({
    store,
    clock,
    log: newLog({ write: (line) => lines.push(line), clock, format: 'json', atLeast: 'error' }),
    signal: stop.signal,
    retentionDays: () => 90,
    watch,
    tell: (_tx, woken) => told.push([...woken]),
    woke: () => undefined,
    escalate: () => undefined,
    deliver: async () => undefined,
    released: () => undefined,
  })
  return {
    store,
    clock,
    lines,
    told,
    snooze(until: number): void {
      store.transaction((tx) => {
        store.incidents.apply(tx, 'pair', aFinding(), { id: 'i', market: null, dueAt: null, parent: null, at: monday })
        store.incidents.move(tx, 'i', { state: 'snoozed', until, who: 'you', says: 'Later.', at: monday })
      })
    },
    async end(): Promise<void> {
      stop.abort(new Error('the engine stops'))
      await done
    },
  }
}

it('a chore that fails is told, and done again the next time', async () => {
  let watched = 0
  const house = aHousehold(async () => {
    watched += 1
    if (watched === 1) throw new Error('the file is busy')
  })
  await house.clock.advance(hours(3))
  await house.end()
  expect([watched, house.lines.length]).toEqual([4, 1])
  expect(house.lines[0]).toContain('the file is busy')
})

it('a watch that takes hours keeps nobody asleep', async () => {
  const house = aHousehold(() => house.clock.sleep(hours(5)))
  house.snooze(monday + minutes(10))
  await house.clock.advance(minutes(12))
  expect([house.store.incidents.get('i')?.state, house.told]).toEqual(['open', [['i']]])
  const over = house.end()
  await house.clock.advance(hours(5))
  await over
})

it('nothing is left waiting when the engine stops, and nothing is told as a fault', async () => {
  const house = aHousehold(async () => undefined)
  await house.clock.advance(minutes(1))
  await house.end()
  expect([house.clock.sleeping(), house.lines]).toEqual([0, []])
})

it('a snooze that a person ended, or that evidence did, wakes nobody', async () => {
  const house = aHousehold(async () => undefined)
  house.snooze(monday + minutes(5))
  house.store.transaction((tx) => house.store.incidents.resolve(tx, 'i', 'Both sides have it.', monday))
  await house.clock.advance(minutes(10))
  expect([house.store.incidents.get('i')?.state, house.told]).toEqual(['resolved', []])
  await house.end()
})

it('notes when it was awake, and begins anew after a sleep', async () => {
  const house = aHousehold(async () => undefined)
  await house.clock.advance(minutes(30))
  house.clock.jump(hours(8))
  await house.clock.advance(minutes(5))
  await house.end()
  const [present, before] = house.store.watch.latest()
  expect([before?.from, before?.until]).toEqual([monday, monday + minutes(30)])
  expect((present?.from ?? 0) - monday - minutes(30)).toBeGreaterThanOrEqual(hours(8))
})

it('takes a clock that is put back for no sleep', async () => {
  const house = aHousehold(async () => undefined)
  await house.clock.advance(minutes(30))
  house.clock.jump(-minutes(20))
  await house.clock.advance(minutes(40))
  await house.end()
  expect(house.store.watch.latest()).toHaveLength(1)
})
