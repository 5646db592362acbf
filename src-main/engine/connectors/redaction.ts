/** Takes secrets and people's addresses out of any text before it becomes a fault or a log line. */
import type { Fault } from '../../domain/fault.ts'

export interface Redaction {
  /** Remembers a value that must never be read again, with the shapes in which servers echo it. */
  hide(value: string): void
  clean(text: string): string
  cleanFault(because: Fault): Fault
}

const emailPattern = /[^\s"'<>()[\],;:=]+@[^\s"'<>()[\],;:=]+\.[a-z]{2,}/gi
const authorisationPattern = /\b(Basic|Bearer|Session|Token)\s+[\w+/=.~:-]{8,}/gi

export function newRedaction(): Redaction {
  const hidden = new Set<string>()

  function hide(value: string): void {
    if (value === '') return
    for (const shape of [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value, 'utf8').toString('base64'),
      Buffer.from(`${value}:`, 'utf8').toString('base64'),
    ]) {
      hidden.add(shape)
    }
  }

  function clean(text: string): string {
    let cleaned = text
    // The longest first, so that no tail of a longer secret is left beside a shorter one's mark.
    for (const value of [...hidden].sort((left, right) => right.length - left.length)) {
      cleaned = cleaned.replaceAll(value, '[secret]')
    }
    return cleaned.replace(authorisationPattern, '$1 [secret]').replace(emailPattern, '[e-mail]')
  }

  return {
    hide,
    clean,
    cleanFault: (because) => ({
      ...because,
      says: clean(because.says).slice(0, 500),
      detail: clean(because.detail).slice(0, 2000),
      path: because.path === null ? null : clean(because.path),
    }),
  }
}
