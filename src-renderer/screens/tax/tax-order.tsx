/** The tax of one order, line by line on both sides, and the way from the one's figure to the other's, to the cent. */
import type { ReactNode } from 'react'
import type { TaxLineView, TaxOrderView, TaxStepView } from '../../../src-main/contract/tax-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { DifferenceBar } from '../../charts/difference-bars.tsx'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Money } from '../../parts/money.tsx'
import { Note } from '../../parts/note.tsx'
import { amountOf, grouped } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { causeWords } from '../../../src-main/domain/cause-words.ts'
import { Method } from './methods.tsx'

export function TaxOrder({ pair, number }: { readonly pair: PairView; readonly number: string }): ReactNode {
  const asked = { pair: pair.id, number }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['tax.order', asked], (client, options) => client.tax.order(asked, options))
  useKeys({ title: 'Tax of one order', bindings: [{ keys: 'u', does: 'Back to tax', run: () => go('tax', null, { pair: pair.id }) }] })
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('tax', null, { pair: pair.id })}>Tax</Back>
        <h1 className="cut">{`Tax of order ${number}`}</h1>
        <a className="small" href={hrefOf('orders', number, { pair: pair.id })}>
          The whole order
        </a>
        {answer.state === 'known' && answer.value.incident !== null ? (
          <a className="small" href={hrefOf('incidents', answer.value.incident)}>
            Its incident
          </a>
        ) : null}
      </header>
      <Answered answer={answer}>{(order) => <Explained order={order} />}</Answered>
    </div>
  )
}

function Explained({ order }: { readonly order: TaxOrderView }): ReactNode {
  if (order.incomparable !== null) return <Note look={{ tone: 'low', shape: 'question' }}>{`The two sides’ tax cannot be compared. ${order.incomparable}`}</Note>
  return (
    <>
      <Verdict order={order} />
      {order.ways.map((way, nth) => (
        <Panel key={nth} title={order.ways.length === 1 ? 'From the shop’s tax to the ERP’s' : `One way, ${nth + 1} of ${order.ways.length}`} aside={nth === 0 ? <AsOf asOf={order.erpAsOf} /> : undefined}>
          <Way order={order} way={way} />
        </Panel>
      ))}
      {order.more === 0 ? null : <p className="small faint">{`and ${grouped(String(order.more))} more`}</p>}
      <Panel title="Line by line">
        <Lines order={order} />
      </Panel>
      <Panel title="How each side rounds here">
        <dl className="facts">
          <dt>{order.shopLabel}</dt>
          <dd><Method method={order.methods.shop} /></dd>
          <dt>{order.erpLabel}</dt>
          <dd><Method method={order.methods.erp} /></dd>
        </dl>
      </Panel>
    </>
  )
}

function Verdict({ order }: { readonly order: TaxOrderView }): ReactNode {
  const { kind, residual, currency, cut } = order
  switch (kind) {
    case 'equal':
      return <Note look={{ tone: 'good', shape: 'tick' }}>Both sides agree, as far as each may honestly round.</Note>
    case 'explained':
      return <Note look={{ tone: 'accent', shape: 'tick' }}>Explained to the cent: with what is named below the shop’s figure becomes the ERP’s, exactly.</Note>
    case 'ambiguous':
      if (cut) return <Note look={{ tone: 'medium', shape: 'question' }}>Too much differs to try every explanation: what follows is exact, and others may be as small and as exact.</Note>
      return <Note look={{ tone: 'medium', shape: 'question' }}>Several explanations are equally small and equally exact. Which of them is true, the two systems must say.</Note>
    case 'unexplained':
      return <Note look={{ tone: 'high', shape: 'bar' }}>{`No known difference explains it. With every difference between the lines applied, ${amountOf({ minor: residual, currency }, true)} ${currency} is left.`}</Note>
    default:
      return kind satisfies never
  }
}

function Way({ order, way }: { readonly order: TaxOrderView; readonly way: readonly TaxStepView[] }): ReactNode {
  const { currency, shop, erp } = order
  const largest = Math.max(1, ...way.map((step) => Math.abs(step.minor)))
  return (
    <table className="tax-way">
      <tbody>
        <tr data-kind="total">
          <th scope="row">{order.shopLabel}</th>
          <td className="dim">{shop.low === shop.high ? 'as it states it' : `it states no cents: anything from ${amountOf({ minor: shop.low, currency })} to ${amountOf({ minor: shop.high, currency })}`}</td>
          <td />
          <td><Money amount={{ minor: shop.minor, currency }} /></td>
        </tr>
        {way.map((step) => (
          <tr key={`${step.cause} ${step.says}`}>
            <th scope="row">{causeWords[step.cause]}</th>
            <td>{step.says}</td>
            <td><DifferenceBar minor={step.minor} largest={largest} /></td>
            <td><Money amount={{ minor: step.minor, currency }} signed /></td>
          </tr>
        ))}
        <tr data-kind="total">
          <th scope="row">{order.erpLabel}</th>
          <td className="dim">as it is booked</td>
          <td />
          <td><Money amount={{ minor: erp, currency }} /></td>
        </tr>
      </tbody>
    </table>
  )
}

function Lines({ order }: { readonly order: TaxOrderView }): ReactNode {
  return (
    <table className="tax-lines">
      <colgroup>
        <col />
        <col span={8} className="tax-fact" />
      </colgroup>
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={4}>{order.shopLabel}</th>
          <th scope="colgroup" colSpan={4}>{order.erpLabel}</th>
        </tr>
        <tr>
          <th scope="col">Line</th>
          {['shop', 'erp'].map((side) => ['Units', 'Net', 'Rate', 'Tax'].map((title) => <th key={`${side} ${title}`} scope="col">{title}</th>))}
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.key}>
            <th scope="row"><bdi className="tax-title" title={line.title}>{line.title}</bdi></th>
            <Side side={line.shop} differs={line.differs} missing="not ordered" />
            <Side side={line.erp} differs={line.differs} missing="no such line" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface SideProps {
  readonly side: TaxLineView['shop']
  readonly differs: TaxLineView['differs']
  readonly missing: string
}

function Side({ side, differs, missing }: SideProps): ReactNode {
  if (side === null) return <td colSpan={4} className="tax-missing" data-differs><span className="unseen">differs: </span>{missing}</td>
  const cell = (of: TaxLineView['differs'][number], text: string): ReactNode => (
    <td data-differs={differs.includes(of) || undefined}>
      {differs.includes(of) ? <span className="unseen">differs: </span> : null}
      {text}
    </td>
  )
  return (
    <>
      {cell('quantity', grouped(side.quantity))}
      {cell('net', grouped(side.net))}
      {cell('rate', side.rates.length === 0 ? 'none' : `${side.rates.join(' + ')} %`)}
      <td>{grouped(side.tax)}</td>
    </>
  )
}
