/** Recorded rows by what a test wants of them, as records. */
import type { ErpOrder } from '../../../../src-main/domain/records.ts'
import { orderOf } from '../../../../src-main/engine/connectors/tryton/normalise-documents.ts'
import { saleRow } from '../../../../src-main/engine/connectors/tryton/wire-documents.ts'
import { type Row, asRead, fixture } from './platform.ts'

export function saleNamed(reference: string): Row {
  const found = fixture('sale.sale').find((row) => row['reference'] === reference)
  if (found === undefined) throw new Error(`${reference} was not recorded`)
  return found
}

export function orderFrom(row: Row): ErpOrder {
  return orderOf(saleRow.parse(asRead(row)))
}

/** What the pair's recent sales look like, in the order in which they were recorded. */
export const examples: readonly ErpOrder[] = fixture('sale.sale').map(orderFrom)
