/**
 * Shopify's real Admin schema, for tests alone: what we ask of Shopify, and what our simulated Shopify answers, is
 * held against it.
 *
 * It lies in a package that would bring more than three hundred others with it, so that file alone is taken out.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from '../common/notice.mjs'
import { fetchPackage, inWorkshop, unpack, verify } from '../common/packed.mjs'
import { project } from '../common/project.mjs'

const source = {
  spec: '@shopify/dev-mcp@1.16.0',
  file: 'shopify-dev-mcp-1.16.0.tgz',
  integrity: 'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==',
  schema: 'package/dist/data/admin_2026-07.json.gz',
}

/** @returns {string | null} the gzipped introspection of the Admin API 2026-07, when it is there */
export function shopifySchemaFile(root = project) {
  const file = join(folder(root), 'admin_2026-07.json.gz')
  return existsSync(file) ? file : null
}

/** Without it the tests still run, less those that need it; of bytes that are not the pinned ones, nothing is kept. */
export function ensureShopifySchema(root = project) {
  if (shopifySchemaFile(root) !== null) return
  say("Fetching Shopify's Admin schema (8 MB) from the npm registry, for tests …")
  inWorkshop(root, (workshop) => {
    if (!fetchPackage(source.spec, workshop, ['--fetch-retries=1', '--fetch-timeout=30000'])) {
      say(
        '!! It could not be fetched (the reason is above): tests that hold us against it will be SKIPPED. Check that ' +
        'the npm registry is reached, then run the command again.',
      )
      return
    }
    const packed = join(workshop, source.file)
    verify(packed, source.integrity, 'Shopify schema')
    if (!unpack(packed, workshop, source.schema, 'package/LICENSE')) {
      throw new Stop("Shopify's schema could not be unpacked: check that `tar` is installed, then run the command again.")
    }
    const made = join(workshop, 'shopify-schema')
    mkdirSync(made)
    renameSync(join(workshop, source.schema), join(made, 'admin_2026-07.json.gz'))
    renameSync(join(workshop, 'package', 'LICENSE'), join(made, 'LICENSE'))
    rmSync(folder(root), { recursive: true, force: true })
    renameSync(made, folder(root))
  })
}

function folder(root) {
  return join(root, '.runtime', 'shopify-schema')
}
