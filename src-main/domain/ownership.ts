/** Who owns each kind of facts that shop and ERP share, and who else may create, change or override them (DESIGN §5). */
import { z } from 'zod'
import { roles } from './connection.ts'

export const ownedDomains = ['stock', 'price', 'tax', 'customer', 'order', 'invoice', 'content', 'shipmentStatus'] as const
export type OwnedDomain = (typeof ownedDomains)[number]

/** Those whose changes tell of who made them; what is said of the others is kept, and found by rules of their own. */
export const watchedDomains = ['price', 'tax', 'customer', 'order', 'invoice', 'content'] as const satisfies readonly OwnedDomain[]
export type WatchedDomain = (typeof watchedDomains)[number]

const side = z.enum(roles)
export type Side = z.infer<typeof side>

const ownershipSchema = z.strictObject({
  owner: side,
  /** Sides beside the owner that may add new ones, as people of the ERP who type in orders; judged of these alone, whose maker is known. */
  create: z.array(side).max(10).default([]),
  /** Sides beside the owner that may change what is there. */
  update: z.array(side).max(10).default([]),
  /** Users of the platforms, by their ids there, who may overrule the owner. */
  override: z.array(z.string().trim().min(1).max(200)).max(500).default([]),
})
export type Ownership = z.infer<typeof ownershipSchema>

/** A kind of facts that is not named has no owner: nothing is found about it. */
export const ownersSchema = z.partialRecord(z.enum(ownedDomains), ownershipSchema)
export type Owners = z.infer<typeof ownersSchema>

/** Who did something: the side it came from (null where nobody says), and the user that the platform names. */
export interface Doer {
  readonly side: Side | null
  readonly user: string | null
}

/** Whether the pair says in so many words that new ones may come from there: an owner, who keeps what there is, need not be who makes it. */
export function mayAdd(owners: Owners, domain: OwnedDomain, { side: from, user }: Doer): boolean {
  const held = owners[domain]
  if (held === undefined) return false
  return (user !== null && held.override.includes(user)) || (from !== null && held.create.includes(from))
}

/** Whether the pair's settings let a change be; null where that cannot be said, or no owner is named. */
export function allows(owners: Owners, domain: OwnedDomain, { side: from, user }: Doer): boolean | null {
  const held = owners[domain]
  if (held === undefined) return null
  if (user !== null && held.override.includes(user)) return true
  if (from === null) return null
  return held.owner === from || held.update.includes(from)
}
