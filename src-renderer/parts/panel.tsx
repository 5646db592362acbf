/** A bounded piece of a screen: a title, at its right what qualifies it, and its content. */
import { type ReactNode, useId } from 'react'

interface PanelProps {
  readonly title: string
  /** Beside the title: an age, a link. */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

export function Panel({ title, aside, className, children }: PanelProps): ReactNode {
  const id = useId()
  return (
    <section className={`panel${className === undefined ? '' : ` ${className}`}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside === undefined ? null : <div className="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  )
}
