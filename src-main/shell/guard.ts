/** What a page can never do: leave its own files, reach the network, open windows, get a permission. */
import { readFile } from 'node:fs/promises'
import { type Session, type WebContents, app, protocol, shell } from 'electron'
import { contentPolicy } from './content-policy.ts'
import { isPageAddress, pageFile, pageScheme } from './page-files.ts'

/** Before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }])
}

export function guardSession(session: Session, pageFolder: string): void {
  session.protocol.handle(pageScheme, (request) => answer(pageFolder, request))
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  // The content policy says the same; this holds for what the policy does not see, such as a worker or a prefetch.
  const everywhere = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*']
  session.webRequest.onBeforeRequest({ urls: everywhere }, (_details, decide) => decide({ cancel: true }))
}

async function answer(pageFolder: string, request: Request): Promise<Response> {
  const file = request.method === 'GET' ? pageFile(pageFolder, request.url) : null
  if (file === null) return new Response(null, { status: 404 })
  const headers = {
    'content-type': file.type,
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
  const bytes = await readFile(file.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return null
    throw error
  })
  return bytes === null ? new Response(null, { status: 404 }) : new Response(bytes, { headers })
}

export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents))
}

function guardPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Only https, and only through the person's own browser; the address was parsed at the shell's door. */
export function openOutside(address: string): void {
  if (isPageAddress(address) || !address.startsWith('https://')) return
  void shell.openExternal(address)
}
