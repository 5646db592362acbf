/** Shopify's real Admin schema of 2026-07, where set-up could bring it; without it, tests that need it say so and skip. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type GraphQLSchema, type IntrospectionQuery, buildClientSchema } from 'graphql'
import { shopifySchemaFile } from '../../scripts/setup/shopify-schema.mjs'

const file = shopifySchemaFile()

/** For `describe.skipIf` and `it.skipIf`. */
export const shopifySchemaMissing = file === null

if (shopifySchemaMissing) {
  process.stderr.write("!! SKIPPED: Shopify's schema is missing; `node scripts/setup.mjs --for=test` fetches it.\n")
}

let built: GraphQLSchema | null = null

/** Throws where the schema is missing: ask `shopifySchemaMissing` first. */
export function shopifySchema(): GraphQLSchema {
  if (file === null) throw new Error('Shopify\'s schema is missing.')
  if (built === null) {
    const stored: { readonly data: IntrospectionQuery } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))
    built = buildClientSchema(stored.data, { assumeValid: true })
  }
  return built
}
