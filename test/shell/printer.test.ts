/** The printer: a PDF where the person says, whole or not at all, and always a word of what became of it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PrintedMessage } from '../../src-main/contract/shell-messages.ts'
import { fromPageSchema } from '../../src-main/contract/shell-messages.ts'
import { type PrinterOptions, openPrinter, printOptions } from '../../src-main/shell/printer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-print-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const asked = { plumbline: 'print', ask: 7, name: 'close-pair-2026-11-23.pdf', foot: 'Shop with ERP' } as const

function aPrinter(given: Partial<PrinterOptions> = {}) {
  const told: Omit<PrintedMessage, 'plumbline'>[] = []
  const offered: string[] = []
  const print = openPrinter({
    contents: { printToPDF: async () => Buffer.from('%PDF-whole') },
    folder: () => folder,
    choose: async (path) => {
      offered.push(path)
      return { canceled: false, filePath: path }
    },
    printed: (outcome) => told.push(outcome),
    ...given,
  })
  return { print, told, offered }
}

describe('the printer', () => {
  it('offers the name that the page gave, and writes where the person says', async () => {
    const { print, told, offered } = aPrinter()
    await print(asked)
    const path = join(folder, 'close-pair-2026-11-23.pdf')
    expect([offered, told, readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual([
      [path],
      [{ ask: 7, outcome: 'saved', says: path }],
      '%PDF-whole',
      ['close-pair-2026-11-23.pdf'],
    ])
  })

  it('writes nothing when the person leaves the dialog', async () => {
    const { print, told } = aPrinter({ choose: async () => ({ canceled: true }) })
    await print(asked)
    expect([told, readdirSync(folder)]).toEqual([[{ ask: 7, outcome: 'left', says: null }], []])
  })

  it('leaves an earlier file as it was when the new one cannot be made', async () => {
    writeFileSync(join(folder, asked.name), 'earlier')
    const { print, told } = aPrinter({ contents: { printToPDF: async () => Promise.reject(new Error('the page is gone')) } })
    await print(asked)
    expect([told, readFileSync(join(folder, asked.name), 'utf8')]).toEqual([[{ ask: 7, outcome: 'failed', says: 'It could not be saved: the page is gone' }], 'earlier'])
  })

  it('says why a file cannot be written there, leaves nothing behind, and can be asked again', async () => {
    const { print, told } = aPrinter({ choose: async () => ({ canceled: false, filePath: join(folder, 'none', 'a.pdf') }) })
    await print(asked)
    await print({ ...asked, ask: 8 })
    expect(told.map((one) => [one.ask, one.outcome])).toEqual([[7, 'failed'], [8, 'failed']])
    expect(told[0]?.says).toContain('ENOENT')
    expect(readdirSync(folder)).toEqual([])
  })

  it('prints one page at a time', async () => {
    const answers: (() => void)[] = []
    const { print, told } = aPrinter({ choose: (path) => new Promise((resolve) => answers.push(() => resolve({ canceled: false, filePath: path }))) })
    const first = print(asked)
    await print({ ...asked, ask: 8 })
    expect(told).toEqual([{ ask: 8, outcome: 'failed', says: 'Another page is being saved just now: finish that first.' }])
    answers[0]?.()
    await first
    expect(told[1]).toMatchObject({ ask: 7, outcome: 'saved' })
  })

  it('writes a shop’s own name at the foot as words, never as markup', () => {
    const { footerTemplate } = printOptions('Müller & Söhne <script>alert("1")</script>')
    expect(footerTemplate).toContain('Müller &#38; Söhne &#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;')
    expect(footerTemplate).toContain('class="pageNumber"')
  })
})

describe('what the page asks to print', () => {
  it.each(['../../etc/passwd.pdf', '/etc/x.pdf', 'close.exe', '.pdf', `${'x'.repeat(200)}.pdf`])('is never called %s', (name) => {
    expect(fromPageSchema.safeParse({ ...asked, name }).success).toBe(false)
  })
})
