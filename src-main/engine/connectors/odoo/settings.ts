/** What a user enters to connect an Odoo, and what follows from it. */
import { z } from 'zod'
import type { Field } from '../definition.ts'

const address = z
  .url({ protocol: /^https?$/, error: 'a web address such as https://erp.example.com' })
  .transform((text) => (text.endsWith('/') ? text : `${text}/`))

const name = z.string().trim().min(1).max(200)

export const odooSettings = z
  .object({
    baseUrl: address,
    database: name,
    /** The login. Odoo 19 and later know the user by the key alone. */
    user: name.exactOptional(),
    /** Codes of the warehouses whose stock counts; absent: all. */
    warehouses: z.array(z.string().trim().min(1).max(100)).max(200).exactOptional(),
    /** By name; absent: the user's own. */
    company: name.exactOptional(),
  })
  .readonly()
export type OdooSettings = z.output<typeof odooSettings>

export const settingsFields: readonly Field[] = [
  {
    name: 'baseUrl',
    label: 'Address',
    help: 'The address at which Odoo is opened in the browser, without anything behind the host.',
    kind: 'url',
    placeholder: 'https://company.odoo.com',
  },
  {
    name: 'database',
    label: 'Database',
    help: 'The name of the database: on odoo.com most often the first part of the address.',
    kind: 'text',
    placeholder: 'company',
  },
  {
    name: 'user',
    label: 'User',
    help: 'The login of a user of its own for Plumbline. Odoo 19 and later do not ask for it.',
    kind: 'text',
    placeholder: 'plumbline@example.com',
  },
  {
    name: 'company',
    label: 'Company',
    help: 'The name of the company in Odoo, where the user sees several. Leave empty for its own.',
    kind: 'text',
    placeholder: 'My Company',
  },
  {
    name: 'warehouses',
    label: 'Warehouses',
    help: 'Short names (codes) of the warehouses that serve the shop. Leave empty for all.',
    kind: 'list',
    placeholder: 'WH',
  },
]

export const secretFields: readonly Field[] = [
  {
    name: 'apiKey',
    label: 'API key',
    help: "Made in Odoo under the user's preferences, Account Security. Kept in the keychain of this computer. In Odoo 19 a key lasts three months at most.",
    kind: 'password',
    placeholder: '',
  },
]
