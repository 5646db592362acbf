/** What was changed about a pair before, in the words of its form. */
import type { ReactNode } from 'react'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Changes } from '../../parts/changes.tsx'
import { Panel } from '../../parts/panel.tsx'
import { mapNames, mapWords } from './map-text.ts'
import { domainWords } from './ownership.tsx'

const words: Readonly<Record<string, string>> = {
  since: 'Watched from',
  reference: 'Pattern of the reference',
  store: 'Store code',
  graceMinutes: 'Grace in minutes',
  stockTargetMinutes: 'Stock target in minutes',
  stockBuffer: 'Safety buffer in units',
  stockShare: 'Share of the ERP’s stock',
  stockCap: 'Never more than, in units',
  channels: 'Channels',
  testMarks: 'Test orders',
  zone: 'Time zone of the business day',
  signOffFrom: 'Days are signed off from',
  'closeBasis.shop': 'Takings belong to the day',
  'closeBasis.erp': 'Bookings belong to the day',
  'actors.integration': 'The integration’s users in the ERP',
  'actors.people': 'People in the ERP',
}

export function PairHistory({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['pairs', 'audit'], ['pairs.history', id], (client, options) => client.pairs.history({ id }, options))
  return (
    <Panel title="History">
      <Answered answer={answer}>
        {(changes) =>
          changes.length === 0 ? (
            <p className="dim">Nothing was changed here since it was paired.</p>
          ) : (
            <Changes changes={changes} whatOf={whatOf} valueOf={(_what, value) => valueOf(value)} began="Paired, with the settings of then." />
          )
        }
      </Answered>
    </Panel>
  )
}

/** As the trail names it: `graceMinutes`, `due.card`, `skuMap.MUG`, `bundles.SET.MUG`, `owners.price.owner`. */
function whatOf(what: string): string {
  const known = words[what]
  if (known !== undefined) return known
  const [room = '', ...rest] = what.split('.')
  const map = mapNames.find((name) => name === room)
  if (map !== undefined) return `${mapWords[map].label}, ${rest.join('.')}`
  if (room === 'due') return rest.join('.') === '*' ? 'Due when, any payment' : `Due when paid by ${rest.join('.')}`
  if (room === 'locations') return `Warehouse ${rest.join('.')}`
  const [domain, part] = rest
  const owned = Object.entries(domainWords).find(([name]) => name === domain)
  if (room !== 'owners' || owned === undefined) return what
  return part === 'owner' ? `Owner of: ${owned[1]}` : `${owned[1]}: ${part === 'update' ? 'may also change' : 'may overrule'}`
}

function valueOf(value: string): string {
  if (value === 'standard') return 'none'
  // a list as it is written in the form
  return value.startsWith('["') ? value.slice(1, -1).replaceAll('","', ', ').replaceAll('"', '') : value === '[]' ? 'none' : value
}
