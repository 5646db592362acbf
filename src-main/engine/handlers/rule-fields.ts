/** A rule's parameters as fields of a form, read from the very schema that checks them. */
import { z } from 'zod'
import type { RuleFieldView } from '../../contract/duty-views.ts'

/** What of JSON Schema the parameters of rules are made of. */
const propertySchema = z.object({
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  items: z.object({ type: z.string().optional() }).optional(),
  default: z.unknown(),
  title: z.string().optional(),
  description: z.string().optional(),
  anyOf: z.array(z.object({ type: z.string().optional(), minimum: z.number().optional(), maximum: z.number().optional(), enum: z.array(z.string()).optional() })).optional(),
})
type Property = z.infer<typeof propertySchema>

const objectSchema = z.object({ properties: z.record(z.string(), propertySchema).default({}) })

export function fieldsOf(params: z.ZodType): readonly RuleFieldView[] {
  const { properties } = objectSchema.parse(z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }))
  return Object.entries(properties).map(([name, whole]) => [name, besideNull(whole)] as const).map(([name, property]) => ({
    name,
    label: property.title ?? wordsOf(name),
    says: property.description ?? null,
    kind: kindOf(property),
    least: bound(property.minimum ?? property.exclusiveMinimum),
    most: bound(property.maximum),
    choices: property.enum ?? [],
    standard: property.default ?? null,
  }))
}

/** What may be left empty is a choice between that and nothing. */
function besideNull(property: Property): Property {
  return { ...property, ...property.anyOf?.find((one) => one.type !== 'null') }
}

/** The bounds that every whole number of JavaScript has are no bounds that a person should read. */
function bound(at: number | undefined): number | null {
  return at === undefined || Math.abs(at) >= Number.MAX_SAFE_INTEGER ? null : at
}

function kindOf(property: Property): RuleFieldView['kind'] {
  if (property.enum !== undefined) return 'choice'
  switch (property.type) {
    case 'integer':
      return 'whole'
    case 'number':
      return 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'switch'
    case 'array':
      return property.items?.type === 'string' ? 'list' : 'json'
    default:
      return 'json'
  }
}

/** `graceMinutes` is read as "Grace minutes". */
function wordsOf(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
