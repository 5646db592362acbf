/** A pair: a shop with an ERP, and the settings of the business they share. Nothing of the business is in code. */
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { idSchema, roles } from './connection.ts'
import { decimalSchema } from './decimal.ts'
import { severities } from './incident.ts'
import { ownersSchema } from './ownership.ts'
import { pairMapShapes } from './pair-maps.ts'

export const dueBases = ['placed', 'authorised', 'captured'] as const
export type DueBasis = (typeof dueBases)[number]

/** By which moment a day's takings are counted in the shop, and its bookings in the ERP. */
export const shopBases = ['captured', 'placed'] as const
export const erpBases = ['document', 'created'] as const
export interface CloseBasis {
  readonly shop: (typeof shopBases)[number]
  readonly erp: (typeof erpBases)[number]
}

const reference = z
  .string()
  .max(300)
  .superRefine((pattern, context) => {
    const problem = referenceProblem(pattern)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

/** How a rule is wanted, for a pair or for one of its markets: null leaves it as it is one step up. */
const ruleTerms = {
  severity: z.enum(severities).nullable().default(null),
  /** Who answers for its incidents: a person's or a role's id. */
  owner: z.string().max(100).nullable().default(null),
  /** From opening to resolved; critical in elapsed time, others in the owner's working time. */
  slaMinutes: z.int().min(1).max(525_600).nullable().default(null),
  /** From opening to when somebody must have reacted, counted alike; then the channels are told. */
  reactMinutes: z.int().min(1).max(525_600).nullable().default(null),
  /** The rule's own parameters, by name; what they may be is the rule's to say. */
  params: z.record(z.string(), z.unknown()).default({}),
}

/** What is otherwise in one market than in the pair's others. */
export const marketSettingSchema = z.strictObject({ on: z.boolean().nullable().default(null), ...ruleTerms })
export type MarketSetting = z.infer<typeof marketSettingSchema>

/** How a pair wants one rule: what is left out is the rule's own. */
export const ruleSettingSchema = z.strictObject({
  on: z.boolean().default(true),
  ...ruleTerms,
  /** By country. */
  markets: z.record(z.string().regex(/^[A-Z]{2}$/), marketSettingSchema).default({}),
})
export type RuleSetting = z.infer<typeof ruleSettingSchema>

/** Of a rule of which a pair says nothing. */
export const unset: RuleSetting = ruleSettingSchema.parse({})

/** A rule's setting as it holds in one market; null: where no market is in question. */
export function settingIn(set: RuleSetting, market: string | null): Omit<RuleSetting, 'markets'> {
  // a market may be called like something that every object has
  const here = market !== null && Object.hasOwn(set.markets, market) ? set.markets[market] : undefined
  if (here === undefined) return set
  return {
    on: here.on ?? set.on,
    severity: here.severity ?? set.severity,
    owner: here.owner ?? set.owner,
    slaMinutes: here.slaMinutes ?? set.slaMinutes,
    reactMinutes: here.reactMinutes ?? set.reactMinutes,
    params: { ...set.params, ...here.params },
  }
}

/** Whether it is judged nowhere, in no market either. */
export function isOffThroughout(set: RuleSetting | undefined): boolean {
  return set !== undefined && !set.on && Object.values(set.markets).every((here) => here.on !== true)
}

/** Whether it is judged in the pair, and in each of its markets. */
export function isOnThroughout(set: RuleSetting | undefined): boolean {
  return set === undefined || (set.on && Object.values(set.markets).every((here) => here.on !== false))
}

const actorId = z.string().trim().min(1).max(200)

export const pairSettingsSchema = z
  .strictObject({
    /** Nothing due before this instant is judged. */
    since: z.iso.datetime({ offset: true }).nullable().default(null),
    /** Finds the shop's number in an ERP reference: a regex with the group `number` and perhaps `store`. Null: the whole reference is the number. */
    reference: reference.nullable().default(null),
    /** The code that the group `store` must equal; null: the shop connection's id. */
    store: z.string().max(100).nullable().default(null),
    /** When the ERP should have an order, by payment method; `*` for every other method. */
    due: z.record(z.string(), z.enum(dueBases)).default({}),
    graceMinutes: z.number().min(0).max(10_080).default(15),
    stockTargetMinutes: z.number().min(0).max(10_080).default(15),
    stockBuffer: z.int().min(0).default(0),
    /** ERP warehouse code to shop location name. Empty: where both sides have one location, these two. */
    locations: z.record(z.string(), z.string()).default({}),
    /** Shop channels in scope; empty: all. */
    channels: z.array(z.string()).max(200).default([]),
    /** What marks an order as a test: found in its marks or its customer's e-mail, case ignored. */
    testMarks: z.array(z.string().min(1)).max(200).default([]),
    /** Where the merchant's business day begins and ends: an IANA name. Null: where this computer is. */
    zone: z.string().max(60).refine((zone) => IANAZone.isValidZone(zone), 'not a time zone, such as Europe/Paris').nullable().default(null),
    /** From which day on each day is to be signed off; null: nobody signs. */
    signOffFrom: z.iso.date().nullable().default(null),
    /** By first capture or by when an order was placed; by a document's own day or by when it was made. */
    closeBasis: z
      .strictObject({ shop: z.enum(shopBases).default('captured'), erp: z.enum(erpBases).default('document') })
      .default({ shop: 'captured', erp: 'document' }),
    /** Who makes documents in the ERP, by the platform's own ids of its users. Who is in neither list is not judged. */
    actors: z
      .strictObject({ integration: z.array(actorId).max(200).default([]), people: z.array(actorId).max(2000).default([]) })
      .refine(({ integration, people }) => !people.some((user) => integration.includes(user)), 'one user cannot be both the integration and a person')
      .default({ integration: [], people: [] }),
    /** How much of the ERP's stock the shop may offer: 0.5 is half of it. */
    stockShare: decimalSchema.refine((share) => Number(share) > 0 && Number(share) <= 1, 'more than 0, and 1 at most').default('1'),
    /** The shop never offers more units of a SKU; null: all there are. */
    stockCap: z.int().min(0).nullable().default(null),
    skuMap: pairMapShapes.skuMap.default({}),
    bundles: pairMapShapes.bundles.default({}),
    units: pairMapShapes.units.default({}),
    packs: pairMapShapes.packs.default({}),
    taxCodes: pairMapShapes.taxCodes.default({}),
    statusMap: pairMapShapes.statusMap.default({}),
    markets: pairMapShapes.markets.default({}),
    shippingMethods: pairMapShapes.shippingMethods.default({}),
    salesChannels: pairMapShapes.salesChannels.default({}),
    paymentMethods: pairMapShapes.paymentMethods.default({}),
    discountCodes: pairMapShapes.discountCodes.default({}),
    /** By kind of facts; one that is not named has no owner. */
    owners: ownersSchema.default({}),
    /** By rule id; a rule that is not named is as it comes. */
    rules: z.record(z.string().max(100), ruleSettingSchema).default({}),
  })
  .readonly()
export type PairSettings = z.infer<typeof pairSettingsSchema>

const { shape } = pairSettingsSchema.unwrap()

/** Some settings of a pair. Without defaults, which a partial object fills in: what is not named stays as it was. */
export const pairSettingsChangeSchema = z
  .strictObject({
    since: shape.since.unwrap(),
    reference: shape.reference.unwrap(),
    store: shape.store.unwrap(),
    due: shape.due.unwrap(),
    graceMinutes: shape.graceMinutes.unwrap(),
    stockTargetMinutes: shape.stockTargetMinutes.unwrap(),
    stockBuffer: shape.stockBuffer.unwrap(),
    locations: shape.locations.unwrap(),
    channels: shape.channels.unwrap(),
    testMarks: shape.testMarks.unwrap(),
    zone: shape.zone.unwrap(),
    signOffFrom: shape.signOffFrom.unwrap(),
    closeBasis: shape.closeBasis.unwrap(),
    actors: shape.actors.unwrap(),
    stockShare: shape.stockShare.unwrap(),
    stockCap: shape.stockCap.unwrap(),
    skuMap: shape.skuMap.unwrap(),
    bundles: shape.bundles.unwrap(),
    units: shape.units.unwrap(),
    packs: shape.packs.unwrap(),
    taxCodes: shape.taxCodes.unwrap(),
    statusMap: shape.statusMap.unwrap(),
    markets: shape.markets.unwrap(),
    shippingMethods: shape.shippingMethods.unwrap(),
    salesChannels: shape.salesChannels.unwrap(),
    paymentMethods: shape.paymentMethods.unwrap(),
    discountCodes: shape.discountCodes.unwrap(),
    owners: shape.owners.unwrap(),
    rules: shape.rules.unwrap(),
  } satisfies Record<keyof PairSettings, z.ZodType>)
  .partial()
export type PairSettingsChange = z.infer<typeof pairSettingsChangeSchema>

export const pairSchema = z
  .object({
    id: idSchema,
    shop: idSchema,
    erp: idSchema,
    with: z.array(z.object({ role: z.enum(roles), connection: idSchema })).default([]),
    settings: pairSettingsSchema,
  })
  .readonly()
export type Pair = z.infer<typeof pairSchema>

/** Why a reference pattern cannot be used, in words; null when it can. */
export function referenceProblem(pattern: string): string | null {
  try {
    RegExp(pattern, 'u')
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
  if (!pattern.includes('(?<number>')) return 'needs a group named number, such as (?<number>SO-\\d+)'
  return null
}

/** The shop number that an ERP reference names for this pair; null when it names none, or another store's. */
export function numberIn(referenceText: string, settings: PairSettings, shopId: string): string | null {
  const trimmed = referenceText.trim()
  if (settings.reference === null) return trimmed === '' ? null : trimmed
  const groups = new RegExp(settings.reference, 'u').exec(trimmed)?.groups
  const number = groups?.['number']
  if (number === undefined || number === '') return null
  const store = groups?.['store']
  if (store !== undefined && store.toLowerCase() !== (settings.store ?? shopId).toLowerCase()) return null
  return number
}

/** Who a user of the ERP is to this pair; null where the settings name nobody, or the ERP does not say who it was. */
export function actorOf(user: string | null, { actors }: Pick<PairSettings, 'actors'>): 'integration' | 'person' | 'unknown' | null {
  if (user === null || actors.integration.length + actors.people.length === 0) return null
  if (actors.people.includes(user)) return 'person'
  return actors.integration.includes(user) ? 'integration' : 'unknown'
}

export function dueBasisFor(method: string | null, settings: PairSettings): DueBasis {
  // a method may be called like something that every object has
  const own = method !== null && Object.hasOwn(settings.due, method) ? settings.due[method] : undefined
  return own ?? settings.due['*'] ?? 'captured'
}
