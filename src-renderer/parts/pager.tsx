/** Which rows of how many are shown, and the way to the rows before and after. */
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { count } from './numbers.ts'

interface PagerProps {
  readonly offset: number
  readonly shown: number
  /** Null where nobody counts them. */
  readonly total: number | null
  /** Undefined where there are none. */
  readonly onBefore: (() => void) | undefined
  readonly onAfter: (() => void) | undefined
}

export function Pager({ offset, shown, total, onBefore, onAfter }: PagerProps): ReactNode {
  return (
    <div className="pager">
      <span className="small dim" role="status">
        {shown === 0 ? count(0) : `${count(offset + 1)}–${count(offset + shown)}`}
        {total === null ? null : ` of ${count(total)}`}
      </span>
      <ActionIcon aria-label="Rows before" disabled={onBefore === undefined} onClick={onBefore}>
        <IconChevronLeft size={16} stroke={1.75} />
      </ActionIcon>
      <ActionIcon aria-label="Rows after" disabled={onAfter === undefined} onClick={onAfter}>
        <IconChevronRight size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}
