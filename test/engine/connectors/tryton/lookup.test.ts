import { afterEach, describe, expect, it } from 'vitest'
import type { LookupKeys } from '../../../../src-main/engine/connectors/definition.ts'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { orders, products } from '../../../../src-main/engine/connectors/tryton/streams.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import {
  type Row,
  fixture,
  methodOf,
  password,
  recordedAt,
  recordedTables,
  replayTryton,
  user,
} from './platform.ts'
import { saleNamed } from './rows.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

async function connect(tables: Readonly<Record<string, readonly Row[]>>) {
  await platform?.close()
  platform = await replayTryton({ tables: { ...recordedTables(), ...tables } })
  const settings = tryton.settings.parse({ baseUrl: `${platform.url}/tryton/`, user })
  const secrets = { password }
  const { api } = openTestApi({ connector: tryton, settings, secrets, at: recordedAt })
  return { api, settings, platform }
}

const salesOf = (...references: (string | null)[]): Row[] =>
  references.map((reference, index) => ({ ...saleNamed('SO-10002'), id: index + 1, reference }))

async function found(sales: Row[], keys: LookupKeys) {
  const { api, settings } = await connect({ 'sale.sale': sales })
  const outcome = await orders.lookup?.(api, keys, settings)
  if (outcome === undefined || !outcome.ok) throw new Error('no answer')
  const { complete, rows } = outcome.value
  return { references: rows.map((row) => Object(row).reference), complete }
}

describe('asking Tryton for a sale by the shop’s number', () => {
  it.each(['7', '#7', 'Shop 7', 'SO-7', 'WEB/7/B', '7.', 'so7'])('finds 7 in %s', async (text) => {
    const keys: LookupKeys = { by: 'reference', values: ['7'] }
    expect(await found(salesOf(text), keys)).toEqual({ references: [text], complete: true })
  })

  it('proves that 7 is not there among numbers that only contain it', async () => {
    const sales = salesOf('17', '70', 'SO-7007', '1.77', null, '')
    const keys: LookupKeys = { by: 'reference', values: ['7'] }
    expect(await found(sales, keys)).toEqual({ references: [], complete: true })
  })

  it('minds no case, and takes % and _ for what they are', async () => {
    const sales = salesOf('so-1', 'A%B', 'A_B', 'AXB', 'A\\B')
    const find = async (value: string) => {
      return (await found(sales, { by: 'reference', values: [value] })).references
    }
    expect(await find('SO-1')).toEqual(['so-1'])
    expect(await find('a%b')).toEqual(['A%B'])
    expect(await find('A_B')).toEqual(['A_B'])
    expect(await find('A\\B')).toEqual(['A\\B'])
  })

  it('finds a sale whatever became of it', async () => {
    const sales = salesOf('SO-1', 'SO-1').map((sale, index) => ({
      ...sale,
      state: index === 0 ? 'cancelled' : 'done',
    }))
    const keys: LookupKeys = { by: 'reference', values: ['SO-1'] }
    expect((await found(sales, keys)).references).toEqual(['SO-1', 'SO-1'])
  })

  it('asks for a few of many numbers at a time', async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => `SO-${index + 100}`)
    const { references, complete } = await found(salesOf(...numbers), {
      by: 'reference',
      values: numbers,
    })
    expect({ count: references.length, complete }).toEqual({ count: 100, complete: true })
    const searches = platform?.seen.filter((request) =>
      methodOf(request)?.includes('sale.sale.search'),
    )
    // Five for the keys, one for the rows.
    expect(searches).toHaveLength(6)
  })

  it('proves nothing where more sales hold the number than can be read', async () => {
    const copies = Array.from({ length: 600 }, () => 'SO-1')
    const keys: LookupKeys = { by: 'reference', values: ['SO-1'] }
    expect((await found(salesOf(...copies), keys)).complete).toBe(false)
  })
})

describe('asking Tryton for what is hidden', () => {
  it('finds a product that was deactivated', async () => {
    const [first = {}] = fixture('product.product')
    const tables = { 'product.product': [{ ...first, active: false }] }
    const { api, settings } = await connect(tables)
    const keys: LookupKeys = { by: 'number', values: [String(first['code'])] }
    const outcome = await products.lookup?.(api, keys, settings)
    expect(outcome?.ok === true && outcome.value.rows.length).toBe(1)
  })
})
