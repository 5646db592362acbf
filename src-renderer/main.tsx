/** The page's entry: one clock, one line to the engine, one React root. */
import './styles.css'
import '@fontsource-variable/inter'
import '@mantine/core/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './parts/parts.css'
import './charts/charts.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { systemPageClock } from './clock.ts'
import { engineLine } from './engine.ts'
import { listenToShell } from './shell.ts'

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

const line = engineLine(systemPageClock)
listenToShell(line, systemPageClock)

createRoot(root).render(
  <StrictMode>
    <App line={line} clock={systemPageClock} />
  </StrictMode>,
)
