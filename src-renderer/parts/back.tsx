/** The way back to the list that a thing was opened from. */
import { IconChevronLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export function Back({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return (
    <a className="back" href={href}>
      <IconChevronLeft size={16} stroke={1.75} aria-hidden="true" />
      {children}
    </a>
  )
}
