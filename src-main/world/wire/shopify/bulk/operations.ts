/** Bulk operations of every app: how far each has come, and the files they leave for seven days. */
import type { Instant } from '../../../shop/shop.ts'

const keptForMs = 7 * 24 * 60 * 60 * 1000
/** A started operation waits so long before it runs. */
const startsAfterMs = 1000

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELED' | 'FAILED' | 'EXPIRED'

export interface BulkResult {
  /** JSONL; null when nothing was found. */
  readonly file: string | null
  readonly objects: number
  readonly roots: number
  readonly errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | null
}

/** What it found lies ready from its start, and is told bit by bit as its time passes. */
export class BulkOperation {
  readonly id: number
  readonly app: string
  readonly query: string
  readonly path: string
  readonly createdAt: Instant
  readonly endsAt: Instant
  readonly file: string | null
  readonly objects: number
  readonly roots: number
  readonly errorCode: BulkResult['errorCode']
  canceledAt: Instant | null = null

  constructor(made: { readonly id: number; readonly app: string; readonly query: string; readonly at: Instant; readonly rowsPerSecond: number }, result: BulkResult) {
    this.id = made.id
    this.app = made.app
    this.query = made.query
    // Whoever knows the address may fetch it, so it holds more than the number.
    this.path = `/bulk/${made.id}-${(made.id * 2_654_435_761 % 4_294_967_296).toString(36)}.jsonl`
    this.createdAt = made.at
    this.endsAt = made.at + startsAfterMs + Math.ceil(result.objects / made.rowsPerSecond * 1000)
    this.file = result.file
    this.objects = result.objects
    this.roots = result.roots
    this.errorCode = result.errorCode
  }

  statusAt(at: Instant): BulkStatus {
    if (this.canceledAt !== null) return 'CANCELED'
    if (at >= this.endsAt) {
      if (this.errorCode !== null) return 'FAILED'
      return at > this.endsAt + keptForMs ? 'EXPIRED' : 'COMPLETED'
    }
    return at < this.createdAt + startsAfterMs ? 'CREATED' : 'RUNNING'
  }

  /** How many of the rows are done. */
  doneAt(at: Instant, rows: number): number {
    const runs = this.endsAt - this.createdAt
    return Math.floor(rows * Math.min(1, Math.max(0, (at - this.createdAt) / runs)))
  }

  isUnderWay(at: Instant): boolean {
    const status = this.statusAt(at)
    return status === 'CREATED' || status === 'RUNNING'
  }
}

export class BulkOperations {
  readonly #operations: BulkOperation[] = []
  readonly #rowsPerSecond: number

  constructor(rowsPerSecond: number) {
    this.#rowsPerSecond = rowsPerSecond
  }

  start(app: string, query: string, at: Instant, result: BulkResult): BulkOperation {
    const id = 5_100_000_000_001 + this.#operations.length
    const operation = new BulkOperation({ id, app, query, at, rowsPerSecond: this.#rowsPerSecond }, result)
    this.#operations.push(operation)
    return operation
  }

  of(app: string): readonly BulkOperation[] {
    return this.#operations.filter((operation) => operation.app === app)
  }

  /** What lies at an address; null when it is not there, not yet or not any more. */
  fileAt(path: string, at: Instant): string | null {
    const operation = this.#operations.find((each) => each.path === path)
    return operation?.statusAt(at) === 'COMPLETED' ? operation.file : null
  }
}
