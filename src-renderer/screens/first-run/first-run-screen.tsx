/** From nothing to a watched seam: welcome, the shop, the ERP, and what they agreed on. */
import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ConnectionView, PairView, PlatformView } from '../../../src-main/contract/views.ts'
import type { Role } from '../../../src-main/domain/connection.ts'
import { useAnswer } from '../../ask.ts'
import { exploreDemo } from '../../demo/deeds.ts'
import { NotInDemo } from '../../demo/not-in-demo.tsx'
import { Answered } from '../../parts/answered.tsx'
import { Panel } from '../../parts/panel.tsx'
import { State, connectionLooks } from '../../parts/state.tsx'
import { useInDemo } from '../../stores/demo.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { ConnectionForm } from '../connections/connection-form.tsx'
import { PairForm } from '../pair/pair-form.tsx'
import '../screens.css'
import './first-run.css'

const steps = ['Shop', 'ERP', 'What they agreed on'] as const

export function FirstRunScreen(): ReactNode {
  const connections = useAnswer(['connections'], ['connections.list'], (client, options) =>
    client.connections.list(undefined, options),
  )
  const platforms = useAnswer([], ['connections.platforms'], (client, options) =>
    client.connections.platforms(undefined, options),
  )
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) =>
    client.pairs.list(undefined, options),
  )
  const [begun, setBegun] = useState(false)
  if (useInDemo()) return <NotInDemo />
  return (
    <div className="screen first-run">
      <Answered answer={connections}>
        {(there) => (
          <Answered answer={platforms}>
            {(offered) => (
              <Answered answer={pairs}>
                {(paired) =>
                  begun || there.length > 0 ? (
                    <Wizard connections={there} platforms={offered} pairs={paired} />
                  ) : (
                    <Welcome onConnect={() => setBegun(true)} />
                  )
                }
              </Answered>
            )}
          </Answered>
        )}
      </Answered>
    </div>
  )
}

function Welcome({ onConnect }: { readonly onConnect: () => void }): ReactNode {
  return (
    <section className="welcome">
      <h1>Plumbline watches the seam between your shop and your ERP</h1>
      <ul className="promises">
        <li>
          It finds paid orders that the ERP never heard of, stock that is out of date, and tax that
          differs, to the cent.
        </li>
        <li>
          It only reads. Nothing is written to either system until you switch a repair on and
          confirm it.
        </li>
        <li>Everything stays on this computer. Passwords go into its keychain and nowhere else.</li>
      </ul>
      <dl className="ways">
        <dt>
          <Button size="md" fullWidth onClick={onConnect}>
            Connect
          </Button>
        </dt>
        <dd className="small dim">
          You need the address of both systems and a key or user that may read. It takes about five
          minutes.
        </dd>
        <dt>
          <Button size="md" fullWidth variant="default" onClick={exploreDemo}>
            Explore the demo
          </Button>
        </dt>
        <dd className="small dim">
          You need nothing. A simulated shop and ERP do business on this computer, and you may break
          things to see what Plumbline makes of it.
        </dd>
      </dl>
    </section>
  )
}

interface WizardProps {
  readonly connections: readonly ConnectionView[]
  readonly platforms: readonly PlatformView[]
  readonly pairs: readonly PairView[]
}

function Wizard({ connections, platforms, pairs }: WizardProps): ReactNode {
  const shop = connections.find((one) => one.role === 'shop') ?? null
  const erp = connections.find((one) => one.role === 'erp') ?? null
  const at = shop === null ? 0 : erp === null ? 1 : 2
  const step = useRef<HTMLDivElement>(null)
  const before = useRef(at)
  useEffect(() => {
    // The form that had the focus is gone: the next step gets it, so that a reader hears it.
    if (before.current !== at) step.current?.focus()
    before.current = at
  }, [at])
  return (
    <>
      <header className="screen-head">
        <h1>Connect a shop and an ERP</h1>
      </header>
      <ol className="wizard-steps">
        {steps.map((title, index) => (
          <li
            key={title}
            aria-current={index === at ? 'step' : undefined}
            data-done={index < at || undefined}
          >
            <span aria-hidden="true">{index < at ? '✓' : index + 1}</span> {title}
            {index < at ? <span className="unseen"> (done)</span> : null}
          </li>
        ))}
      </ol>
      <div
        ref={step}
        tabIndex={-1}
        className="stack wizard-step"
        role="group"
        aria-label={`Step ${at + 1} of ${steps.length}: ${steps[at]}`}
      >
        {at === 0 ? (
          <Step role="shop" platforms={platforms} lead="Where do your customers buy?" />
        ) : null}
        {at === 1 ? (
          <Step role="erp" platforms={platforms} lead="Where are orders booked?" />
        ) : null}
        {shop === null || erp === null ? null : (
          <>
            <p className="row small dim">
              {[shop, erp].map((one) => (
                <span key={one.id} className="row">
                  <State look={connectionLooks[one.state]} />
                  <a href={hrefOf('connections', one.id)}>{one.label}</a>
                </span>
              ))}
            </p>
            <PairForm
              key={`${shop.id} ${erp.id}`}
              pair={pairs.find((one) => one.shop === shop.id && one.erp === erp.id) ?? null}
              shop={shop.id}
              erp={erp.id}
              onSaved={() => go('overview')}
            />
          </>
        )}
      </div>
    </>
  )
}

function Step({
  role,
  platforms,
  lead,
}: {
  readonly role: Role
  readonly platforms: readonly PlatformView[]
  readonly lead: string
}): ReactNode {
  return (
    <Panel title={lead} className="form-panel">
      <ConnectionForm
        key={role}
        name={`first ${role}`}
        platforms={platforms.filter((platform) => platform.role === role)}
        existing={null}
        // The list of connections changes, and the next step shows itself.
        onSaved={() => undefined}
      />
    </Panel>
  )
}
