/** What both sides say, line by line beside each other; where they differ it is marked, said and weighted, not only coloured. */
import type { ReactNode } from 'react'
import type { Evidence } from '../../src-main/domain/incident.ts'
import { inOwnTime } from './dates.ts'

interface DiffProps {
  readonly evidence: readonly Evidence[]
  /** What stands above the two columns: a label and an age. */
  readonly left: ReactNode
  readonly right: ReactNode
  readonly caption: string
}

export function Diff({ evidence, left, right, caption }: DiffProps): ReactNode {
  return (
    <table className="diff">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{left}</th>
          <td className="diff-mark" />
          <th scope="col">{right}</th>
        </tr>
      </thead>
      <tbody>
        {evidence.map((line, index) => (
          <tr key={`${index} ${line.label}`} data-differs={line.differs || undefined}>
            <th scope="row">{line.label}</th>
            <td className="diff-side"><Side says={line.shop} /></td>
            <td className="diff-mark">
              {line.differs ? (
                <>
                  <span aria-hidden="true">≠</span>
                  <span className="unseen">differs from</span>
                </>
              ) : null}
            </td>
            <td className="diff-side"><Side says={line.erp} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Side({ says }: { readonly says: string | null }): ReactNode {
  return says === null ? <span className="faint">nothing</span> : inOwnTime(says)
}
