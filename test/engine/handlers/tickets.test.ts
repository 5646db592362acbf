/** Support tickets over the real contract: an export is kept whole or not at all, and counted beside the incidents. */
import { afterEach, describe, expect, it } from 'vitest'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { days, hours } from '../../../src-main/domain/time.ts'
import { aPair, anErpOrder, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const now = monday + hours(1)
const day = new Date(monday).toISOString().slice(0, 10)

/** 1001 is in both, 1002 was never entered. */
async function aSeam(): Promise<Caller> {
  const made = await aCaller({ at: now, connections: bothSides, pairs: [aPair({ settings: pairSettingsSchema.parse({ graceMinutes: 0, zone: 'Europe/Paris' }) })] })
  caller = made
  const { store } = made.engine
  keep(store, 'shop', 'orders', ['1001', '1002'].map((number) => anOrder({ id: number, number, placedAt })), now)
  keep(store, 'erp', 'orders', [anErpOrder({ id: 'so-1', references: ['1001'] })], now)
  for (const side of ['shop', 'erp']) cover(store, side, ['orders', 'invoices', 'credit-notes', 'shipments', 'fulfilments'], now)
  await made.engine.reconcile()
  return made
}

const anExport = (...lines: readonly string[]): string => ['Ticket ID,Created at,Order number,Contact reason,URL', ...lines].join('\r\n')
const refusalOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: { readonly data: { readonly says: string } }) => error.data.says)

describe('a help desk’s export', () => {
  it('is counted by reason, and by whether an incident spoke of the order', async () => {
    const { client } = await aSeam()
    const text = anExport(
      `7,${day} 06:30,#1002,Where is my order?,https://desk.example/7`,
      `8,${day} 06:40,1001,Where is my order?,`,
      '9,yesterday,,Newsletter,',
      `10,${day} 06:55,"1002, 9999",Refund,javascript:alert(1)`,
    )
    expect(await client.tickets.read({ pair: 'pair', text })).toEqual({ tickets: 3, fresh: 3, withoutOrder: 1, unlinked: 1 })
    const about = await client.tickets.about({ pair: 'pair' })
    expect(about).toMatchObject({ tickets: 3, troubled: 2, readAt: now })
    expect(about.reasons).toEqual([
      { reason: 'Where is my order?', tickets: 2, troubled: 1 },
      { reason: 'Refund', tickets: 1, troubled: 1 },
    ])
    const { tickets } = await client.orders.chain({ pair: 'pair', number: '1002', asOf: null })
    expect(tickets.map(({ id, link }) => [id, link])).toEqual([['10', null], ['7', 'https://desk.example/7']])
  })

  it('that comes again changes what it names and counts nothing twice', async () => {
    const { client } = await aSeam()
    await client.tickets.read({ pair: 'pair', text: anExport(`7,${day} 06:30,1001,Other,`) })
    expect(await client.tickets.read({ pair: 'pair', text: anExport(`7,${day} 06:30,1002,Refund,`, `8,${day} 06:30,1002,Refund,`) })).toMatchObject({ tickets: 2, fresh: 1 })
    expect((await client.tickets.about({ pair: 'pair' })).reasons).toEqual([{ reason: 'Refund', tickets: 2, troubled: 2 }])
    expect((await client.orders.chain({ pair: 'pair', number: '1001', asOf: null })).tickets).toEqual([])
  })

  it('of which one line cannot be read is refused with all its lines, each named', async () => {
    const { client } = await aSeam()
    const text = anExport(`7,${day} 06:30,1001,Other,`, '8,03/04/2026,1002,Other,', `,${day},1002,Other,`)
    expect(await refusalOf(client.tickets.read({ pair: 'pair', text }))).toBe(
      'Nothing was kept. Line 3: "03/04/2026" is no date that is certain. Write it as 2026-04-03 14:05. Line 4: the ticket has no number.',
    )
    expect((await client.tickets.about({ pair: 'pair' })).readAt).toBeNull()
  })

  it('without the columns that are needed says which and what there is', async () => {
    const { client } = await aSeam()
    expect(await refusalOf(client.tickets.read({ pair: 'pair', text: 'Subject;Ticket ID\nHello;7' }))).toBe(
      'Nothing was kept. A column is missing for the order’s number ("Order number"), and for when it was opened ("Created at"). The first line has "Subject", "Ticket ID".',
    )
    expect(await refusalOf(client.tickets.read({ pair: 'pair', text: '' }))).toBe('Nothing was kept. The file is empty.')
    expect(await refusalOf(client.tickets.read({ pair: 'pair', text: 'Ticket ID,Order\n"7,1001' }))).toMatch(/^Nothing was kept\. The file is no table/)
  })

  it('may separate by semicolons, and its times without a zone are the merchant’s', async () => {
    const { client } = await aSeam()
    await client.tickets.read({ pair: 'pair', text: `\uFEFFid;order;created;tags\n7;1001;${day} 07:30;late\n8;1001;${day}T06:30:00Z;late` })
    const { tickets } = await client.orders.chain({ pair: 'pair', number: '1001', asOf: null })
    expect(new Set(tickets.map(({ openedAt }) => new Date(openedAt).toISOString()))).toEqual(new Set([`${day}T06:30:00.000Z`]))
  })

  it('counts thirty days back, is dropped with the rest of history, and is forgotten when somebody says so', async () => {
    const { client, engine } = await aSeam()
    const old = new Date(now - days(31)).toISOString()
    await client.tickets.read({ pair: 'pair', text: anExport(`6,${old},1001,Old,`, `7,${day} 06:30,1001,New,`) })
    expect((await client.tickets.about({ pair: 'pair' })).tickets).toBe(1)
    expect(engine.store.transaction((tx) => engine.store.tickets.prune(tx, now - days(30), 10))).toBe(1)
    expect(await client.tickets.forget({ pair: 'pair' })).toMatchObject({ tickets: 0, readAt: null })
    const trail = await client.audit.list({ limit: 10, before: null })
    expect(trail.rows.map(({ what }) => what)).toEqual(expect.arrayContaining(['support tickets read', 'support tickets forgotten']))
  })
})
