/** A headless run's profile: connections, pairs and where their secrets are. A password in it is refused. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { idSchema } from '../domain/connection.ts'
import { pairSchema, pairSettingsSchema } from '../domain/pair.ts'
import { baseOf } from './connectors/address.ts'
import { connectorFor, connectors } from './connectors/registry.ts'

const notLiteral = 'is a password in plain text; name an environment variable {"env":"VAR"} or a keychain entry {"keychain":"REF"} instead'

const secretSourceSchema = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ keychain: z.string().min(1) })],
  { error: (issue) => (typeof issue.input === 'string' ? notLiteral : 'must be {"env":"VAR"} or {"keychain":"REF"}') },
)

export const profileSchema = z.strictObject({
  connections: z
    .array(
      z.strictObject({
        id: idSchema,
        platform: z.string().min(1),
        label: z.string().min(1).max(120).optional(),
        settings: z.record(z.string(), z.unknown()),
        secrets: z.record(z.string(), secretSourceSchema),
      }),
    )
    .min(1)
    .max(100),
  pairs: z
    .array(
      z.strictObject({
        id: idSchema,
        shop: idSchema,
        erp: idSchema,
        with: pairSchema.unwrap().shape.with.optional(),
        settings: pairSettingsSchema.unwrap().partial().optional(),
      }),
    )
    .max(100)
    .default([]),
  /** Path of the database, relative to where the command runs; left out: nothing is kept after the run. */
  database: z.string().min(1).optional(),
})
export type Profile = z.infer<typeof profileSchema>

export type ProfileRead = { readonly profile: Profile } | { readonly problem: string }

/** One sentence that names the field, or the profile. */
export function readProfile(path: string): ProfileRead {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { problem: `The profile ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.` }
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // what JSON.parse says may quote the text, and the text may hold a password
    return { problem: `The profile ${path} is not valid JSON.` }
  }
  return parseProfile(json)
}

export function parseProfile(json: unknown): ProfileRead {
  const parsed = profileSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { problem: `The profile's ${fieldName(issue?.path ?? [])} ${wordsOf(issue)}.` }
  }
  const problem = misfit(parsed.data)
  return problem === null ? { profile: parsed.data } : { problem }
}

/** What the schema alone cannot see: platforms, their own settings, and who may be paired with whom. */
function misfit(profile: Profile): string | null {
  const ids = new Set<string>()
  for (const [index, connection] of profile.connections.entries()) {
    const at = `connections[${index}]`
    if (ids.has(connection.id)) return `The profile's ${at}.id is there twice: ${connection.id}.`
    ids.add(connection.id)
    const connector = connectorFor(connection.platform)
    if (connector === null) {
      return `The profile's ${at}.platform must be one of ${[...connectors.keys()].join(', ')}.`
    }
    const settings = connector.settings.safeParse(connection.settings)
    if (!settings.success) {
      const issue = settings.error.issues[0]
      return `The profile's ${at}.settings.${fieldName(issue?.path ?? [])} ${wordsOf(issue)}.`
    }
    // an address with a password in it would be a literal secret, kept in the database
    const base = baseOf(connector.baseUrl(settings.data))
    if (!base.ok) return `The profile's ${at}.settings.${base.fault.path ?? 'baseUrl'} is not usable: ${base.fault.says}`
    const lacking = connector.secretFields.find((field) => connection.secrets[field.name] === undefined)
    if (lacking !== undefined) return `The profile's ${at}.secrets.${lacking.name} is missing.`
  }
  const roleOf = (id: string) => connectorFor(profile.connections.find((one) => one.id === id)?.platform ?? '')?.role
  for (const [index, pair] of profile.pairs.entries()) {
    for (const side of ['shop', 'erp'] as const) {
      if (roleOf(pair[side]) !== side) return `The profile's pairs[${index}].${side} must be the id of a connection to ${side === 'erp' ? 'an ERP' : 'a shop'}.`
    }
  }
  return null
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return name === '' ? 'content' : name.replace(/^\./, '')
}

function wordsOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'is not valid'
  if (issue.code === 'unrecognized_keys') return `has an unknown field ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  return /^(is|must|needs|not) /.test(issue.message) ? issue.message : `is not valid: ${issue.message.toLowerCase()}`
}

/** Shipped as resources/profile.schema.json, for editors. */
export function profileJsonSchema(): unknown {
  return z.toJSONSchema(profileSchema, { io: 'input', unrepresentable: 'any' })
}
