/** Words a search of Shopify so that a value is looked for as it is and never read as syntax (shopify.dev, search syntax). */

/** One field with one of several values. */
export function anyOf(field: string, values: readonly string[]): string {
  return values.map((value) => `${field}:${quoted(value)}`).join(' OR ')
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`
}
