/** Why the queue is empty: all is well, nothing matches, or Plumbline does not know yet. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OverviewView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { hrefOf } from '../../stores/navigation.ts'
import { type Tab, everything, isNarrowed, useQueue } from './filter.ts'

const tabEmpty: Readonly<Record<Exclude<Tab, 'todo' | 'all'>, string>> = {
  repairing: 'No repair is on its way.',
  snoozed: 'Nothing is snoozed.',
  ignored: 'Nothing is ignored.',
  resolved: 'Nothing was resolved yet.',
}

/** `beyond`: there are rows, but before this page; they became fewer while it was open. */
export function QueueEmpty({ beyond }: { readonly beyond: boolean }): ReactNode {
  const filter = useQueue()
  const overview = useAnswer(['overview'], ['overview.get', null], (client, options) =>
    client.overview.get({ pair: null }, options),
  )
  if (beyond) {
    return (
      <Empty
        title="The queue became shorter"
        action={
          <Button variant="default" onClick={() => filter.turn(0)}>
            Back to its first row
          </Button>
        }
      >
        What was on this page was resolved in the meantime.
      </Empty>
    )
  }
  if (isNarrowed(filter)) {
    const clear = (
      <Button variant="default" onClick={() => filter.look({ ...everything, tab: filter.tab })}>
        Clear the filters
      </Button>
    )
    return (
      <Empty title="Nothing matches" action={clear}>
        There may be incidents that these filters leave out.
      </Empty>
    )
  }
  if (filter.tab !== 'todo' && filter.tab !== 'all') return <Empty title={tabEmpty[filter.tab]} />
  if (overview.state !== 'known') return <Empty title="Nothing is open." />
  return <NothingOpen overview={overview.value} />
}

function NothingOpen({ overview }: { readonly overview: OverviewView }): ReactNode {
  if (!overview.hasConnections) {
    return (
      <Empty
        title="Nothing is connected"
        action={<a href={hrefOf('first-run')}>Connect a shop and an ERP</a>}
      >
        Plumbline finds gaps between a shop and an ERP. It needs both.
      </Empty>
    )
  }
  if (!overview.hasPairs) {
    return (
      <Empty
        title="No shop is paired with an ERP"
        action={<a href={hrefOf('first-run')}>Pair them</a>}
      >
        Both are read, but nothing is compared until it is known which belong together.
      </Empty>
    )
  }
  if (overview.judgedAt === null) {
    return (
      <Empty
        title="Nothing is judged yet"
        action={<a href={hrefOf('connections')}>See what is read</a>}
      >
        An order is called missing only when both sides were read completely. The first pass is
        still under way, so an empty queue says nothing so far.
      </Empty>
    )
  }
  const notJudged = overview.notJudged.reduce((sum, reason) => sum + reason.count, 0)
  if (notJudged > 0) {
    return (
      <Empty
        title={`Nothing is open, but ${count(notJudged)} could not be judged`}
        action={<a href={hrefOf('connections')}>See what is read</a>}
      >
        <p>
          What was judged agrees, as of <Instant at={overview.judgedAt} />. The rest waits:
        </p>
        <ul className="bullets">
          {overview.notJudged.map((reason) => (
            <li key={reason.why}>
              {count(reason.count)}: {reason.why}
            </li>
          ))}
        </ul>
      </Empty>
    )
  }
  return (
    <Empty title="Nothing is open" tone="good">
      Both sides were read and compared <Instant at={overview.judgedAt} />, and nothing was left
      unjudged.
    </Empty>
  )
}
