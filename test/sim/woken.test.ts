/** Every rule is woken by a scenario of the lying world, so that what it finds and what it leaves alone is measured. */
import { expect, it } from 'vitest'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import { scenarios } from '../../src-main/world/scenarios/registry.ts'

/** The cause of these lies in the monitor's own life or in what its people do, of which the world knows nothing. */
const ofTheMonitor: Readonly<Record<string, string>> = {
  'F12-day-not-signed': 'a day is signed by whoever sits before the monitor',
  'F12-day-reopened': 'so is one that is signed and changes',
  'F12-monitor-blind': 'the monitor itself is asleep',
  'F12-unowned': 'a monitor that runs gives everything to somebody: it is nobody’s only once that person is taken off its lists',
}

const woken = new Set(scenarios.flatMap((one) => one.rules))

it('no rule is without a scenario, but for those whose cause is no part of the world', () => {
  const asleep = [...catalogue.keys()].filter((rule) => !woken.has(rule))
  expect(asleep.toSorted()).toEqual(Object.keys(ofTheMonitor))
})

it('no scenario asks for a rule that nobody wrote', () => {
  expect([...woken].filter((rule) => !catalogue.has(rule))).toEqual([])
})
