/** A help desk's export as lines of cells: CSV with whatever separates its columns. */
import { CsvError, parse } from 'csv-parse/sync'
import type { TableLine } from '../../domain/ticket.ts'

const separators = [',', ';', '\t'] as const

/** The lines with their numbers in the file; in words what keeps it from being a table. */
export function tableIn(text: string): readonly TableLine[] | { readonly refused: string } {
  const lines: TableLine[] = []
  try {
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      skip_empty_lines: true,
      relax_column_count_less: true,
      on_record(cells: readonly string[], { lines: line }) {
        lines.push({ line, cells })
        return null
      },
    })
  } catch (error) {
    if (error instanceof CsvError) return { refused: `The file is no table that can be read: ${error.message}.` }
    throw error
  }
  return lines
}

/** Whichever the first line has most of. */
function separatorOf(text: string): string {
  const [head = ''] = text.split(/\r?\n/, 1)
  const times = (separator: string): number => head.split(separator).length
  return [...separators].toSorted((one, other) => times(other) - times(one))[0] ?? ','
}
