/** What screens are told of channels and of what went through them. No secret: only where it is kept. */
import { z } from 'zod'
import { channelSchema, channelSettingsSchema, deliveryKinds, deliveryStates } from '../domain/channel.ts'
import { severities } from '../domain/incident.ts'

const instant = z.int()

export const channelView = channelSchema
  .unwrap()
  .omit({ secretRef: true })
  .extend({
    secret: z.object({ stored: z.boolean(), where: z.enum(['keychain', 'environment', 'memory']).nullable(), setAt: instant.nullable() }),
  })
  .readonly()
export type ChannelView = z.infer<typeof channelView>

export const channelDraft = z.object({
  /** Null for a new one. */
  id: z.string().max(64).nullable(),
  label: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  settings: channelSettingsSchema,
  /** `password` of an e-mail account, `address` of a webhook, `token`; only those that were typed anew. */
  secrets: z.partialRecord(z.enum(['password', 'address', 'token']), z.string().max(2000)),
})
export type ChannelDraft = z.infer<typeof channelDraft>

export const deliveryView = z
  .object({
    id: z.string(),
    channel: z.string(),
    channelLabel: z.string(),
    kind: z.enum(deliveryKinds),
    severity: z.enum(severities),
    title: z.string(),
    incident: z.string().nullable(),
    state: z.enum(deliveryStates),
    tries: z.int(),
    nextAt: instant.nullable(),
    says: z.string().nullable(),
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .readonly()
export type DeliveryView = z.infer<typeof deliveryView>
