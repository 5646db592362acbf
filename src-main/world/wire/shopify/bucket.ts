/** The leaky bucket of one app in one shop: points that are spent come back with time. */
import type { Instant } from '../../shop/shop.ts'

/** "Standard: 100 points a second"; a bucket holds what comes back in twenty seconds. */
const secondsOfPoints = 20

export interface ThrottleStatus {
  readonly maximumAvailable: number
  readonly currentlyAvailable: number
  readonly restoreRate: number
}

export class Bucket {
  readonly #restoreRate: number
  readonly #size: number
  #available: number
  #at: Instant

  constructor(restoreRate: number, at: Instant) {
    this.#restoreRate = restoreRate
    this.#size = restoreRate * secondsOfPoints
    this.#available = this.#size
    this.#at = at
  }

  /** Whether a request of that cost may run now. */
  holds(cost: number, at: Instant): boolean {
    this.#fill(at)
    return this.#available >= cost
  }

  spend(cost: number, at: Instant): void {
    this.#fill(at)
    this.#available -= cost
  }

  status(at: Instant): ThrottleStatus {
    this.#fill(at)
    return { maximumAvailable: this.#size, currentlyAvailable: Math.floor(this.#available), restoreRate: this.#restoreRate }
  }

  #fill(at: Instant): void {
    // A clock that is set back gives no points, and takes none.
    if (at > this.#at) this.#available = Math.min(this.#size, this.#available + (at - this.#at) / 1000 * this.#restoreRate)
    this.#at = at
  }
}
