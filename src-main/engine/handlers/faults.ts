/** Answers about the classes of faults: thresholds, owner, deadline and escalation of each, here and as it comes. */
import type { FaultClassView } from '../../contract/duty-views.ts'
import { type FaultClass, type FaultSetting, type HeldPolicy, faultClasses, faultPolicies } from '../../domain/fault.ts'
import { hours } from '../../domain/time.ts'
import { faultSettings, heldPolicies, saveFaultSetting } from '../reconcile/fault-policies.ts'
import { historyOf } from './history.ts'
import { type Rooms, os } from './rooms.ts'

export function faultHandlers(rooms: Rooms) {
  const { store, clock, duty } = rooms

  function views(): FaultClassView[] {
    const held = heldPolicies(store)
    const set = faultSettings(store)
    const counts = store.connections.list().map((one) => store.calls.since(one.id, clock.now() - hours(24)))
    return faultClasses.map((name) => ({
      class: name,
      usually: faultPolicies[name].owner,
      policy: settingOf(store.people.owner(held[name].person ?? '') === null ? { ...held[name], person: null } : held[name]),
      isSet: set[name] !== undefined,
      lastDay: counts.reduce((sum, one) => sum + (one.get(name) ?? 0), 0),
    }))
  }

  return {
    list: os.faults.list.handler(views),
    save: os.faults.save.handler(({ input, errors }) => {
      const { setting } = input
      if (setting !== null && setting.person !== null && store.people.owner(setting.person) === null) {
        throw errors.REFUSED({ data: { says: 'Its owner is not among the people and roles any more.', field: 'person' } })
      }
      if (setting !== null && setting.escalateMinutes > setting.slaMinutes) {
        throw errors.REFUSED({ data: { says: 'The next one is told before the deadline is over, not after.', field: 'escalateMinutes' } })
      }
      const before = settingOf(heldPolicies(store)[input.class])
      store.transaction((tx) => {
        saveFaultSetting(tx, store, input.class, setting)
        // owners and deadlines of what is open follow
        store.duties.anew(tx, { pair: null, owner: null })
        duty.settle(tx)
        rooms.audit(tx, { what: 'error class changed', subject: subjectOf(input.class), before, after: settingOf(heldPolicies(store)[input.class]), why: null })
      })
      void rooms.reconcile()
      rooms.publish(['people', 'incidents', 'overview', 'audit'])
      return views()
    }),
    history: os.faults.history.handler(({ input }) => historyOf(store, subjectOf(input.class))),
  }
}

function subjectOf(name: FaultClass): string {
  return `error class ${name}`
}

function settingOf({ person, countMin, shareMin, windowMinutes, severity, slaMinutes, escalateMinutes }: HeldPolicy): FaultSetting {
  return { person, countMin, shareMin, windowMinutes, severity, slaMinutes, escalateMinutes }
}
