/** Pure: what an order carries beside its figures: marks for scope rules, and the buyer's tax number. */
import type { OrderRow } from './wire.ts'
import { statedNumber } from './settings.ts'

/** Tags, and attributes whose value looks like a tag: anybody may write anything into them, people's data too. */
export function marksOf(row: OrderRow, orderNumber: string): string[] {
  const tags = row.tags.filter(isTag)
  const attributes = row.customAttributes.flatMap(({ key, value }) =>
    value !== null && isTag(value) && isTag(key) ? [`attribute.${key}=${value}`] : [],
  )
  const missing = statedNumber(row, orderNumber) === null ? [`number-missing:${orderNumber}`] : []
  return [...tags.slice(0, 50), ...attributes.slice(0, 20), ...missing]
}

/** Long rows of digits are left out: they may be a telephone's or a card's; so is what holds an address. */
function isTag(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N} .:#/_-]{0,59}$/u.test(text) && !/\d{9}/.test(text)
}

/** A company's own registration first; else what the buyer gave for a country's invoices. */
export function vatIdOf(row: OrderRow): string | null {
  const company = row.purchasingEntity?.location?.taxSettings?.taxRegistrationId ?? ''
  if (company !== '') return company
  const local = row.localizedFields.nodes.find(
    ({ key, value }) => /^TAX_CREDENTIAL_[A-Z]{2}$/.test(key) && value !== null,
  )
  return local?.value ?? null
}
