/** One rule for one pair: whether and how it speaks, whose it is, its parameters here and in single markets, and their history. */
import type { ReactNode } from 'react'
import type { ChangeView, PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Changes } from '../../parts/changes.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { changedValue, changedWhat } from './changed-what.ts'
import { usePairChoice } from './owners.ts'
import { RuleForm } from './rule-form.tsx'
import '../screens.css'
import '../pair/pair.css'
import './rules.css'

export function RuleScreen({ id }: { readonly id: string }): ReactNode {
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  const chosen = usePairChoice((choice) => choice.pair)
  const known = pairs.state === 'known' ? pairs.value : []
  const pair = known.find((one) => one.id === chosen) ?? known[0]
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('rules')}>Rules & owners</Back>
        {pair === undefined ? null : (
          <span className="dim" dir="auto">
            {pair.shopLabel} with {pair.erpLabel}
          </span>
        )}
      </header>
      <Answered answer={pairs}>
        {() => (pair === undefined ? <Empty title="No pair is watched yet" /> : <OneRule key={`${pair.id} ${id}`} pair={pair.id} id={id} />)}
      </Answered>
    </div>
  )
}

function OneRule({ pair, id }: { readonly pair: string; readonly id: string }): ReactNode {
  const answer = useAnswer(['pairs', 'incidents', 'people'], ['rules.list', pair], (client, options) => client.rules.list({ pair }, options))
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  const history = useAnswer(['pairs', 'audit'], ['rules.history', pair, id], (client, options) => client.rules.history({ pair, rule: id }, options))
  return (
    <Answered answer={answer}>
      {(rules) => {
        const rule = rules.find((one) => one.id === id)
        if (rule === undefined) return <Empty title="This version knows no such rule" />
        return (
          <>
            <h1>{rule.title}</h1>
            <div className="rule">
              <Answered answer={people}>{(everybody) => <RuleForm pair={pair} rule={rule} people={everybody} />}</Answered>
              <div className="stack">
                <Panel title="What to do when it speaks">
                  <ol className="steps">
                    {rule.guide.map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                </Panel>
                <Answered answer={history}>
                  {(changes) => <Answered answer={people}>{(everybody) => <History changes={changes} rule={rule} people={everybody} />}</Answered>}
                </Answered>
              </div>
            </div>
          </>
        )
      }}
    </Answered>
  )
}

interface HistoryProps {
  readonly changes: readonly ChangeView[]
  readonly rule: RuleView
  readonly people: PeopleView
}

function History({ changes, rule, people }: HistoryProps): ReactNode {
  return (
    <Panel title="History">
      {changes.length === 0 ? (
        <p className="dim">Nothing was changed: it is as it comes.</p>
      ) : (
        <Changes changes={changes} whatOf={(what) => changedWhat(what, rule.fields)} valueOf={(what, value) => changedValue(what, value, people)} began="Set for the first time." />
      )}
    </Panel>
  )
}
