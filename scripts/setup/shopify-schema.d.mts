/** The types of shopify-schema.mjs, for the tests that read what it fetched. */
export function shopifySchemaFile(root?: string): string | null
