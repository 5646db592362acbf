/** What the page and the desktop shell tell each other; the shapes are in `contract/shell-messages.ts`. */
import type { FromPage, PrintedMessage, ToPage } from '../src-main/contract/shell-messages.ts'
import type { PageClock } from './clock.ts'
import type { EngineLine } from './engine.ts'
import { useDemo } from './stores/demo.ts'
import { useLink } from './stores/link.ts'
import { go } from './stores/navigation.ts'

export function tellShell(message: FromPage): void {
  // To this window only: the preload listens here, and `/` means our own origin, whatever scheme the page has.
  window.postMessage(message, '/')
}

type Printed = Pick<PrintedMessage, 'outcome' | 'says'>
const printing = new Map<number, (printed: Printed) => void>()
let prints = 0

/** What the page shows for print, as a PDF where the person says; what became of it. */
export function printPage(page: { readonly name: string; readonly foot: string }): Promise<Printed> {
  prints += 1
  const ask = prints
  return new Promise((resolve) => {
    printing.set(ask, resolve)
    tellShell({ plumbline: 'print', ask, ...page })
  })
}

/** Takes what the shell sends from now on and says that the page is ready for it. */
export function listenToShell(line: EngineLine, clock: PageClock): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window && event.source !== null) return
    if (!isToPage(event.data)) return
    switch (event.data.plumbline) {
      case 'port': {
        const port = event.ports[0]
        if (port !== undefined) line.connect(port)
        return
      }
      case 'shell':
        useLink.setState({ shell: event.data })
        return
      case 'levers':
        useDemo.setState({ levers: event.data.levers, pulls: event.data.pulls })
        return
      case 'open':
        go('incidents', event.data.incident)
        return
      case 'printed':
        printing.get(event.data.ask)?.(event.data)
        printing.delete(event.data.ask)
        return
      default:
        return event.data satisfies never
    }
  })
  tellShell({ plumbline: 'ready' })
  // From the loop that draws: a page that cannot draw any more must fall silent.
  setInterval(() => {
    requestAnimationFrame(() => {
      tellShell({ plumbline: 'heartbeat', at: clock.now() })
    })
  }, 1000)
}

const toPage: readonly ToPage['plumbline'][] = ['port', 'shell', 'open', 'levers', 'printed']

/** Only the tag is looked at: the shell is our own main process, and other scripts cannot run in this page. */
function isToPage(sent: unknown): sent is ToPage {
  if (typeof sent !== 'object' || sent === null || !('plumbline' in sent)) return false
  return toPage.some((tag) => tag === sent.plumbline)
}
