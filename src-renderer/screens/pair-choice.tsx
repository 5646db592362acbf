/** The pair that a screen is about: the one in the address, else the first; with more than one there is a choice. */
import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PairView } from '../../src-main/contract/views.ts'
import { useAnswer } from '../ask.ts'
import { Answered } from '../parts/answered.tsx'
import { Empty } from '../parts/empty.tsx'
import { go, hrefOf, useNavigation } from '../stores/navigation.ts'

interface OfPairProps {
  /** What is not there to see without a pair. */
  readonly what: string
  readonly children: (pair: PairView, pairs: readonly PairView[]) => ReactNode
}

export function OfPair({ what, children }: OfPairProps): ReactNode {
  const asked = useNavigation((navigation) => navigation.place.asked['pair'])
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  return (
    <Answered answer={pairs}>
      {(known) => {
        const pair = known.find((one) => one.id === asked) ?? known[0]
        if (pair === undefined) {
          return (
            <Empty title="No shop is paired with an ERP yet" action={<a href={hrefOf('connections')}>See the connections</a>}>
              {`Connect both and pair them: ${what}`}
            </Empty>
          )
        }
        return children(pair, known)
      }}
    </Answered>
  )
}

interface PairChoiceProps {
  readonly screen: string
  readonly pair: PairView
  readonly pairs: readonly PairView[]
}

/** Nothing where there is nothing to choose. */
export function PairChoice({ screen, pair, pairs }: PairChoiceProps): ReactNode {
  if (pairs.length < 2) return null
  return (
    <Select
      className="pair-choice"
      aria-label="Pair"
      data={pairs.map((one) => ({ value: one.id, label: `${one.shopLabel} → ${one.erpLabel}` }))}
      value={pair.id}
      allowDeselect={false}
      comboboxProps={{ width: 420, position: 'bottom-start' }}
      onChange={(next) => go(screen, null, { pair: next })}
    />
  )
}
