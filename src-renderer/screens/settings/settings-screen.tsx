/** What a person decides for this installation: how often to read, what may be written, what to be told. */
import type { ReactNode } from 'react'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { About } from './about.tsx'
import { Appearance } from './appearance.tsx'
import { Channels } from './channels.tsx'
import { Notices } from './notices.tsx'
import { Quiet } from './quiet.tsx'
import { Reading } from './reading.tsx'
import { Repairs } from './repairs.tsx'
import { Sitting } from './sitting.tsx'
import '../screens.css'
import './settings.css'

export function SettingsScreen(): ReactNode {
  const settings = useAnswer(['settings'], ['settings.get'], (client, options) =>
    client.settings.get(undefined, options),
  )
  const about = useAnswer(['settings'], ['engine.about'], (client, options) =>
    client.engine.about(undefined, options),
  )
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Settings</h1>
      </header>
      <Answered answer={settings}>
        {(known) => (
          <div className="settings">
            <Sitting />
            <Repairs settings={known} />
            <Reading settings={known} />
            <Notices settings={known} />
            <Quiet settings={known} />
            <Channels />
            <Appearance />
            <Answered answer={about}>{(engine) => <About engine={engine} />}</Answered>
          </div>
        )}
      </Answered>
    </div>
  )
}
