/** One pair's settings, and pairing a shop with an ERP. */
import { Button, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ConnectionView, PairView } from '../../../src-main/contract/views.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Confirm } from '../../parts/confirm.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Panel } from '../../parts/panel.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'
import { PairForm } from './pair-form.tsx'
import { PairHistory } from './pair-history.tsx'

export function PairScreen({ id }: { readonly id: string }): ReactNode {
  const answer = useAnswer(['pairs'], ['pairs.list'], (client, options) =>
    client.pairs.list(undefined, options),
  )
  const pair = answer.state === 'known' ? answer.value.find((one) => one.id === id) : undefined
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('connections')}>Connections</Back>
        {pair === undefined ? null : <Remove pair={pair} />}
      </header>
      <Answered answer={answer}>
        {() =>
          pair === undefined ? (
            <Empty
              title="This pair is not there any more"
              action={<a href={hrefOf('connections')}>All connections</a>}
            >
              It was removed, here or in another window.
            </Empty>
          ) : (
            <>
              <h1 dir="auto">
                {pair.shopLabel} with {pair.erpLabel}
              </h1>
              <PairForm
                key={pair.id}
                pair={pair}
                shop={pair.shop}
                erp={pair.erp}
                onSaved={() => go('connections')}
                onCancel={() => go('connections')}
              />
              <PairHistory id={pair.id} />
            </>
          )
        }
      </Answered>
    </div>
  )
}

function Remove({ pair }: { readonly pair: PairView }): ReactNode {
  const [removing, setRemoving] = useState(false)
  const remove = useCommand((client, id: string) => client.pairs.remove({ id }))
  return (
    <>
      <Button variant="default" onClick={() => setRemoving(true)}>
        Remove…
      </Button>
      {removing ? (
        <Confirm
          title="Remove the pair"
          does="Remove the pair"
          tone="danger"
          busy={remove.busy}
          failure={remove.failure}
          onClose={() => setRemoving(false)}
          onConfirm={() =>
            void remove.run(pair.id).then((done) => done === null || go('connections'))
          }
        >
          <p>
            {pair.shopLabel} and {pair.erpLabel} are not compared any more, and gaps between them
            are no longer found. Both connections stay.
          </p>
        </Confirm>
      ) : null}
    </>
  )
}

export function NewPairScreen(): ReactNode {
  const answer = useAnswer(['connections'], ['connections.list'], (client, options) =>
    client.connections.list(undefined, options),
  )
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('connections')}>Connections</Back>
      </header>
      <h1>Pair a shop with an ERP</h1>
      <Answered answer={answer}>{(connections) => <Choose connections={connections} />}</Answered>
    </div>
  )
}

function Choose({ connections }: { readonly connections: readonly ConnectionView[] }): ReactNode {
  const shops = connections.filter((one) => one.role === 'shop')
  const erps = connections.filter((one) => one.role === 'erp')
  const [shop, setShop] = useState(shops[0]?.id ?? null)
  const [erp, setErp] = useState(erps[0]?.id ?? null)
  if (shops.length === 0 || erps.length === 0) {
    return (
      <Empty
        title="A pair needs a shop and an ERP"
        action={<Button onClick={() => go('connect')}>Connect the one that is missing</Button>}
      >
        Each is connected once; then the two are paired.
      </Empty>
    )
  }
  const choices = (of: readonly ConnectionView[]) =>
    of.map(({ id, label }) => ({ value: id, label }))
  return (
    <div className="stack">
      {shops.length === 1 && erps.length === 1 ? null : (
        <Panel title="Which ones?">
          <div className="pair-fields">
            <Select
              label="Shop"
              data={choices(shops)}
              value={shop}
              onChange={setShop}
              allowDeselect={false}
            />
            <Select
              label="ERP"
              data={choices(erps)}
              value={erp}
              onChange={setErp}
              allowDeselect={false}
            />
          </div>
        </Panel>
      )}
      {shop === null || erp === null ? null : (
        <PairForm
          key={`${shop} ${erp}`}
          pair={null}
          shop={shop}
          erp={erp}
          onSaved={() => go('overview')}
          onCancel={() => go('connections')}
        />
      )}
    </div>
  )
}
