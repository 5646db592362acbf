/** Customers that stand in the ERP more than once, by the fact that they share; personal facts only as far as they are kept. */
import { type ReactNode, useState } from 'react'
import type { ClusterView, CustomerListView } from '../../../src-main/contract/product-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { count } from '../../parts/numbers.ts'
import { Pager } from '../../parts/pager.tsx'
import { Severity } from '../../parts/severity.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, useNavigation } from '../../stores/navigation.ts'
import { OfPair } from '../pair-choice.tsx'
import { CustomerOne } from './customer-one.tsx'
import { Sections } from './sections.tsx'
import { factTitles } from './fact-words.ts'
import '../screens.css'
import '../incidents/incidents.css'
import './products.css'

const pageRows = 100

const columns: readonly Column<ClusterView>[] = [
  { id: 'severity', title: 'Severity', width: '5rem', draw: (row) => <Severity level={row.incident.severity} /> },
  { id: 'by', title: 'They share', width: '10rem', draw: (row) => <Cut text={factTitles[row.by]} /> },
  { id: 'count', title: 'Customers', width: '5rem', align: 'right', draw: (row) => count(row.count) },
  { id: 'ids', title: 'Their numbers', width: 'minmax(10rem, 2fr)', draw: (row) => <Cut text={row.customers.map(({ code, id }) => code ?? id).join(', ')} /> },
  { id: 'conflicts', title: 'Contradict each other in', width: 'minmax(8rem, 1fr)', draw: (row) => (row.conflicts.length === 0 ? <span className="faint">nothing</span> : <Cut text={row.conflicts.join(', ')} />) },
]

export function CustomersScreen(): ReactNode {
  const { id, side } = useNavigation((navigation) => navigation.place.asked)
  return (
    <OfPair what="then customers that the ERP has twice are found here.">
      {(pair, pairs) => (id === undefined || id === '' ? <Clusters pair={pair} pairs={pairs} /> : <CustomerOne key={`${pair.id} ${id} ${side ?? ''}`} pair={pair} id={id} side={side === 'shop' ? 'shop' : 'erp'} />)}
    </OfPair>
  )
}

function Clusters({ pair, pairs }: { readonly pair: PairView; readonly pairs: readonly PairView[] }): ReactNode {
  const [cursors, setCursors] = useState<readonly string[]>([])
  const question = { pair: pair.id, limit: pageRows, cursor: cursors.at(-1) ?? null }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['customers.list', question], (client, options) => client.customers.list(question, options))
  const next = answer.state === 'known' && !answer.previous ? answer.value.next : null
  const before = cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))
  const after = next === null ? undefined : () => setCursors([...cursors, next])
  useKeys({
    title: 'Customers',
    bindings: [
      { keys: ']', does: 'Next page of customers', run: () => after?.() },
      { keys: '[', does: 'Page before in the customers', run: () => before?.() },
    ],
  })
  return (
    <div className="screen screen-fill">
      <Sections here="customers" pair={pair} pairs={pairs}>
        {answer.state === 'known' ? <AsOf asOf={answer.value.asOf} /> : null}
      </Sections>
      <Answered answer={answer}>
        {(list) => (
          <>
            <div className="queue" data-previous={(answer.state === 'known' && answer.previous) || undefined}>
              <Table
                label="Customers that stand in the ERP more than once"
                rows={list.rows}
                columns={columns}
                idOf={(row) => row.key}
                onOpen={(row) => go('customers', null, { pair: pair.id, id: row.customers[0]?.id ?? null })}
                offset={cursors.length * pageRows}
                empty={<NoClusters list={list} />}
              />
            </div>
            <footer className="queue-foot" hidden={list.rows.length === 0}>
              <span className="small dim">{`${count(list.held)} customers in ${list.erpLabel}`}</span>
              <Pager offset={cursors.length * pageRows} shown={list.rows.length} total={null} onBefore={before} onAfter={after} />
            </footer>
          </>
        )}
      </Answered>
    </div>
  )
}

function NoClusters({ list }: { readonly list: CustomerListView }): ReactNode {
  if (list.asOf.at === null) return <Empty title="Customers were not read yet">{`They are as soon as ${list.erpLabel} was read once; not every ERP offers them.`}</Empty>
  return (
    <Empty title="Nobody stands there twice" tone="good">
      {`None of the ${count(list.held)} customers of ${list.erpLabel} shares an e-mail address, a VAT id or a registration number with another that ought to be the same.`}
    </Empty>
  )
}
