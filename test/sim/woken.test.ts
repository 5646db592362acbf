/** Every rule is woken by a scenario of the lying world or of the monitor's own life, so that what it finds and what it leaves alone is measured. */
import { expect, it } from 'vitest'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import { scenarios } from '../../src-main/world/scenarios/registry.ts'
import { deskScenarios } from './desk/desk.ts'

/** The cause of these lies in what people do before the monitor, of which neither knows anything. */
const ofPeople: Readonly<Record<string, string>> = {
  'F12-day-not-signed': 'a day is signed by whoever sits before the monitor',
  'F12-day-reopened': 'so is one that is signed and changes',
  'F12-unowned': 'a role is left by the last of its people',
}

const woken = new Set([...scenarios, ...deskScenarios].flatMap((one) => one.rules))

it('no rule is without a scenario, but for those whose cause is what people do', () => {
  const asleep = [...catalogue.keys()].filter((rule) => !woken.has(rule))
  expect(asleep.toSorted()).toEqual(Object.keys(ofPeople))
})

it('no scenario asks for a rule that nobody wrote', () => {
  expect([...woken].filter((rule) => !catalogue.has(rule))).toEqual([])
})
