/** `@idempotent`: the same key with the same variables gets its first answer again, with others a refusal. */
import { GraphQLError, getDirectiveValues, type GraphQLResolveInfo } from 'graphql'
import type { Asking } from './asking.ts'
import type { Instant } from '../../shop/shop.ts'

const keptForMs = 24 * 60 * 60 * 1000

export class IdempotentAnswers {
  readonly #answers = new Map<string, { readonly asked: string; readonly answer: unknown; readonly at: Instant }>()

  /** What was answered to the key, when it was. */
  find(app: string, key: string, at: Instant): { readonly asked: string; readonly answer: unknown } | null {
    const known = this.#answers.get(`${app} ${key}`)
    return known === undefined || at - known.at > keptForMs ? null : known
  }

  keep(app: string, key: string, asked: string, answer: unknown, at: Instant): void {
    this.#answers.set(`${app} ${key}`, { asked, answer, at })
  }
}

/** From here on a key is asked for when a write is run, although the schema does not ask for it. */
const required = '2026-04'

/** Does a write once for its key; without one, where it is free to be left out, as often as it is asked for. */
export function once(
  args: unknown,
  asking: Asking,
  info: GraphQLResolveInfo,
  write: () => unknown,
  mismatch: () => unknown,
): unknown {
  const key = keyOf(info, asking.version)
  if (key === null) return write()
  const asked = `${info.fieldName} ${JSON.stringify(args)}`
  const { idempotent } = asking.desk
  const known = idempotent.find(asking.app, key, asking.at)
  if (known !== null) return known.asked === asked ? known.answer : mismatch()
  const answer = write()
  idempotent.keep(asking.app, key, asked, answer, asking.at)
  return answer
}

export const mismatchSays = 'The same idempotency key cannot be used with different operation parameters.'

function keyOf(info: GraphQLResolveInfo, version: string): string | null {
  const directive = info.schema.getDirective('idempotent')
  const [node] = info.fieldNodes
  const values =
    directive === null || directive === undefined || node === undefined
      ? undefined
      : getDirectiveValues(directive, node, info.variableValues)
  const key = values?.['key']
  if (typeof key === 'string' && key.trim() !== '') return key
  if (values === undefined && version < required) return null
  const says =
    values === undefined
      ? 'The @idempotent directive is required for this mutation but was not provided.'
      : 'The idempotency key must not be blank.'
  throw new GraphQLError(says, { nodes: info.fieldNodes, extensions: { code: 'BAD_REQUEST' } })
}
