/** Which of Medusa's names for an order is the one that people and the ERP know it by: a setting of the connection. */
import { z } from 'zod'
import type { NumberRow } from './wire.ts'

export const orderNumberSchema = z
  .string()
  .regex(
    /^(?:display_id|custom_display_id|metadata\.[\w.-]{1,100})$/,
    'display_id, custom_display_id or metadata.KEY',
  )

/** The number by the setting; null where the order does not carry it. */
export function statedNumber(
  row: Pick<NumberRow, 'display_id' | 'custom_display_id' | 'metadata'>,
  setting: string,
): string | null {
  if (setting === 'display_id') return String(row.display_id)
  const value =
    setting === 'custom_display_id'
      ? row.custom_display_id
      : row.metadata?.[setting.slice('metadata.'.length)]
  if (typeof value !== 'string') return null
  const number = value.trim()
  return number === '' ? null : number
}

/**
 * The number that the record gets. An order without the stated one is kept, visibly, under a name that no ERP
 * reference can equal by accident.
 */
export function numberOf(
  row: Pick<NumberRow, 'display_id' | 'custom_display_id' | 'metadata'>,
  setting: string,
): string {
  return statedNumber(row, setting) ?? `display:${row.display_id}`
}
