/**
 * What a user enters to connect a Tryton, and what follows from it: the server's address and the
 * database's path.
 */
import { z } from 'zod'
import type { Field } from '../definition.ts'

const address = z
  .url({ protocol: /^https?$/, error: 'a web address such as https://erp.example.com/company/' })
  .refine(
    (text) => databaseIn(text) !== null,
    'must end with the database, such as https://erp.example.com/company/',
  )
  .transform((text) => (text.endsWith('/') ? text : `${text}/`))

export const trytonSettings = z
  .object({
    /** With the database as its last part. */
    baseUrl: address,
    user: z.string().min(1).max(200),
    /** Codes of the warehouses whose stock counts; absent: all. */
    warehouses: z.array(z.string().min(1).max(100)).max(200).exactOptional(),
  })
  .readonly()
export type TrytonSettings = z.output<typeof trytonSettings>

export const settingsFields: readonly Field[] = [
  {
    name: 'baseUrl',
    label: 'Address',
    help: 'The address of the Tryton server, with the name of the database at its end.',
    kind: 'url',
    placeholder: 'https://erp.example.com/company/',
  },
  {
    name: 'user',
    label: 'User',
    help: 'A user of its own for Plumbline, with the right to read sales, invoices and stock, and to enter sales if repairs are wanted.',
    kind: 'text',
    placeholder: 'plumbline',
  },
  {
    name: 'warehouses',
    label: 'Warehouses',
    help: 'Codes of the warehouses that serve the shop. Leave empty for all.',
    kind: 'list',
    placeholder: 'WH-LYON',
  },
]

export const secretFields: readonly Field[] = [
  {
    name: 'password',
    label: 'Password',
    help: 'Kept in the keychain of this computer. Tryton slows every login down after a wrong one.',
    kind: 'password',
    placeholder: '',
  },
]

/** `company/` of `https://erp.example.com/company/`: what every path of a request begins with. */
export function databasePath(settings: TrytonSettings): string {
  return `${databaseIn(settings.baseUrl) ?? ''}/`
}

/** The root of the server, which alone tells its version. Ends with a slash. */
export function serverUrl(settings: TrytonSettings): string {
  return settings.baseUrl.replace(/[^/]+\/*$/, '')
}

function databaseIn(text: string): string | null {
  const path = URL.parse(text)?.pathname.replace(/\/+$/, '') ?? ''
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name === '' ? null : name
}
