/** A link that leaves Plumbline: the person's own browser opens it, by way of the shell. */
import type { ReactNode } from 'react'
import { tellShell } from '../shell.ts'

export function OutsideLink({ url, children }: { readonly url: string; readonly children: ReactNode }): ReactNode {
  return (
    <a
      href={url}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault()
        tellShell({ plumbline: 'external', url })
      }}
    >
      {children}
    </a>
  )
}
