/** Support tickets by reason, beside what was wrong with the orders they name; read from a help desk's export. */
import { Button, FileButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { TicketsReadView, TicketsView } from '../../../src-main/contract/ticket-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'

export function Tickets({ pair }: { readonly pair: PairView }): ReactNode {
  const answer = useAnswer(['incidents', 'pairs'], ['tickets.about', pair.id], (client, options) => client.tickets.about({ pair: pair.id }, options))
  return (
    <Panel title="Support tickets" aside={answer.state === 'known' ? `in ${answer.value.sinceDays} days` : null}>
      <Answered answer={answer}>{(tickets) => <Known pair={pair} tickets={tickets} />}</Answered>
    </Panel>
  )
}

function Known({ pair, tickets }: { readonly pair: PairView; readonly tickets: TicketsView }): ReactNode {
  return (
    <div className="tickets">
      {tickets.readAt === null ? (
        <p className="dim">Read your help desk’s export to see how many customers wrote about orders that had an incident. Who wrote what is not kept.</p>
      ) : (
        <Reasons tickets={tickets} />
      )}
      <Reading pair={pair} tickets={tickets} />
    </div>
  )
}

function Reasons({ tickets }: { readonly tickets: TicketsView }): ReactNode {
  const rest = tickets.tickets - tickets.reasons.reduce((sum, one) => sum + one.tickets, 0)
  if (tickets.tickets === 0) return <p className="dim">No ticket of these days names an order.</p>
  return (
    <table className="trail ticket-reasons">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Tickets</th>
          <th scope="col" title="Tickets about an order of which an incident spoke">With an incident</th>
        </tr>
      </thead>
      <tbody>
        {tickets.reasons.map((one) => (
          <tr key={one.reason ?? ''}>
            <th scope="row" className="cut" dir="auto" title={one.reason ?? undefined}>{one.reason ?? <span className="dim">No reason given</span>}</th>
            <td>{count(one.tickets)}</td>
            <td>{count(one.troubled)}</td>
          </tr>
        ))}
        {rest === 0 ? null : (
          <tr>
            <th scope="row" className="dim">Other reasons</th>
            <td>{count(rest)}</td>
            <td>{count(tickets.troubled - tickets.reasons.reduce((sum, one) => sum + one.troubled, 0))}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td>{count(tickets.tickets)}</td>
          <td>{count(tickets.troubled)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function Reading({ pair, tickets }: { readonly pair: PairView; readonly tickets: TicketsView }): ReactNode {
  const read = useCommand((client, text: string) => client.tickets.read({ pair: pair.id, text }))
  const [told, setTold] = useState<TicketsReadView | null>(null)
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return
    setTold(null)
    setTold(await read.run(await file.text()))
  }
  return (
    <>
      {read.failure === null ? null : <Failure failure={read.failure} />}
      <p className="small dim" role="status">{told === null ? null : inWords(told)}</p>
      <div className="row">
        <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={(file) => void take(file)}>
          {(button) => (
            <Button {...button} variant="default" loading={read.busy}>
              Read an export (CSV)
            </Button>
          )}
        </FileButton>
        {tickets.readAt === null ? null : (
          <>
            <Forgetting pair={pair} />
            <span className="small dim">Read <Instant at={tickets.readAt} /></span>
          </>
        )}
      </div>
    </>
  )
}

function Forgetting({ pair }: { readonly pair: PairView }): ReactNode {
  const forget = useCommand((client, _: null) => client.tickets.forget({ pair: pair.id }))
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="subtle" onClick={() => setAsking(true)}>Forget them</Button>
      {asking ? (
        <Confirm
          title="Forget all support tickets of this pair?"
          does="Forget them"
          tone="danger"
          busy={forget.busy}
          failure={forget.failure}
          onConfirm={() => void forget.run(null).then((done) => done !== null && setAsking(false))}
          onClose={() => setAsking(false)}
        >
          <p>They are dropped here and stay in your help desk. Reading the export again brings them back.</p>
        </Confirm>
      ) : null}
    </>
  )
}

function inWords({ tickets, fresh, withoutOrder, unlinked }: TicketsReadView): string {
  const parts = [
    `Tickets that name an order: ${count(tickets)}, of them new: ${count(fresh)}.`,
    ...(unlinked === 0 ? [] : [`About an order that the shop was not seen to have: ${count(unlinked)}.`]),
    ...(withoutOrder === 0 ? [] : [`Passed over, as they name no order: ${count(withoutOrder)}.`]),
  ]
  return parts.join(' ')
}
