/** The daily close: takings against bookings of one business day, where each cent of the difference is, and who signed it. */
import { Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { CloseView } from '../../../src-main/contract/close-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AsOf, Figure } from '../../parts/figure.tsx'
import { Money } from '../../parts/money.tsx'
import { amountOf } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { Exports } from './exports.tsx'
import { PaidOut } from '../orders/paid-out.tsx'
import { type DayAt, dayAt } from './places.ts'
import { SignOff } from './sign-off.tsx'
import { Waterfall } from './waterfall.tsx'
import '../screens.css'
import './close.css'

/** A day of a pair, by the address that its incident leads to. */
export function ClosedDayScreen({ id }: { readonly id: string }): ReactNode {
  return <CloseScreen key={id} at={dayAt(id)} />
}

export function CloseScreen({ at = null }: { readonly at?: DayAt | null }): ReactNode {
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  return (
    <div className="screen">
      <Answered answer={pairs}>
        {(known) => {
          const [first] = known
          if (first === undefined) {
            return <Empty title="No pair to close a day of">Connect a shop and an ERP, and pair them: then each day’s takings are set against its bookings here.</Empty>
          }
          return <PairClose pairs={known} first={known.find((one) => one.id === at?.pair) ?? first} day={at?.day ?? null} />
        }}
      </Answered>
    </div>
  )
}

function PairClose({ pairs, first, day: asked }: { readonly pairs: readonly PairView[]; readonly first: PairView; readonly day: string | null }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null)
  const [day, setDay] = useState<string | null>(asked)
  const pair = pairs.find((one) => one.id === chosen) ?? first
  const answer = useAnswer(['close', 'overview', 'pairs'], ['close.get', pair.id, day], (client, options) => client.close.get({ pair: pair.id, day }, options))
  return (
    <>
      <header className="screen-head">
        <h1>Close</h1>
        {pairs.length < 2 ? null : (
          <Select
            aria-label="Pair"
            w="22rem"
            data={pairs.map((one) => ({ value: one.id, label: `${one.shopLabel} → ${one.erpLabel}` }))}
            value={pair.id}
            allowDeselect={false}
            onChange={(next) => setChosen(next)}
          />
        )}
        {answer.state === 'known' ? <DayChoice close={answer.value} onChoose={setDay} /> : null}
        {answer.state === 'known' ? <Exports key={`${answer.value.pair} ${answer.value.day}`} close={answer.value} /> : null}
      </header>
      <Answered answer={answer}>{(close) => <Day close={close} />}</Answered>
    </>
  )
}

const stateWords: Readonly<Record<CloseView['days'][number]['state'], string>> = {
  running: 'today',
  open: 'open',
  missed: 'not signed in time',
  signed: 'signed',
  reopened: 'open again',
}

function DayChoice({ close, onChoose }: { readonly close: CloseView; readonly onChoose: (day: string | null) => void }): ReactNode {
  const known = close.days.some((one) => one.day === close.day)
  const days = known ? close.days : [...close.days, { day: close.day, state: 'open' as const }]
  return (
    <Select
      aria-label={`Business day in ${close.zone}`}
      data={days.map(({ day, state }) => ({ value: day, label: `${day}, ${stateWords[state]}` }))}
      value={close.day}
      allowDeselect={false}
      onChange={onChoose}
    />
  )
}

function Day({ close }: { readonly close: CloseView }): ReactNode {
  if (close.currencies.length === 0) {
    return <Empty title="Nothing was taken or booked on this day">{`Neither ${close.shopLabel} nor ${close.erpLabel} has anything on ${close.day} in ${close.zone}.`}</Empty>
  }
  return (
    <div className="stack">
      {close.currencies.map((closed) => (
        <Panel key={closed.currency} title={`${close.day}, ${closed.currency}`} aside={<AsOf asOf={close.erpAsOf} />}>
          <div className="close-figures">
            <div>
              <span className="small dim">Difference</span>
              <Figure asOf={close.erpAsOf} told={amountOf({ minor: closed.shop - closed.erp, currency: closed.currency }, true)} size="figure">
                <Money amount={{ minor: closed.shop - closed.erp, currency: closed.currency }} signed />
              </Figure>
            </div>
            <Standing title="Unexplained" minor={closed.unexplained} currency={closed.currency} close={close} />
            <Standing title="Not judged" minor={closed.notJudged} currency={closed.currency} close={close} />
          </div>
          <Waterfall pair={close.pair} day={close.day} closed={closed} shopLabel={close.shopLabel} erpLabel={close.erpLabel} />
          <SignOff key={`${close.day} ${closed.currency}`} close={close} closed={closed} />
        </Panel>
      ))}
      {close.payouts.length === 0 ? null : <PaidOut title="Of this day’s cards, on its way to the bank" payouts={close.payouts} />}
    </div>
  )
}

function Standing({ title, minor, currency, close }: { readonly title: string; readonly minor: number; readonly currency: string; readonly close: CloseView }): ReactNode {
  return (
    <div className={minor === 0 ? '' : 'close-wanting'}>
      <span className="small dim">{title}</span>
      <Figure asOf={close.erpAsOf} told={amountOf({ minor, currency }, true)} size="figure">
        <Money amount={{ minor, currency }} signed={minor !== 0} />
      </Figure>
    </div>
  )
}
