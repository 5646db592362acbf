/** The reference pattern tried on the ERP's real references while it is typed. */
import { useDebouncedValue } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Note } from '../../parts/note.tsx'

interface ReferenceTryProps {
  readonly shop: string
  readonly erp: string
  readonly reference: string | null
  readonly store: string | null
}

/** Long enough not to ask at each key, short enough to feel live. */
const pauseMs = 250

export function ReferenceTry(props: ReferenceTryProps): ReactNode {
  const [question] = useDebouncedValue(props, pauseMs)
  const answer = useAnswer(
    ['connections'],
    ['pairs.tryReference', question.shop, question.erp, question.reference, question.store],
    (client, options) =>
      client.pairs.tryReference(
        {
          shop: question.shop,
          erp: question.erp,
          reference: question.reference,
          store: question.store,
        },
        options,
      ),
  )
  return (
    <div className="reference-try" aria-live="polite">
      <Answered answer={answer}>
        {(tried) =>
          tried.problem !== null ? (
            <Note look={{ tone: 'high', shape: 'question' }}>The pattern is {tried.problem}.</Note>
          ) : tried.total === 0 ? (
            <p className="small dim">
              No order of the ERP was read yet. The try-out fills in as soon as it was.
            </p>
          ) : (
            <>
              <p className="small dim">
                {tried.matched} of {tried.total} references of the ERP name an order that the shop
                has.
              </p>
              <div
                className="tried-box"
                tabIndex={0}
                role="region"
                aria-label="The references that it was tried on"
              >
                <table className="tried">
                  <thead>
                    <tr>
                      <th scope="col">In the ERP</th>
                      <th scope="col">Shop number</th>
                      <th scope="col">In the shop</th>
                    </tr>
                  </thead>
                  <tbody>
                    {tried.rows.map((row) => (
                      <tr key={row.reference}>
                        <td>{row.reference}</td>
                        <td>{row.number ?? 'names none'}</td>
                        <td className={row.shopHasIt ? 'tone-good' : 'dim'}>
                          {row.number === null ? '' : row.shopHasIt ? '✓ there' : '○ not there'}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </Answered>
    </div>
  )
}
