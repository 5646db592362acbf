import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLogFile } from '../../src-main/engine/log-file.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-log-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the diary beside the database', () => {
  it('goes on where the last run ended', () => {
    const path = join(folder, 'plumbline.log')
    writeFileSync(path, 'yesterday\n')
    const write = openLogFile(path, expect.fail)
    write('today\n')
    expect(readFileSync(path, 'utf8')).toBe('yesterday\ntoday\n')
  })

  it('never holds more than two files of its size, the latest lines among them', () => {
    const path = join(folder, 'plumbline.log')
    const write = openLogFile(path, expect.fail, 100)
    for (let line = 0; line < 1000; line += 1) write(`line ${line} äöü\n`)
    const files = readdirSync(folder).toSorted()
    expect(files).toEqual(['plumbline.log', 'plumbline.log.1'])
    for (const file of files) expect(readFileSync(join(folder, file)).length).toBeLessThanOrEqual(100)
    expect(readFileSync(path, 'utf8')).toMatch(/line 999 äöü\n$/)
  })

  it('counts what an earlier run wrote', () => {
    const path = join(folder, 'plumbline.log')
    writeFileSync(path, 'x'.repeat(99))
    openLogFile(path, expect.fail, 100)('new\n')
    expect(readFileSync(path, 'utf8')).toBe('new\n')
  })

  it('stops once, and only the file, when it cannot be written', () => {
    const reasons: string[] = []
    const write = openLogFile(join(folder, 'no', 'such', 'folder', 'plumbline.log'), (reason) => reasons.push(reason))
    write('one\n')
    write('two\n')
    expect(reasons).toEqual([expect.stringContaining('ENOENT')])
  })
})
