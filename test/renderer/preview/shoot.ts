/**
 * Takes pictures of the preview: `node test/renderer/preview/shoot.ts --at '#/incidents,#/overview' --mood busy,calm
 * --size 1280x720,1920x1080 --theme light,dark --press 'g i'`. They land in artefacts/shots. `--axe` also checks
 * accessibility. Needs a Chromium, named by CHROMIUM or found as `chromium`. Builds first unless told `--built`.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { type Page, chromium } from '@playwright/test'
import { build } from 'vite'

const { values: asked } = parseArgs({
  options: {
    at: { type: 'string', default: '#/overview' },
    mood: { type: 'string', default: 'busy' },
    size: { type: 'string', default: '1280x720' },
    theme: { type: 'string', default: 'light' },
    scale: { type: 'string', default: '1' },
    wait: { type: 'string', default: '900' },
    press: { type: 'string', default: '' },
    run: { type: 'string', default: '' },
    query: { type: 'string', default: '' },
    /** Waits until the wall shows this one of its four panes. */
    pane: { type: 'string', default: '' },
    name: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
    axe: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
})

const here = import.meta.dirname
const built = resolve(here, '../../../artefacts/preview')
const shots = resolve(here, '../../../artefacts/shots')

if (!asked.built) await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn' })
const server = await serve()
const address = server.address()
const port = typeof address === 'object' && address !== null ? address.port : 0
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const size of asked.size.split(',')) for (const theme of asked.theme.split(',')) for (const mood of asked.mood.split(',')) for (const at of asked.at.split(',')) await shoot(size, theme, mood, at)
} finally {
  await browser.close()
  server.close()
}

async function shoot(size: string, theme: string, mood: string, at: string): Promise<void> {
  const [width = 1280, height = 720] = size.split('x').map(Number)
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme === 'dark' ? 'dark' : 'light', deviceScaleFactor: Number(asked.scale) })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') console.log(`  ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.log(`  page error: ${error.message}`))
  await page.goto(`http://127.0.0.1:${port}/index.html?mood=${mood}&still${asked.query === '' ? '' : `&${asked.query}`}${at}`)
  await page.waitForTimeout(Number(asked.wait))
  if (asked.pane !== '') await page.waitForFunction(`Math.floor(Date.now() / 12000) % 4 === ${Number(asked.pane)} && Date.now() % 12000 > 1500`)
  for (const key of asked.press.split(' ').filter((each) => each !== '')) await page.keyboard.press(key)
  if (asked.run !== '') await page.evaluate(asked.run)
  if (asked.press !== '' || asked.run !== '') await page.waitForTimeout(500)
  const name = `${asked.name === '' ? at.replaceAll(/[^a-z0-9-]+/gi, '_').replace(/^_+/, '') : asked.name}-${mood}-${theme}-${size}.png`
  await page.screenshot({ path: join(shots, name), fullPage: asked.full })
  const overflow = await page.evaluate(() => {
    const box = document.querySelector('#screen') ?? document.documentElement
    return { high: box.scrollHeight - box.clientHeight, wide: box.scrollWidth - box.clientWidth }
  })
  console.log(name, overflow.high > 0 || overflow.wide > 0 ? `scrolls by ${overflow.high} × ${overflow.wide}` : 'fits')
  if (asked.axe) await reportAxe(page)
  await context.close()
}

async function reportAxe(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  for (const violation of found.violations) {
    console.log(`  axe ${violation.impact ?? ''} ${violation.id}: ${violation.help}`)
    for (const node of violation.nodes.slice(0, 5)) console.log(`    ${node.html.slice(0, 160)}\n      ${(node.failureSummary ?? '').split('\n').slice(1, 2).join(' ')}`)
  }
  console.log(`  axe: ${found.violations.length} violations, ${found.passes.length} rules passed`)
}

async function serve(): Promise<Server> {
  const kinds: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }
  const created = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
    readFile(join(built, path)).then(
      (bytes) => response.writeHead(200, { 'content-type': kinds[extname(path)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  return new Promise((done) => {
    created.listen(0, '127.0.0.1', () => done(created))
  })
}
