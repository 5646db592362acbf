/** From an incident to the screen of what it is about, where its figures lie open: a SKU's sum, a product, a customer, an order's tax. */
import type { ReactNode } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { hrefOf } from '../../stores/navigation.ts'

export function AboutLink({ incident }: { readonly incident: IncidentView }): ReactNode {
  const about = placeOf(incident)
  return about === null ? null : <a href={about.href}>{about.says}</a>
}

function placeOf({ rule, pair, subject }: IncidentView): { readonly href: string; readonly says: string } | null {
  const { kind, key } = subject
  switch (kind) {
    case 'sku': {
      // a SKU may hold an @; a location's name stands after the last one
      const at = key.lastIndexOf('@')
      return { href: hrefOf('stock', null, { pair, sku: key.slice(0, at), location: key.slice(at + 1) }), says: 'How the figure is made up' }
    }
    case 'product':
      return { href: hrefOf('products', null, { pair, sku: key }), says: 'The product on both sides' }
    case 'customer':
      // "email of 7": the cluster is named by its first customer
      return { href: hrefOf('customers', null, { pair, id: key.slice(key.indexOf(' of ') + ' of '.length) }), says: 'The customers side by side' }
    case 'order':
      return rule === 'F05-tax-differs' ? { href: hrefOf('tax', null, { pair, order: key }), says: 'Its tax line by line' } : null
    case 'invoice':
    case 'stream':
    case 'connection':
    case 'incident':
    case 'day':
      return null
    default:
      return kind satisfies never
  }
}
