/** The checklist and the controls, each answered from data where they can answer, else by a person; and the whole as a file. */
import { Button, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AuditPageView, AuditPointView } from '../../../src-main/contract/audit-views.ts'
import { auditParts } from '../../../src-main/domain/audit-points.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { saveText } from '../../parts/save-text.ts'
import { State, StateShape } from '../../parts/state.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { everything, useQueue } from '../incidents/filter.ts'
import { Declare } from './declare.tsx'
import { answerLooks, linkWord, partWords, shownAnswers } from './words.ts'

type Shown = 'all' | 'wanting' | 'declared'

interface AuditPageProps {
  readonly showTrail: () => void
}

export function AuditPage({ showTrail }: AuditPageProps): ReactNode {
  const answer = useAnswer(['audit', 'incidents', 'connections', 'pairs', 'people', 'settings', 'channels', 'close', 'replays'], ['audit.page'], (client, options) =>
    client.audit.page(undefined, options),
  )
  const [shown, setShown] = useState<Shown>('all')
  const [declaring, setDeclaring] = useState<AuditPointView['id'] | null>(null)
  return (
    <Answered answer={answer}>
      {(page) => {
        const points = page.points.filter((point) => fits(point, shown))
        const open = page.points.find((point) => point.id === declaring)
        return (
          <div className="stack">
            <div className="audit-head">
              <Sum page={page} />
              <SegmentedControl
                aria-label="Points"
                value={shown}
                onChange={(next) => setShown(next)}
                data={[
                  { value: 'all', label: 'All' },
                  { value: 'wanting', label: `Wanting ${count(page.points.filter((point) => fits(point, 'wanting')).length)}` },
                  { value: 'declared', label: 'Declared' },
                ]}
              />
              <Exports />
            </div>
            {points.length === 0 ? <Empty title={shown === 'wanting' ? 'Nothing is wanting' : 'Nothing was declared yet'} tone={shown === 'wanting' ? 'good' : 'plain'} /> : null}
            {auditParts.flatMap((part) =>
              groupsOf(points.filter((point) => point.part === part)).map(([group, rows]) => (
                <Panel key={group} title={part === 'checklist' ? group : partWords[part]} aside={part === 'checklist' ? partWords.checklist : undefined}>
                  <ul className="audit-points">
                    {rows.map((point) => (
                      <Point key={point.id} point={point} showTrail={showTrail} onDeclare={() => setDeclaring(point.id)} />
                    ))}
                  </ul>
                </Panel>
              )),
            )}
            {open === undefined ? null : <Declare point={open} onClose={() => setDeclaring(null)} />}
          </div>
        )
      }}
    </Answered>
  )
}

function fits(point: AuditPointView, shown: Shown): boolean {
  if (shown === 'declared') return point.declared !== null
  return shown === 'all' || point.answer === null || point.answer === 'no' || point.answer === 'partly'
}

function groupsOf(points: readonly AuditPointView[]): readonly (readonly [string, readonly AuditPointView[]])[] {
  const groups = new Map<string, AuditPointView[]>()
  for (const point of points) groups.set(point.group, [...(groups.get(point.group) ?? []), point])
  return [...groups]
}

/** How the whole stands, in shapes and words. */
function Sum({ page }: { readonly page: AuditPageView }): ReactNode {
  return (
    <p className="audit-sum">
      {shownAnswers.map((name) => {
        const look = answerLooks[name]
        const many = page.points.filter((point) => (point.answer ?? 'open') === name).length
        return (
          <span key={name} className={`state tone-${look.tone}`}>
            <StateShape look={look} />
            <span>{`${count(many)} ${look.word.toLowerCase()}`}</span>
          </span>
        )
      })}
    </p>
  )
}

function Exports(): ReactNode {
  const made = useCommand((client, as: 'csv' | 'json') => client.audit.exported({ as }))
  const save = (as: 'csv' | 'json') => void made.run(as).then((file) => file === null || saveText(file, as === 'csv' ? 'text/csv' : 'application/json'))
  return (
    <div className="row audit-exports">
      <Button variant="default" disabled={made.busy} onClick={() => save('csv')}>
        Export CSV
      </Button>
      <Button variant="default" disabled={made.busy} onClick={() => save('json')}>
        Export JSON
      </Button>
    </div>
  )
}

interface PointProps {
  readonly point: AuditPointView
  readonly showTrail: () => void
  readonly onDeclare: () => void
}

function Point({ point, showTrail, onDeclare }: PointProps): ReactNode {
  const { evidence, declared, by } = point
  return (
    <li className="audit-point">
      <State look={answerLooks[point.answer ?? 'open']} />
      <div>
        <p className="audit-asks">{point.asks}</p>
        {evidence === null ? null : (
          <p className="small dim">
            {evidence.says} {evidence.link === null ? null : <Evidence link={evidence.link} showTrail={showTrail} />}
          </p>
        )}
        {declared === null ? null : (
          <p className="small dim audit-declared" dir="auto">
            {`${by === 'data' ? `Declared beside it: ${answerLooks[declared.answer].word.toLowerCase()}` : 'Declared'} by ${declared.who}, `}
            <Instant at={declared.at} />
            {declared.note === null ? '' : `: ${declared.note}`}
          </p>
        )}
        {evidence === null && declared === null ? <p className="small dim">No data of this app can tell. Say how it is.</p> : null}
      </div>
      <Button {...(point.answer === null ? { variant: 'default' } : { variant: 'subtle', color: 'gray' })} size="compact-xs" aria-label={`Declare: ${point.asks}`} onClick={onDeclare}>
        Declare…
      </Button>
    </li>
  )
}

/** To the screen that shows it; to the incidents of one rule where it is about those. */
function Evidence({ link, showTrail }: { readonly link: { readonly screen: string; readonly rule: string | null }; readonly showTrail: () => void }): ReactNode {
  const { screen, rule } = link
  const prepare = (): void => {
    if (screen === 'audit') showTrail()
    if (rule !== null) useQueue.getState().look({ ...everything, rule })
  }
  return (
    <a href={hrefOf(screen)} onClick={prepare}>
      {linkWord(link)}
    </a>
  )
}
