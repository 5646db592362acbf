/** The real pair as a user describes it to Plumbline: a profile, and the environment variables its secrets are in. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const realFolder = import.meta.dirname
export const dataFolder = process.env['REAL_DATA'] ?? join(realFolder, 'data')

/** Profiles and databases of the runs; emptied when the suite starts. The space is on purpose. */
export const runsFolder = join(dataFolder, 'test runs')

const account = z.object({ user: z.string(), password: z.string() })
const serversSchema = z.object({
  shop: z.object({ url: z.string(), apiKey: z.string() }),
  erp: z.object({ url: z.string(), monitor: account, integration: account, admin: account }),
})
export type Servers = z.output<typeof serversSchema>

/** Where the servers are and who may ask them, as up.sh wrote it. */
export function servers(): Servers {
  return serversSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'servers.json'), 'utf8')))
}

export const incidentSchema = z.object({
  rule: z.string(),
  subject: z.object({ kind: z.string(), connection: z.string(), key: z.string() }),
  amount: z.object({ minor: z.int(), currency: z.string() }).nullable(),
  cause: z.string().nullable(),
})
export type ExpectedIncident = z.output<typeof incidentSchema>

const expectedSchema = z.object({
  incidents: z.array(incidentSchema),
  silent: z.array(z.object({ number: z.string(), why: z.string() })),
})

/** What holds between the two servers as they were left by up.sh. */
export function expected(): z.output<typeof expectedSchema> {
  return expectedSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'expected.json'), 'utf8')))
}

export function profile({ shop, erp }: Servers) {
  return {
    connections: [
      {
        id: 'shop',
        platform: 'medusa',
        settings: { baseUrl: shop.url, orderNumber: 'metadata.shop_number' },
        secrets: { apiKey: { env: 'PLUMBLINE_TEST_SHOP_KEY' } as unknown },
      },
      {
        id: 'erp',
        platform: 'tryton',
        settings: { baseUrl: erp.url, user: erp.monitor.user },
        secrets: { password: { env: 'PLUMBLINE_TEST_ERP_PASSWORD' } as unknown },
      },
    ],
    pairs: [
      {
        id: 'main',
        shop: 'shop',
        erp: 'erp',
        settings: {
          graceMinutes: 0,
          stockTargetMinutes: 0,
          locations: { 'WH-LYON': 'Lyon', 'WH-GENT': 'Gent' },
          // the seed is as old as its snapshot: what waits for hours or days must not depend on that
          rules: {
            'F02-order-stuck': { params: { graceMinutes: 0, undeliveredDays: 0 } },
            'F02-paid-state-differs': { params: { graceMinutes: 0 } },
            'F06-invoice-missing': { params: { graceMinutes: 0 } },
            'F06-refund-without-credit-note': { params: { graceMinutes: 0 } },
            'F07-refund-not-told': { params: { graceMinutes: 0 } },
          },
        },
      },
    ],
    database: join(newFolder(), 'plumbline.db'),
  }
}
export type Profile = ReturnType<typeof profile>

export function secretsOf({ shop, erp }: Servers): Record<string, string> {
  return { PLUMBLINE_TEST_SHOP_KEY: shop.apiKey, PLUMBLINE_TEST_ERP_PASSWORD: erp.monitor.password }
}

export function writeProfile(described: unknown): string {
  const file = join(newFolder(), 'profile.json')
  writeFileSync(file, JSON.stringify(described))
  return file
}

function newFolder(): string {
  mkdirSync(runsFolder, { recursive: true })
  return mkdtempSync(join(runsFolder, 'run '))
}
