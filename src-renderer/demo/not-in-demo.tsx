/** Stands where something of one's own would be connected: the demo keeps to its two sides, and real keys stay out of it. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Empty } from '../parts/empty.tsx'
import { leaveDemo } from './deeds.ts'

export function NotInDemo(): ReactNode {
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Connect</h1>
      </header>
      <Empty title="Nothing of yours is connected in the demo" action={<Button onClick={leaveDemo}>Leave the demo</Button>}>
        It keeps to its own shop and ERP. Leave it to connect yours.
      </Empty>
    </div>
  )
}
