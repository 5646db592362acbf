/**
 * The one door between the sandboxed page and the shell: passes messages and ports on, and exposes nothing.
 *
 * Everything travels by `window.postMessage` within the page, tagged `plumbline`; contract/shell-messages.ts has the types.
 *
 *   to the page      {plumbline: 'port'} with event.ports[0]   a line to the engine; a new one after each restart
 *                    {plumbline: 'shell', engine, restarts, says, wall, demo, developmentRuntime, version}
 *                    {plumbline: 'open', incident}              a notification was clicked
 *                    {plumbline: 'levers', levers, pulls}       what can be broken in the demo, and what was
 *                    {plumbline: 'printed', ask, outcome, says} what became of a print
 *   from the page    {plumbline: 'ready'}                       once it listens; nothing arrives before that
 *                    {plumbline: 'heartbeat', at}               every second
 *                    {plumbline: 'wall', on}, {plumbline: 'external', url}, {plumbline: 'restart'},
 *                    {plumbline: 'demo', on}, {plumbline: 'pull', lever}, {plumbline: 'print', ask, name, foot}
 *
 * The page sees its own messages too, so it looks at the tag; it takes only those whose `event.source` is its window.
 *
 * Each document has a nonce, which the shell must bring with everything it sends: what was meant for the page before a
 * reload never reaches the page after it.
 */
import { ipcRenderer } from 'electron'
import type { FromPage, ToPage } from './contract/shell-messages.ts'

const nonce = crypto.randomUUID()
const asks: readonly FromPage['plumbline'][] = ['ready', 'heartbeat', 'wall', 'external', 'restart', 'demo', 'pull', 'print']

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || !isFromPage(event.data)) return
  ipcRenderer.send('plumbline:from-page', { nonce, message: event.data })
})

ipcRenderer.on('plumbline:to-page', (event, sent: { nonce: string; message: ToPage }) => {
  if (sent.nonce !== nonce) return
  window.postMessage(sent.message, window.location.origin, [...event.ports])
})

/** Only the tag is looked at here; the shell parses the whole. */
function isFromPage(value: unknown): value is { plumbline: FromPage['plumbline'] } {
  if (typeof value !== 'object' || value === null || !('plumbline' in value)) return false
  return asks.some((ask) => ask === value.plumbline)
}
