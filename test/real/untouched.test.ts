/** Plumbline changes nothing unless a person confirms it: after a whole pass both databases hold what they held. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { check } from './check.ts'
import { profile, realFolder, secretsOf, servers } from './pair.ts'

const run = promisify(execFile)

/** A checksum of each table, but those in which a server notes by itself that somebody read. */
async function tables(database: string): Promise<readonly string[]> {
  const { stdout } = await run('bash', [join(realFolder, 'pg', 'checksums.sh'), database], { maxBuffer: 16 * 1024 * 1024 })
  const sums = stdout.split('\n').filter((line) => line !== '')
  expect(sums.length).toBeGreaterThan(50)
  return sums
}

it('writes nothing to either system while it checks', async () => {
  const pair = servers()
  const before = [await tables('medusa'), await tables('tryton')]
  const { code } = await check(profile(pair), secretsOf(pair))
  expect(code).toBe(1)
  expect([await tables('medusa'), await tables('tryton')]).toEqual(before)
})
