/** What the two sides call by different names: one map a fold, written or pasted row by row. */
import { Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { mapNames, mapWords } from './map-text.ts'
import type { PartProps } from './part.ts'

export function Maps({ terms, change, problems }: PartProps): ReactNode {
  return (
    <Panel title="What do the two sides call by different names?">
      <div className="stack-tight">
        {mapNames.map((name) => {
          const { label, says, example } = mapWords[name]
          const rows = terms.maps[name].split('\n').filter((line) => line.trim() !== '').length
          return (
            // what is wrong in it must be seen
            <details key={name} className="fold" open={problems[name] === undefined ? undefined : true}>
              <summary>
                {label}
                <span className="small dim"> {rows === 0 ? 'as they are' : rows === 1 ? '1 row' : `${rows} rows`}</span>
              </summary>
              <Textarea
                aria-label={label}
                description={`${says} One row a line, such as ${example}`}
                className="pattern"
                placeholder={example}
                autosize
                minRows={3}
                maxRows={14}
                spellCheck={false}
                name={name}
                value={terms.maps[name]}
                error={problems[name]}
                onChange={(event) =>
                  change({ maps: { ...terms.maps, [name]: event.currentTarget.value } })
                }
              />
            </details>
          )
        })}
      </div>
    </Panel>
  )
}
