/** "Test connection" for Medusa: goes the way a poll goes, step by step, and says at which one it ends and why. */
import { z } from 'zod'
import { type Fault, type Outcome, ok } from '../../../domain/fault.ts'
import { clockStep } from '../clock-step.ts'
import type { Api, Check } from '../definition.ts'
import { statedNumber } from './number.ts'
import { type List, type Rows, list } from './paging.ts'
import { readLocations } from './places.ts'
import type { Settings } from './settings.ts'
import { locationRow, numberRow } from './wire.ts'

type Step = Check['steps'][number]

const channelList = named('admin/sales-channels', 'sales_channels', 'id,name', 1000)
const newestOrders = named('admin/orders', 'orders', 'id,display_id,custom_display_id,metadata', 20)
const someStock = named('admin/inventory-items', 'inventory_items', 'id,sku', 1)
const somePayments = named('admin/payments', 'payments', 'id', 1)

function named(path: string, key: string, fields: string, pageRows: number): List {
  return { path, key, fields, pageRows }
}

export async function check(api: Api, settings: Settings): Promise<Outcome<Check>> {
  const steps: Step[] = []
  const ended = (): Outcome<Check> =>
    ok({ steps, clockOffsetMs: api.clockOffsetMs(), locations: [], channels: [] })

  const locations = await readLocations(api)
  steps.push(...reachSteps(locations.ok ? null : locations.fault))
  if (!locations.ok) return ended()

  const orders = await list(api, newestOrders, {
    order: '-created_at',
    limit: newestOrders.pageRows,
  })
  steps.push(
    orders.ok ? numbersStep(orders.value, settings) : failedStep('Read orders', orders.fault),
  )
  const payments = await list(api, somePayments, { limit: somePayments.pageRows })
  steps.push(
    payments.ok
      ? counted('Read payments', payments.value, 'payment')
      : failedStep('Read payments', payments.fault),
  )
  const stock = await list(api, someStock, { limit: someStock.pageRows })
  steps.push(
    stock.ok
      ? counted('Read stock', stock.value, 'stock item')
      : failedStep('Read stock', stock.fault),
  )
  const channels = await list(api, channelList, { limit: channelList.pageRows })
  if (!channels.ok) steps.push(failedStep('Read sales channels', channels.fault))
  steps.push(clockStep('Medusa', api.clockOffsetMs()))
  return ok({
    steps,
    clockOffsetMs: api.clockOffsetMs(),
    locations: [...locations.value.values()],
    channels: channels.ok
      ? channels.value.rows.flatMap((row) => locationRow.safeParse(row).data?.name ?? [])
      : [],
  })
}

/** The first answer tells two things apart: whether there is a server, and whether it lets us in. */
function reachSteps(because: Fault | null): Step[] {
  const reached: Step = { title: 'Reach the server', state: 'ok', says: 'Medusa answers.' }
  if (because === null)
    return [reached, { title: 'Log in', state: 'ok', says: 'Medusa accepts the key.' }]
  if (because.class === 'credentials' || because.class === 'permission')
    return [reached, failedStep('Log in', because)]
  return [failedStep('Reach the server', because)]
}

function numbersStep(found: Rows, settings: Settings): Step {
  const title = 'Read orders'
  const rows = z.array(numberRow).safeParse(found.rows)
  if (!rows.success)
    return { title, state: 'failed', says: 'Medusa answered orders of an unknown shape.' }
  const counts = `${found.count} order${found.count === 1 ? '' : 's'} can be read`
  const missing = rows.data.filter((row) => statedNumber(row, settings.orderNumber) === null).length
  if (missing > 0) {
    const says = `${counts}, but ${missing} of the newest ${rows.data.length} have no ${settings.orderNumber}. Check which field holds the order number.`
    return { title, state: 'warning', says }
  }
  const example =
    rows.data[0] === undefined
      ? ''
      : `, the newest is ${statedNumber(rows.data[0], settings.orderNumber) ?? ''}`
  return { title, state: 'ok', says: `${counts}${example}.` }
}

function counted(title: string, found: Rows, noun: string): Step {
  return {
    title,
    state: 'ok',
    says: `${found.count} ${noun}${found.count === 1 ? '' : 's'} can be read.`,
  }
}

function failedStep(title: string, because: Fault): Step {
  return { title, state: 'failed', says: because.says }
}
