/** Text that may be longer than its place: cut with an ellipsis, whole on hover, and cut at its own end in either direction of writing. */
import type { ReactNode } from 'react'

export function Cut({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="cut cut-text" dir="auto" title={text}>
      {text}
    </span>
  )
}
