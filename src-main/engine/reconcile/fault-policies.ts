/** The classes of faults as this installation holds them: what somebody has set, over what they come with. */
import { z } from 'zod'
import { type FaultClass, type FaultSetting, type HeldPolicy, faultClasses, faultPolicies, faultSettingSchema } from '../../domain/fault.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'

const settingsSchema = z.partialRecord(z.enum(faultClasses), faultSettingSchema)
const key = 'fault-policies'

export function faultSettings(store: Store): z.infer<typeof settingsSchema> {
  return store.settings.get(key, settingsSchema) ?? {}
}

/** Null: as it comes. */
export function saveFaultSetting(tx: Tx, store: Store, name: FaultClass, setting: FaultSetting | null): void {
  const { [name]: _before, ...others } = faultSettings(store)
  store.settings.save(tx, key, settingsSchema, setting === null ? others : { ...others, [name]: setting })
}

export function heldPolicies(store: Store): Readonly<Record<FaultClass, HeldPolicy>> {
  const set = faultSettings(store)
  const held = faultClasses.map((name) => [name, { ...faultPolicies[name], person: null, ...set[name] }] as const)
  // one entry for each class of the closed list
  return Object.fromEntries(held) as Record<FaultClass, HeldPolicy>
}

/** Who acts on a class, as a person would say it: by name where somebody is named. */
export function actorOf(store: Store, policy: HeldPolicy): string {
  const named = policy.person === null ? null : store.people.owner(policy.person)
  return named?.name ?? policy.owner
}
