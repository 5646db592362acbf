/** What is asked of a person who connects a Medusa shop. */
import { z } from 'zod'
import type { Field } from '../definition.ts'
import { orderNumberSchema } from './number.ts'

export const settingsSchema = z.object({ baseUrl: z.url(), orderNumber: orderNumberSchema })
export type Settings = z.output<typeof settingsSchema>

export const settingsFields: readonly Field[] = [
  {
    name: 'baseUrl',
    label: 'Address of the Medusa server',
    help: 'The address of the backend, not that of the shop front.',
    kind: 'url',
    placeholder: 'https://shop.example.com',
  },
  {
    name: 'orderNumber',
    label: 'Order number',
    help: 'Which field holds the number that the ERP refers to: display_id, custom_display_id, or metadata.KEY.',
    kind: 'text',
    placeholder: 'display_id',
  },
]

export const secretFields: readonly Field[] = [
  {
    name: 'apiKey',
    label: 'Secret API key',
    help: 'Made in Medusa under Settings, Secret API Keys. It begins with sk_.',
    kind: 'password',
    placeholder: 'sk_…',
  },
]
