/** A headless run's profile: connections, pairs and where their secrets are. A password in it is refused. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { idSchema } from '../domain/connection.ts'
import { pairSchema, pairSettingsSchema } from '../domain/pair.ts'
import { baseOf } from './connectors/address.ts'
import { secretWanted } from './connectors/definition.ts'
import { connectorFor, connectors } from './connectors/registry.ts'
import { catalogue } from './reconcile/registry.ts'
import { ruleProblem } from './reconcile/rule-settings.ts'

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
  // with the input only so that what is missing is told from what is of another kind; it is never repeated
  const parsed = profileSchema.safeParse(json, { reportInput: true })
  if (!parsed.success) return { problem: problemOf([], parsed.error.issues[0]) }
  const problem = misfit(parsed.data)
  return problem === null ? { profile: parsed.data } : { problem }
}

/** What the schema alone cannot see: platforms, their own settings, and who may be paired with whom. */
function misfit(profile: Profile): string | null {
  for (const [index, connection] of profile.connections.entries()) {
    const at = ['connections', index]
    if (profile.connections.findIndex((one) => one.id === connection.id) < index) return sentence([...at, 'id'], `is there twice: ${connection.id}`)
    const problem = misfitOf(at, connection)
    if (problem !== null) return problem
  }
  const roleOf = (id: string) => connectorFor(profile.connections.find((one) => one.id === id)?.platform ?? '')?.role
  for (const [index, pair] of profile.pairs.entries()) {
    const at = ['pairs', index]
    if (profile.pairs.findIndex((one) => one.id === pair.id) < index) return sentence([...at, 'id'], `is there twice: ${pair.id}`)
    for (const side of ['shop', 'erp'] as const) {
      if (roleOf(pair[side]) !== side) {
        return sentence([...at, side], `must be the id of a connection to ${side === 'erp' ? 'an ERP' : 'a shop'}`)
      }
    }
    const refusal = ruleProblem({ rules: pair.settings?.rules ?? {} }, catalogue)
    if (refusal !== null) return `${sentence([...at, 'settings', 'rules'], 'cannot be used')} ${refusal}`
    const lost = (pair.with ?? []).findIndex(({ connection, role }) => roleOf(connection) !== role)
    if (lost !== -1) return sentence([...at, 'with', lost, 'connection'], 'must be the id of a connection of that role')
  }
  return null
}

function misfitOf(at: readonly PropertyKey[], connection: Profile['connections'][number]): string | null {
  const connector = connectorFor(connection.platform)
  if (connector === null) return sentence([...at, 'platform'], `must be one of ${[...connectors.keys()].join(', ')}`)
  const settings = connector.settings.safeParse(connection.settings, { reportInput: true })
  if (!settings.success) return problemOf([...at, 'settings'], settings.error.issues[0])
  // an address with a password in it would be a literal secret, kept in the database
  const base = baseOf(connector.baseUrl(settings.data))
  if (!base.ok) return `${sentence([...at, 'settings', base.fault.path ?? 'baseUrl'], 'cannot be used')} ${base.fault.says}`
  // a misspelt name would be passed over in silence, and its default taken
  const known = { settings: connector.settingsFields, secrets: connector.secretFields }
  for (const part of ['settings', 'secrets'] as const) {
    const stranger = Object.keys(connection[part]).find((name) => known[part].every((field) => field.name !== name))
    if (stranger !== undefined) return sentence([...at, part], `has an unknown field ${stranger}`)
  }
  const lacking = secretWanted(connector, new Set(Object.keys(connection.secrets)))
  return lacking === null ? null : sentence([...at, 'secrets', lacking.name], 'is missing')
}

function problemOf(at: readonly PropertyKey[], issue: z.core.$ZodIssue | undefined): string {
  return sentence([...at, ...(issue?.path ?? [])], issue === undefined ? 'is not valid' : wordsOf(issue))
}

function sentence(path: readonly PropertyKey[], words: string): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `${name === '' ? 'The profile' : `The profile's ${name.replace(/^\./, '')}`} ${words}.`
}

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object in braces',
  record: 'an object in braces',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

/** An issue as the end of a sentence that begins with the field's name. */
function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has an unknown field ${issue.keys.join(', ')}`
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `must be at least ${issue.minimum}` : 'must not be empty'
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `must be at most ${issue.maximum}` : `is too long: at most ${issue.maximum}`
    case 'invalid_format':
      if (issue.format === 'url') return 'must be a web address in full, such as https://shop.example.com'
      return issue.format === 'datetime' ? 'must be a moment with its zone, such as 2026-11-23T09:00:00Z' : `must be ${issue.message}`
    default:
      if (issue.message.startsWith('not ')) return `is ${issue.message}`
      return /^(?:is|must|needs) /.test(issue.message) ? issue.message : `must be ${issue.message}`
  }
}

/** Shipped as resources/profile.schema.json, for editors. */
export function profileJsonSchema(): unknown {
  return z.toJSONSchema(profileSchema, { io: 'input', unrepresentable: 'any' })
}
