/** What is wanted otherwise in single markets: whether and how a rule speaks there, whose that is, and by which parameters. */
import { Button, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PeopleView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { Panel } from '../../parts/panel.tsx'
import { Fields } from './parameters.tsx'
import { type MarketDraft, type RuleDraft, noMarket } from './rule-draft.ts'
import { Weight } from './weight.tsx'

interface MarketsProps {
  readonly rule: RuleView
  readonly draft: RuleDraft
  readonly people: PeopleView
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (markets: readonly MarketDraft[]) => void
}

export function Markets({ rule, draft, people, problems, onChange }: MarketsProps): ReactNode {
  if (!rule.ofMarkets) {
    return (
      <Panel title="In single markets">
        <p className="small dim">All of it holds for all markets: what this rule looks at is of no single one.</p>
      </Panel>
    )
  }
  const change = (nth: number, next: Partial<MarketDraft>): void => onChange(draft.markets.map((row, index) => (index === nth ? { ...row, ...next } : row)))
  return (
    <Panel title="In single markets">
      <div className="stack">
        {draft.markets.length === 0 ? <p className="small dim">What is set above holds in every market.</p> : null}
        {draft.markets.map((row, nth) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row has no name until its market was typed
          <fieldset key={nth} className="market">
            <legend className="small dim">{row.market === '' ? 'A market' : `In ${row.market.toUpperCase()}`}</legend>
            <div className="pair-fields">
              <TextInput
                label="Country"
                placeholder="FR"
                maxLength={2}
                value={row.market}
                error={problems[`market.${nth}`]}
                onChange={(event) => change(nth, { market: event.currentTarget.value })}
              />
              <Select
                label="Judged by this rule"
                placeholder={`${draft.on ? 'Yes' : 'No'}, as everywhere`}
                clearable
                data={[
                  { value: 'true', label: 'Yes' },
                  { value: 'false', label: 'No' },
                ]}
                value={row.on === null ? null : String(row.on)}
                onChange={(next) => change(nth, { on: next === null ? null : next === 'true' })}
              />
            </div>
            <Weight rule={rule} draft={row} above={draft} people={people} at={`market.${nth}.`} problems={problems} change={(next) => change(nth, next)} />
            <Fields fields={rule.fields} typed={row.params} above={draft.params} at={`market.${nth}`} problems={problems} onType={(params) => change(nth, { params })} />
            <div className="row">
              <Button variant="subtle" color="gray" onClick={() => onChange(draft.markets.filter((_, index) => index !== nth))}>
                As everywhere
              </Button>
            </div>
          </fieldset>
        ))}
        <div className="row">
          <Button variant="default" onClick={() => onChange([...draft.markets, noMarket])}>
            Another market
          </Button>
        </div>
      </div>
    </Panel>
  )
}
