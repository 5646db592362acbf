/** Asks the real ERP itself, past the product, what it holds. */
import { servers } from '../real/pair.ts'

/** Sales with exactly this reference, whatever their state, as the reading user sees them. */
export async function salesOf(reference: string): Promise<readonly { readonly id: number; readonly state: string }[]> {
  const { url, monitor } = servers().erp
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${monitor.user}:${monitor.password}`).toString('base64')}`,
    },
    body: JSON.stringify({
      id: 1,
      method: 'model.sale.sale.search_read',
      params: [[['reference', '=', reference]], 0, null, null, ['state'], { company: 1 }],
    }),
  })
  const { result } = (await response.json()) as { result: { id: number; state: string }[] }
  return result
}
