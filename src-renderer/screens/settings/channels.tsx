/** The second channel: whom an incident reaches when nobody reacts to it in time. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ChannelView } from '../../../src-main/contract/channel-views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Panel } from '../../parts/panel.tsx'
import { go, hrefOf } from '../../stores/navigation.ts'

export function Channels(): ReactNode {
  const answer = useAnswer(['channels'], ['channels.list'], (client, options) => client.channels.list(undefined, options))
  return (
    <Panel title="When nobody reacts" aside={<a href={hrefOf('channels')}>Delivery log</a>}>
      <div className="stack">
        <p className="dim">Each rule says within which time somebody must react. When nobody does, these are told, once.</p>
        <Answered answer={answer}>
          {(channels) =>
            channels.length === 0 ? (
              <p>No channel yet: what nobody sees here reaches nobody.</p>
            ) : (
              <ul className="channels">
                {channels.map((channel) => (
                  <li key={channel.id}>
                    <a href={hrefOf('channels', channel.id)} dir="auto">
                      {channel.label}
                    </a>
                    <span className="dim">{channel.enabled ? targetOf(channel) : 'switched off'}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
        <div className="row">
          <Button variant="default" onClick={() => go('channels', 'new-email')}>
            Add e-mail
          </Button>
          <Button variant="default" onClick={() => go('channels', 'new-webhook')}>
            Add a webhook
          </Button>
          <Button variant="default" onClick={() => go('channels', 'new-push')}>
            Add a push
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function targetOf({ settings }: ChannelView): string {
  switch (settings.kind) {
    case 'email':
      return `by ${settings.host}`
    case 'webhook':
      return settings.host
    case 'push':
      return `${settings.topic} on ${URL.parse(settings.server)?.host ?? settings.server}`
    default:
      return settings satisfies never
  }
}
