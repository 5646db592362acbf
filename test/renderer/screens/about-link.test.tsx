// @vitest-environment jsdom
/** From an incident to where its figures lie open. */
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import type { Subject } from '../../../src-main/domain/incident.ts'
import { AboutLink } from '../../../src-renderer/screens/incident/about-link.tsx'
import { sampleIncident, sampleIncidents } from '../../support/sample/incidents.ts'

afterEach(cleanup)

function about(kind: Subject['kind'], key: string, rule = 'F00-any'): IncidentView {
  const scene = { mood: 'busy', now: 0, poll: 0 } as const
  const [row] = sampleIncidents(scene)
  if (row === undefined) throw new Error('there is no sample')
  return { ...sampleIncident(row, scene, [], []), rule, pair: 'main', subject: { kind, connection: 'shop', key } }
}

it.each([
  ['a SKU at a location', about('sku', 'TEA@HOME@Lyon'), '#/stock?pair=main&sku=TEA%40HOME&location=Lyon'],
  ['a product', about('product', 'MUG'), '#/products?pair=main&sku=MUG'],
  ['customers that share a fact', about('customer', 'email of 7'), '#/customers?pair=main&id=7'],
  ['an order’s tax', about('order', '1001', 'F05-tax-differs'), '#/tax?pair=main&order=1001'],
])('leads from %s to its screen', (_what, incident, href) => {
  render(<AboutLink incident={incident} />)
  expect(screen.getByRole('link').getAttribute('href')).toBe(href)
})

it('leads nowhere from what has no screen of its own', () => {
  render(<AboutLink incident={about('stream', 'orders')} />)
  expect(screen.queryByRole('link')).toBeNull()
})
