/** Gives every incident an owner and a deadline in the transaction that opens it, and again when rules, hours or weight change. */
import { z } from 'zod'
import { officeHours, slaDue } from '../../domain/calendar.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Severity } from '../../domain/incident.ts'
import type { HeldPolicy } from '../../domain/fault.ts'
import { type RuleSetting, settingIn } from '../../domain/pair.ts'
import { type Owner, firstPerson } from '../../domain/person.ts'
import type { Tx } from '../store/database.ts'
import type { Duty } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { heldPolicies } from './fault-policies.ts'
import { holderOf } from './rule-settings.ts'

/** From opening to resolved, where a pair says nothing else: critical in elapsed minutes, others in the owner's working ones. */
export const slaMinutesDefault: Readonly<Record<Severity, number>> = {
  critical: 4 * 60,
  high: 8 * 60,
  medium: 3 * 8 * 60,
  low: 10 * 8 * 60,
}

/** From opening to when somebody must have reacted; null: the daily digest is enough. */
export const reactMinutesDefault: Readonly<Record<Severity, number | null>> = { critical: 15, high: 60, medium: null, low: null }

const defaultOwner = z.string().max(100)

/** Incidents settled in one go; who opens more in one transaction asks again. */
const batchMax = 1000

export interface DutyParts {
  readonly store: Store
  readonly clock: Pick<Clock, 'now'>
  /** Where the merchant is, for the hours of the first person. */
  readonly zone: string
}

function defaultOwnerIn(store: Store): string {
  return store.settings.get('default-owner', defaultOwner) ?? firstPerson
}

/** Who answers for what a rule finds, as things stand; null before anybody is known. */
export function ownerIn(store: Store, rule: RuleSetting | null): Owner | null {
  return firstKnown(store, [rule?.owner, defaultOwnerIn(store)])
}

/** Whom nobody knows any more names nobody: the next one answers. */
function firstKnown(store: Store, wished: readonly (string | null | undefined)[]): Owner | null {
  for (const id of wished) {
    const owner = id == null ? null : store.people.owner(id)
    if (owner !== null) return owner
  }
  return null
}

export function newDuty({ store, clock, zone }: DutyParts) {
  /** Who answers where a rule names nobody. */
  const ownerByDefault = (): string => defaultOwnerIn(store)

  /** Whom a person gave it to, else whom the rule names in its market or at all, else whom the class of faults names. */
  function ownerOf(tx: Tx, duty: Duty, rule: RuleSetting | null, policy: HeldPolicy | null): Owner {
    const here = duty.market === null ? undefined : rule?.markets[duty.market]
    const wished = duty.ownedBy === 'person' ? [duty.owner] : [here?.owner, rule?.owner, policy?.person]
    return firstKnown(store, [...wished, ownerByDefault()]) ?? first(tx)
  }

  function first(tx: Tx): Owner {
    const known = store.people.owner(firstPerson)
    if (known !== null) return known
    const person = { id: firstPerson, name: 'You', email: null, calendar: officeHours(zone) }
    store.people.savePerson(tx, person, clock.now())
    return person
  }

  /** Works out what is still to be worked out; nothing when all is settled. */
  function settle(tx: Tx): void {
    let batch = store.duties.open(batchMax)
    if (batch.length === 0) return
    const policies = heldPolicies(store)
    const pairs = store.pairs.list()
    const byId = new Map(pairs.map((pair) => [pair.id, pair]))
    for (; batch.length > 0; batch = store.duties.open(batchMax)) {
      for (const duty of batch) {
        const holder = duty.pair === null ? holderOf(pairs, duty.connection, duty.rule) : byId.get(duty.pair)
        const rule = holder?.settings.rules[duty.rule] ?? null
        const policy = duty.faultClass === null ? null : policies[duty.faultClass]
        const owner = ownerOf(tx, duty, rule, policy)
        const set = rule === null ? null : settingIn(rule, duty.market)
        const slaMinutes = set?.slaMinutes ?? policy?.slaMinutes ?? slaMinutesDefault[duty.severity]
        const kept = duty.ownedBy === 'person' && duty.owner === owner.id
        const dueAt = slaDue(duty, slaMinutes, owner.calendar)
        const reactMinutes = set?.reactMinutes ?? policy?.escalateMinutes ?? reactMinutesDefault[duty.severity]
        const reactAt = reactMinutes === null ? null : slaDue({ ...duty, openedAt: duty.toldAt }, reactMinutes, owner.calendar)
        store.duties.settle(tx, duty.id, { owner: owner.id, ownedBy: kept ? 'person' : 'rule', dueAt, reactAt })
      }
    }
  }

  return {
    ownerByDefault,
    setDefault(tx: Tx, owner: string): void {
      store.settings.save(tx, 'default-owner', defaultOwner, owner)
    },
    /** Whoever installed it answers from the first second, for what an older version had opened, too. */
    begin(): void {
      store.transaction((tx) => {
        if (store.people.people().length === 0) first(tx)
        settle(tx)
      })
    },
    settle,
  }
}

export type DutyRoster = ReturnType<typeof newDuty>
