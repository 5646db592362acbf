/** The stripe above every screen of the demo: that it is one, the panel that breaks things, and the way back. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useKeys } from '../parts/use-keys.ts'
import { useDemo, useInDemo } from '../stores/demo.ts'
import { leaveDemo } from './deeds.ts'
import './demo.css'

export function DemoStripe(): ReactNode {
  return useInDemo() ? <Stripe /> : null
}

function Stripe(): ReactNode {
  const { panelOpen, showPanel } = useDemo()
  useKeys({
    title: 'Demo',
    bindings: [{ keys: 'b', does: panelOpen ? 'Put the demo panel away' : 'Break something', run: () => showPanel(!panelOpen) }],
  })
  return (
    <div className="demo-stripe" role="region" aria-label="Demo">
      <DemoBadge />
      <span className="cut">A simulated shop and ERP on this computer. Nothing of it is real, and it is gone when you leave.</span>
      {panelOpen ? null : (
        <Button variant="default" aria-keyshortcuts="b" onClick={() => showPanel(true)}>
          Break something
        </Button>
      )}
      <Button variant="default" onClick={leaveDemo}>
        Leave the demo
      </Button>
    </div>
  )
}

export function DemoBadge(): ReactNode {
  return <strong className="demo-badge">Demo</strong>
}
