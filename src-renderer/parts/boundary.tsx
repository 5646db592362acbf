/** Keeps a bug in one screen from taking the others with it: says what happened, and lets the person go on. */
import { Component, type ReactNode } from 'react'
import { Failure } from './failure.tsx'

interface BoundaryProps {
  readonly children: ReactNode
}

interface BoundaryState {
  readonly broken: boolean
}

/** A class because React has no other way to catch what a drawing throws. Give it a key: a new key starts afresh. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { broken: false }

  static getDerivedStateFromError(): BoundaryState {
    return { broken: true }
  }

  override componentDidCatch(error: unknown): void {
    console.error('screen', error)
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className="screen">
        <Failure
          failure={{
            what: 'This screen ran into a fault of its own.',
            means: 'Reading and judging go on; nothing was changed.',
            todo: 'Try it again, or go to another screen.',
            field: null,
          }}
          again={() => this.setState({ broken: false })}
        />
      </div>
    )
  }
}
