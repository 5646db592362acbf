/** What the palette finds beyond screens and commands: orders, documents, SKUs and customers, each with where it leads. */
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { type FoundKind, type FoundView, foundKinds } from '../../src-main/contract/order-views.ts'
import { useAnswer } from '../ask.ts'
import { Palette, type PaletteEntry, type PaletteGroup } from '../parts/palette.tsx'
import { go } from '../stores/navigation.ts'
import { everything, useQueue } from './incidents/filter.ts'
import { screens } from './registry.ts'

/** A single letter is the beginning of everything. */
const lettersMin = 2
/** A pause in typing of this long is taken as the end of a word. */
const typingPauseMs = 200

const kindWords: Readonly<Record<FoundKind, string>> = {
  order: 'Orders',
  'erp-order': 'ERP orders',
  invoice: 'Invoices',
  'credit-note': 'Credit notes',
  product: 'Products',
  customer: 'Customers',
}

interface Way {
  readonly screen: string
  /** What is added where one thing leads to several screens. */
  readonly says: string
  readonly run: () => void
}

/** The palette with all that can be found in it. */
export function Finder({ places }: { readonly places: readonly PaletteEntry[] }): ReactNode {
  const [typed, setTyped] = useState('')
  return <Palette places={places} typed={typed} onTyped={setTyped} found={useFound(typed)} />
}

function useFound(typed: string): readonly PaletteGroup[] {
  const [text] = useDebouncedValue(typed.trim(), typingPauseMs)
  const isAsked = text.length >= lettersMin
  const answer = useAnswer(['overview', 'pairs'], ['search.find', text], (client, options) => client.search.find({ text }, options), isAsked)
  if (!isAsked || answer.state !== 'known' || answer.previous) return []
  const { rows, more } = answer.value
  return foundKinds.flatMap((kind) => {
    const entries = rows.filter((row) => row.kind === kind).flatMap((row) => entriesOf(row))
    return entries.length === 0 ? [] : [{ title: more ? `${kindWords[kind]}: type more to narrow them` : kindWords[kind], found: typed, entries }]
  })
}

function entriesOf(row: FoundView) {
  return waysOf(row)
    .filter((way) => screens.some((screen) => screen.id === way.screen))
    .map((way) => ({ id: `${row.kind} ${row.pair} ${row.key} ${row.label} ${way.screen} ${row.leads}`, label: row.label, says: way.says === '' ? row.says : `${way.says}, ${row.says}`, keys: null, run: way.run }))
}

/** A document leads to its order, a SKU to what is known of it. */
function waysOf({ leads, pair, key, label }: FoundView): readonly Way[] {
  switch (leads) {
    case 'order':
      return [{ screen: 'orders', says: '', run: () => go('orders', key, { pair }) }]
    case 'product':
      return [
        { screen: 'stock', says: 'Stock', run: () => go('stock', null, { pair, sku: key }) },
        { screen: 'products', says: 'Product', run: () => go('products', null, { pair, sku: key }) },
      ]
    case 'erp-customer':
      return [{ screen: 'customers', says: '', run: () => go('customers', null, { pair, id: key }) }]
    case 'shop-customer':
      return [{ screen: 'customers', says: '', run: () => go('customers', null, { pair, id: key, side: 'shop' }) }]
    case 'incident':
      return [{ screen: 'incidents', says: 'Its incident', run: () => go('incidents', key) }]
    case 'queue':
      return [{ screen: 'incidents', says: 'Incidents that name it', run: () => searchQueue(label) }]
    default:
      return leads satisfies never
  }
}

function searchQueue(number: string): void {
  useQueue.getState().look({ ...everything, tab: 'all', search: number })
  go('incidents')
}
