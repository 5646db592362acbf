/** Global ids: `gid://shopify/Order/5900000000001`, some of them with a query after the number. */
import { GraphQLError } from 'graphql'
import { noGlobalId } from './refusals.ts'

export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`
}

/** Null for what is no global id. */
export function parseGid(text: string): { readonly type: string; readonly id: number } | null {
  const parts = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(?:\?.*)?$/.exec(text)
  const [, type, digits] = parts ?? []
  return type === undefined || digits === undefined ? null : { type, id: Number(digits) }
}

/** The number of an id of that type, null of another's. Throws what the platform says of what is no id. */
export function numberOf(type: string, text: string): number | null {
  const parsed = parseGid(text)
  if (parsed === null) {
    throw new GraphQLError(noGlobalId(text), {
      extensions: { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' },
    })
  }
  return parsed.type === type ? parsed.id : null
}
