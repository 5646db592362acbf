/** The day as a file: every row of it as CSV, and a page to sign, send and keep as PDF. */
import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { CloseView } from '../../../src-main/contract/close-views.ts'
import { useCommand } from '../../ask.ts'
import { saveText } from '../../parts/save-text.ts'
import { printPage } from '../../shell.ts'
import { useLink } from '../../stores/link.ts'
import { PrintedClose } from './printed-close.tsx'

export function Exports({ close }: { readonly close: CloseView }): ReactNode {
  return (
    <div className="row close-exports">
      <Pdf close={close} />
      <Csv close={close} />
    </div>
  )
}

function Csv({ close }: { readonly close: CloseView }): ReactNode {
  const csv = useCommand((client, _: null) => client.close.csv({ pair: close.pair, day: close.day }))
  return (
    <Button variant="default" loading={csv.busy} onClick={() => void csv.run(null).then((file) => file === null || saveText(file, 'text/csv'))}>
      Export CSV
    </Button>
  )
}

/** Only the desktop app prints; a page in a browser has the browser's own printing. */
function Pdf({ close }: { readonly close: CloseView }): ReactNode {
  const shell = useLink((link) => link.shell)
  const [printing, setPrinting] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  if (shell === null) return null
  const print = async (): Promise<void> => {
    setTold(null)
    // what is printed must be there before the shell looks at it
    flushSync(() => setPrinting(true))
    await document.fonts.ready
    const { outcome, says } = await printPage({ name: `close-${close.pair}-${close.day}.pdf`, foot: `${close.shopLabel} with ${close.erpLabel}, ${close.day} (${close.zone})` })
    setPrinting(false)
    setTold(outcome === 'left' ? null : outcome === 'saved' ? `Saved as ${says ?? ''}` : says)
  }
  return (
    <>
      <span className="small dim cut close-told" role="status" title={told ?? undefined}>
        {told}
      </span>
      <Button variant="default" loading={printing} onClick={() => void print()}>
        Export PDF
      </Button>
      {printing ? createPortal(<PrintedClose close={close} version={shell.version} />, document.body) : null}
    </>
  )
}
