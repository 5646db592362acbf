// Records what the running servers really answer, as the fixtures of the connectors' offline tests:
//   test/real/up.sh && node test/real/record/record.mjs
// One file a request: {request, status, headers, body}. Credentials are sent but never written.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shopRequests, trimmed } from './medusa.mjs'
import { erpRequests } from './tryton.mjs'

const real = join(import.meta.dirname, '..')
const servers = JSON.parse(readFileSync(join(process.env.REAL_DATA ?? join(real, 'data'), 'servers.json'), 'utf8'))
const largest = 60_000

async function record(platform, base, headers, requests, without) {
  const folder = join(real, '..', 'engine', 'connectors', platform, 'fixtures')
  mkdirSync(folder, { recursive: true })
  for (const [name, { method, path, rpc, as = headers }] of Object.entries(requests)) {
    const response = await fetch(new URL(path, base), {
      method,
      headers: { ...as, ...(rpc ? { 'content-type': 'application/json' } : {}) },
      ...(rpc ? { body: JSON.stringify(rpc) } : {}),
    })
    const text = await response.text()
    const type = response.headers.get('content-type')
    const file = [
      `{"request": ${JSON.stringify({ method, path, ...(rpc ? { rpc } : {}) })},`,
      ` "status": ${response.status},`,
      ` "headers": ${JSON.stringify({ date: response.headers.get('date'), 'content-type': type })},`,
      ` "body": ${bodyOf(text, type, without)}}`,
      '',
    ].join('\n')
    if (file.length > largest) throw new Error(`${platform}/${name} is ${file.length} bytes: ask for fewer rows`)
    writeFileSync(join(folder, `${name}.json`), file)
    console.log(`${platform}/${name}: ${response.status}, ${file.length} bytes`)
  }
}

/** JSON as it came, so that 12.0 stays 12.0; a web page as a string; the trimmed one anew. */
function bodyOf(text, type, without) {
  if (!type?.includes('json')) return JSON.stringify(text)
  if (!without) return text.trim()
  return JSON.stringify(JSON.parse(text, (key, value) => (without.test(key) ? undefined : value)))
}

const { shop, erp } = servers
const basic = (user, password) => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` })
await record('medusa', shop.url, basic(shop.apiKey, ''), await shopRequests(shop, basic(shop.apiKey, '')), trimmed)
await record('tryton', erp.url, basic(erp.monitor.user, erp.monitor.password), erpRequests(erp), null)
// the failed logins above make the next ones wait: forget them, for whoever logs in next
execFileSync(join(real, 'tryton', 'forgive.sh'), { stdio: 'inherit' })
