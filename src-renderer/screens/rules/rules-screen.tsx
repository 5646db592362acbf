/** Every rule with its weight, its owner and its deadline for one pair, and the people and roles who own them. */
import { Button, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Empty } from '../../parts/empty.tsx'
import { count } from '../../parts/numbers.ts'
import { Severity } from '../../parts/severity.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'
import { everything, useQueue } from '../incidents/filter.ts'
import { Faults } from './faults.tsx'
import { ownerName, usePairChoice } from './owners.ts'
import { People } from './people.tsx'
import { slaWords } from './rule-draft.ts'
import '../screens.css'
import '../pair/pair.css'
import './rules.css'

export function RulesScreen(): ReactNode {
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  const chosen = usePairChoice((choice) => choice.pair)
  const known = pairs.state === 'known' ? pairs.value : []
  const pair = known.find((one) => one.id === chosen) ?? known[0]
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Rules & owners</h1>
        {known.length < 2 || pair === undefined ? null : (
          <Select
            aria-label="Pair"
            data={known.map((one) => ({ value: one.id, label: `${one.shopLabel} with ${one.erpLabel}` }))}
            value={pair.id}
            allowDeselect={false}
            onChange={(next) => usePairChoice.setState({ pair: next })}
          />
        )}
      </header>
      <Answered answer={people}>
        {(everybody) => (
          <>
            <Answered answer={pairs}>
              {() =>
                pair === undefined ? (
                  <Empty title="No pair is watched yet" action={<Button onClick={() => go('pairs')}>Pair a shop with an ERP</Button>}>
                    Rules compare the two sides of a pair; they can be set once there is one.
                  </Empty>
                ) : (
                  <Rules key={pair.id} pair={pair.id} people={everybody} />
                )
              }
            </Answered>
            <Faults people={everybody} />
            <People people={everybody} />
          </>
        )}
      </Answered>
    </div>
  )
}

function Rules({ pair, people }: { readonly pair: string; readonly people: PeopleView }): ReactNode {
  const answer = useAnswer(['pairs', 'incidents', 'people'], ['rules.list', pair], (client, options) => client.rules.list({ pair }, options))
  return (
    <Answered answer={answer}>
      {(rules) => (
        <div className="rules-table">
          <Table
            label="Rules"
            rows={rules}
            columns={columnsFor(people, pair)}
            idOf={(rule) => rule.id}
            onOpen={(rule) => go('rules', rule.id)}
            empty={<Empty title="This version knows no rule" />}
          />
        </div>
      )}
    </Answered>
  )
}

function columnsFor(people: PeopleView, pair: string): readonly Column<RuleView>[] {
  return [
    { id: 'severity', title: 'Severity', width: '5.5rem', draw: (rule) => <Severity level={rule.setting.severity ?? rule.severity} /> },
    { id: 'title', title: 'Rule', width: 'minmax(11rem, 1fr)', draw: (rule) => <Cut text={rule.setting.on ? rule.title : `${rule.title} (off)`} /> },
    {
      id: 'owner',
      title: 'Owner',
      width: 'minmax(6rem, 0.6fr)',
      draw: (rule) => <Cut text={ownerName(people, rule.setting.owner ?? people.defaultOwner)} />,
    },
    { id: 'sla', title: 'Within', width: 'minmax(6.5rem, 0.5fr)', draw: (rule) => <Cut text={slaWords(rule)} /> },
    { id: 'set', title: 'Set here', width: '5rem', draw: (rule) => (rule.isSet ? 'Yes' : '—') },
    { id: 'open', title: 'Open', width: '4rem', align: 'right', draw: (rule) => <OpenCount rule={rule} pair={pair} /> },
  ]
}

/** The queue opens on what is counted here. */
function OpenCount({ rule, pair }: { readonly rule: RuleView; readonly pair: string }): ReactNode {
  if (rule.open === 0) return count(0)
  return (
    <a
      href={hrefOf('incidents')}
      aria-label={`${count(rule.open)} open of: ${rule.title}`}
      onClick={(event) => {
        event.stopPropagation()
        useQueue.getState().look({ ...everything, rule: rule.id, pair })
      }}
    >
      {count(rule.open)}
    </a>
  )
}
