/** One customer of a side: the others that ought to be the same, fact by fact, and what they ordered. */
import type { ReactNode } from 'react'
import type { ClusterView, CustomerFace, CustomerOneView } from '../../../src-main/contract/product-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { CustomerOrders } from './customer-orders.tsx'
import { factWords } from './fact-words.ts'

interface CustomerOneProps {
  readonly pair: PairView
  readonly id: string
  readonly side: CustomerOneView['side']
}

export function CustomerOne({ pair, id, side }: CustomerOneProps): ReactNode {
  const asked = { pair: pair.id, id, side }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['customers.one', asked], (client, options) => client.customers.one(asked, options))
  useKeys({ title: 'One customer', bindings: [{ keys: 'u', does: 'Back to all customers', run: () => go('customers', null, { pair: pair.id }) }] })
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('customers', null, { pair: pair.id })}>Customers</Back>
        <h1 className="cut">{`Customer ${answer.state === 'known' ? (answer.value.customer.code ?? id) : id}`}</h1>
      </header>
      <Answered answer={answer}>{(one) => <Customer one={one} pair={pair.id} />}</Answered>
    </div>
  )
}

function Customer({ one, pair }: { readonly one: CustomerOneView; readonly pair: string }): ReactNode {
  return (
    <>
      {one.goneAt === null ? null : (
        <Note look={{ tone: 'low', shape: 'bar' }}>
          {`${one.label} does not have this customer any more, since `}
          <Instant at={one.goneAt} />.
        </Note>
      )}
      {one.clusters.length > 0 ? null : (
        <>
          {one.side === 'erp' ? <Note look={{ tone: 'good', shape: 'tick' }}>Nobody else there ought to be the same customer.</Note> : null}
          <Panel title={one.label} aside={<AsOf asOf={one.asOf} />}>
            <Members side={one.side} members={[one.customer]} differing={[]} here={one.customer.id} pair={pair} />
          </Panel>
        </>
      )}
      {one.clusters.map((cluster) => (
        <Panel key={cluster.key} title={`${count(cluster.count)} customers with one ${factWords[cluster.by]}`} aside={<a href={hrefOf('incidents', cluster.incident.id)}>Its incident</a>}>
          <Says cluster={cluster} />
          <Members side="erp" members={cluster.customers} differing={cluster.conflicts} here={one.customer.id} pair={pair} />
          {cluster.count > cluster.customers.length ? <p className="small dim">{`and ${count(cluster.count - cluster.customers.length)} more`}</p> : null}
        </Panel>
      ))}
      {one.counterparts.length === 0 ? null : (
        <Panel title={`The same address in ${one.otherLabel}`}>
          <Members side={one.side === 'erp' ? 'shop' : 'erp'} members={one.counterparts} differing={[]} here={null} pair={pair} />
        </Panel>
      )}
      <CustomerOrders one={one} pair={pair} />
    </>
  )
}

function Says({ cluster }: { readonly cluster: ClusterView }): ReactNode {
  if (cluster.conflicts.length === 0) return <p className="dim">They say the same of themselves: merge them into one in the ERP.</p>
  return <p className="dim">{`They contradict each other in ${cluster.conflicts.join(' and ')}: find out which is true before any is merged.`}</p>
}

interface MembersProps {
  readonly side: CustomerOneView['side']
  readonly members: readonly CustomerFace[]
  readonly differing: readonly string[]
  /** Whose screen this is; null: that of somebody else. */
  readonly here: string | null
  readonly pair: string
}

const facts: readonly { readonly title: string; readonly of: (face: CustomerFace) => string | null }[] = [
  { title: 'E-mail', of: ({ email }) => email },
  { title: 'VAT id', of: ({ vatId }) => vatId },
  { title: 'Registration', of: ({ registration }) => registration },
  { title: 'Country', of: ({ country }) => country },
  { title: 'Branch of', of: ({ parent }) => parent },
]

function Members({ side, members, differing, here, pair }: MembersProps): ReactNode {
  return (
    <div className="members" tabIndex={0} role="region" aria-label="Customers, fact by fact">
      <table>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            {facts.map(({ title }) => (
              <th key={title} scope="col">{title}</th>
            ))}
            <th scope="col">In use</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id} data-here={member.id === here || undefined}>
              <th scope="row">
                {member.id === here ? (member.code ?? member.id) : <a href={hrefOf('customers', null, { pair, id: member.id, side: side === 'shop' ? side : null })}>{member.code ?? member.id}</a>}
                {member.code === null ? null : <span className="faint"> {member.id}</span>}
              </th>
              {facts.map(({ title, of }) => (
                <td key={title} data-differs={differing.includes(title) || undefined}>{of(member) ?? <span className="faint">—</span>}</td>
              ))}
              <td>{member.active ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
