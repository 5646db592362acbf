/** What runs here, where its database lies, and what a person must know about this run. */
import type { ReactNode } from 'react'
import type { EngineView } from '../../../src-main/contract/views.ts'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useLink } from '../../stores/link.ts'

export function About({ engine }: { readonly engine: EngineView }): ReactNode {
  const shell = useLink((link) => link.shell)
  return (
    <Panel title="About">
      <div className="stack">
        {engine.banners.map((banner) => (
          <Note key={banner.kind} look={{ tone: 'medium', shape: 'half' }}>
            {banner.says}
          </Note>
        ))}
        {shell?.developmentRuntime === true ? (
          <Note look={{ tone: 'medium', shape: 'half' }}>
            This runs on an old development build of Electron that gets no security fixes. It is for
            trying out, not for daily work.
          </Note>
        ) : null}
        <dl className="facts">
          <dt>Version</dt>
          <dd>{engine.version}</dd>
          <dt>Runs since</dt>
          <dd>
            <Instant at={engine.startedAt} />
          </dd>
          <dt>Database</dt>
          <dd>{engine.databasePath}</dd>
        </dl>
      </div>
    </Panel>
  )
}
