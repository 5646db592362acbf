/** Metafields, on whatever owns them. */
import { digestOf, type Metafield } from '../metafields.ts'
import { gid, parseGid } from '../ids.ts'
import { pageById, type PageArguments } from '../page.ts'
import { dateTime } from '../scalars.ts'
import type { Asking } from '../asking.ts'
import type { Resolvers } from './resolver.ts'

const defaultNamespace = '$app'

export function namespaceOf(given: string | null | undefined): string {
  return given ?? defaultNamespace
}

export function metafieldResolvers<S>(ownerOf: (source: S) => string) {
  return {
    metafield: (source: S, { namespace, key }: { readonly namespace?: string | null; readonly key: string }, { desk }: Asking) =>
      desk.metafields.find(ownerOf(source), namespaceOf(namespace), key),
    metafields(source: S, args: PageArguments & { readonly namespace?: string | null; readonly keys?: readonly string[] | null }, asking: Asking) {
      const owned = asking.desk.metafields.of(ownerOf(source)).filter((metafield) =>
        (typeof args.namespace !== 'string' || metafield.namespace === args.namespace) &&
        (!Array.isArray(args.keys) || args.keys.includes(metafield.key) || args.keys.includes(`${metafield.namespace}.${metafield.key}`)))
      return pageById(owned, args, asking)
    },
  }
}

export const metafieldFields = {
  Metafield: {
    id: (metafield) => gid('Metafield', metafield.id),
    legacyResourceId: (metafield) => String(metafield.id),
    compareDigest: (metafield) => digestOf(metafield.value),
    jsonValue: (metafield) => jsonOf(metafield),
    createdAt: (metafield) => dateTime(metafield.createdAt),
    updatedAt: (metafield) => dateTime(metafield.updatedAt),
    ownerType: (metafield) => (parseGid(metafield.owner)?.type ?? 'Shop').toUpperCase(),
    sizeInBytes: (metafield) => Buffer.byteLength(metafield.value),
  } satisfies Resolvers<Metafield>,
}

function jsonOf({ type, value }: Metafield): unknown {
  return type === 'json' || type.startsWith('list.') ? JSON.parse(value) : value
}
