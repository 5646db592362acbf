/** Puts what the page shows for print into a PDF, by Electron's own printing, where the person says; whole, or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FromPage, PrintedMessage } from '../contract/shell-messages.ts'
import { log } from './log.ts'

export interface PrinterOptions {
  readonly contents: { printToPDF(options: PrintOptions): Promise<Uint8Array> }
  /** Where files of the person lie; what it is called there is the page's to say. */
  readonly folder: () => string
  /** Asks the person. */
  readonly choose: (path: string) => Promise<{ readonly canceled: boolean; readonly filePath?: string }>
  readonly printed: (outcome: Omit<PrintedMessage, 'plumbline'>) => void
}

export interface PrintOptions {
  readonly pageSize: 'A4'
  readonly printBackground: boolean
  readonly displayHeaderFooter: boolean
  readonly headerTemplate: string
  readonly footerTemplate: string
  /** In inches, as Chromium counts them. */
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  readonly generateTaggedPDF: boolean
}

type Asked = Extract<FromPage, { plumbline: 'print' }>
export type Printer = (asked: Asked) => Promise<void>

export function openPrinter(options: PrinterOptions): Printer {
  let busy = false

  async function print({ name, foot }: Asked): Promise<Pick<PrintedMessage, 'outcome' | 'says'>> {
    if (busy) return { outcome: 'failed', says: 'Another page is being saved just now: finish that first.' }
    busy = true
    try {
      const { canceled, filePath } = await options.choose(join(options.folder(), name))
      if (canceled || filePath === undefined || filePath === '') return { outcome: 'left', says: null }
      await write(filePath, await options.contents.printToPDF(printOptions(foot)))
      return { outcome: 'saved', says: filePath }
    } catch (error) {
      // A folder that may not be written, a full disk, a page that was taken away while it was printed.
      log('page not printed', error)
      return { outcome: 'failed', says: `It could not be saved: ${error instanceof Error ? error.message : String(error)}` }
    } finally {
      busy = false
    }
  }

  return async (asked) => options.printed({ ask: asked.ask, ...(await print(asked)) })
}

/** Somebody may keep an earlier one under this name: it stays until the new one is whole. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

export function printOptions(foot: string): PrintOptions {
  return {
    pageSize: 'A4',
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: `<div style="${footStyle}"><span>${escaped(foot)}</span><span style="white-space: nowrap">Page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`,
    margins: { top: 0.6, bottom: 0.7, left: 0.6, right: 0.6 },
    generateTaggedPDF: true,
  }
}

/** Chromium draws it outside of the page, where none of the page's styles reach. */
const footStyle =
  "width: 100%; margin: 0 0.6in; display: flex; justify-content: space-between; gap: 24px; font: 8px 'Liberation Sans', Arial, sans-serif; color: #4b5261"

/** What stands at the foot is a shop's own name. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
