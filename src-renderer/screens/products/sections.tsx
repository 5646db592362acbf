/** The head of the screens about master records: products, customers, and how well records say where they come from. */
import type { ReactNode } from 'react'
import type { PairView } from '../../../src-main/contract/views.ts'
import { hrefOf } from '../../stores/navigation.ts'
import { PairChoice } from '../pair-choice.tsx'

const sections = [
  { screen: 'products', title: 'Products' },
  { screen: 'customers', title: 'Customers' },
  { screen: 'records', title: 'Origin and exceptions' },
] as const

interface SectionsProps {
  readonly here: (typeof sections)[number]['screen']
  readonly pair: PairView
  readonly pairs: readonly PairView[]
  readonly children?: ReactNode
}

export function Sections({ here, pair, pairs, children }: SectionsProps): ReactNode {
  return (
    <header className="screen-head">
      <h1 className="unseen">{sections.find((section) => section.screen === here)?.title}</h1>
      <nav className="sections" aria-label="Products and customers">
        {sections.map(({ screen, title }) => (
          <a key={screen} className="tab" href={hrefOf(screen, null, { pair: pair.id })} aria-current={screen === here ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <PairChoice screen={here} pair={pair} pairs={pairs} />
      {children}
    </header>
  )
}
