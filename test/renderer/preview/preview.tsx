/**
 * The app on a MessageChannel whose other end serves sample data, in a plain browser.
 * `?mood=busy|calm|empty|unread|stale|blind`, `?wall`, `?demo`, `?still` (no polls); `window.sample` drives it by hand.
 */
import type { ShellMessage } from '../../../src-main/contract/shell-messages.ts'
import { sampleEngine } from '../../support/sample-engine.ts'
import { sampleBoard } from '../../support/sample/levers.ts'
import { type Mood, moods } from '../../support/sample/scene.ts'

declare global {
  interface Window {
    sample: { setMood: (mood: Mood) => void; poll: () => void; shell: (change: Partial<ShellMessage>) => void; restart: () => void }
  }
}

const asked = new URLSearchParams(window.location.search)
const engine = sampleEngine({ mood: moods.find((mood) => mood === asked.get('mood')) ?? 'busy' })
let shell: ShellMessage = { plumbline: 'shell', engine: 'running', restarts: 0, says: null, wall: asked.has('wall'), demo: asked.has('demo'), developmentRuntime: false, version: '0.1.0' }

function tellPage(message: object, ports: Transferable[] = []): void {
  window.postMessage(message, '/', ports)
}

function newLine(): void {
  const channel = new MessageChannel()
  engine.serve(channel.port1)
  tellPage({ plumbline: 'port' }, [channel.port2])
}

window.sample = {
  setMood: (mood) => engine.setMood(mood),
  poll: () => engine.poll(),
  shell: (change) => {
    shell = { ...shell, ...change }
    tellPage(shell)
  },
  restart: newLine,
}

window.addEventListener('message', (event: MessageEvent<{ plumbline?: string; on?: boolean } | null>) => {
  if (event.data?.plumbline === 'ready') {
    tellPage(shell)
    if (shell.demo) tellPage({ plumbline: 'levers', ...sampleBoard(Date.now()) })
    newLine()
  }
  if (event.data?.plumbline === 'wall') window.sample.shell({ wall: event.data.on === true })
})

if (!asked.has('still')) setInterval(() => engine.poll(), 10_000)

await import('../../../src-renderer/main.tsx')
