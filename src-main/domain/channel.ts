/** Ways to reach somebody who is not looking at the screen: e-mail, a webhook, a push to a phone; and when not to. */
import { IANAZone } from 'luxon'
import { z } from 'zod'
import { idSchema } from './connection.ts'
import { isLoopback } from './loopback.ts'

export const channelKinds = ['email', 'webhook', 'push'] as const
export type ChannelKind = (typeof channelKinds)[number]

const host = z.string().trim().regex(/^[a-z0-9.:[\]-]{1,253}$/i, 'a server’s name, such as smtp.example.com')

/** Without TLS a password would cross the network readable to others: only this very computer may be spoken to so. */
const emailSettings = z
  .object({
    kind: z.literal('email'),
    host,
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().trim().max(254).nullable(),
    from: z.email().max(254),
    /** Beside the owner's own address. */
    to: z.array(z.email().max(254)).max(50),
  })
  .refine(({ security, host: name }) => security !== 'none' || isLoopback(name), {
    message: 'Without TLS only a server on this same computer may be used.',
    path: ['security'],
  })

/** Its address may hold what lets one in, so that the address is a secret; `host` is what may be shown of it. */
const webhookSettings = z.object({ kind: z.literal('webhook'), host: z.string().max(300) })

/** Any server that speaks as ntfy does. */
const pushSettings = z.object({
  kind: z.literal('push'),
  server: z.url({ protocol: /^https?$/ }).max(300),
  topic: z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, - and _'),
})

export const channelSettingsSchema = z.discriminatedUnion('kind', [emailSettings, webhookSettings, pushSettings])
export type ChannelSettings = z.infer<typeof channelSettingsSchema>

export const channelSchema = z
  .object({
    id: idSchema,
    label: z.string().trim().min(1).max(120),
    enabled: z.boolean(),
    settings: channelSettingsSchema,
    secretRef: z.string().nullable(),
  })
  .readonly()
export type Channel = z.infer<typeof channelSchema>

export const deliveryKinds = ['escalation', 'digest', 'test'] as const
/** Dropped: before it left, there was nothing any more that it could have said. */
export const deliveryStates = ['waiting', 'sent', 'failed', 'dropped'] as const
export type DeliveryState = (typeof deliveryStates)[number]

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'no time of day, such as 22:00')
const zone = z.string().refine((name) => IANAZone.isValidZone(name), 'not a time zone, such as Europe/Paris')

/** When nobody is disturbed; what comes then waits until the end of it. */
export const quietSchema = z
  .object({ enabled: z.boolean(), from: timeOfDay, to: timeOfDay, zone, exceptCritical: z.boolean() })
  .refine(({ from, to }) => from !== to, { message: 'must end at another time than it begins', path: ['to'] })
export type Quiet = z.infer<typeof quietSchema>

/** One message a day about all that is open, through every channel. */
export const digestSchema = z.object({ enabled: z.boolean(), at: timeOfDay, zone })
export type Digest = z.infer<typeof digestSchema>
