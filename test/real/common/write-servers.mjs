// Writes servers.json: where both servers are and who may ask them, for the tests and whoever else uses them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from './http.mjs'

const { secretApiKey } = JSON.parse(readFileSync(join(env('REAL_DATA'), 'medusa', 'secrets.json'), 'utf8'))
const account = (user, variable) => ({ user, password: env(variable) })
writeFileSync(join(env('REAL_DATA'), 'servers.json'), JSON.stringify({
  shop: { url: env('MEDUSA_URL'), apiKey: secretApiKey, admin: account(env('MEDUSA_ADMIN_EMAIL'), 'MEDUSA_ADMIN_PASSWORD') },
  erp: {
    url: env('TRYTON_URL'),
    monitor: account('monitor', 'TRYTON_MONITOR_PASSWORD'),
    integration: account('integration', 'TRYTON_INTEGRATION_PASSWORD'),
    admin: account('admin', 'TRYTON_ADMIN_PASSWORD'),
  },
}, null, 1), { mode: 0o600 })
