/** A sentence that must not be missed, with the shape and ground of its state. */
import type { ReactNode } from 'react'
import { type StateLook, StateShape } from './state.tsx'

interface NoteProps {
  readonly look: Pick<StateLook, 'tone' | 'shape'>
  readonly children: ReactNode
}

export function Note({ look, children }: NoteProps): ReactNode {
  return (
    <div className={`note note-${look.tone}`}>
      <StateShape look={look} />
      <div>{children}</div>
    </div>
  )
}
