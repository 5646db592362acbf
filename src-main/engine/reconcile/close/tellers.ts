/** Which incidents say what is left of a difference: exactly, or each by its own figure, and never by guess. */

/** A live incident with the money it is about, and the order it is about. */
export interface Told {
  readonly rule: string
  readonly number: string
  readonly minor: number
}

/** Of more than these not every sum is tried. */
const triedMax = 12

/** The weightiest rule comes first in `incidents`; what they leave of the rest has no place. */
export function tellersOf(rest: number, incidents: readonly Told[]): readonly Told[] {
  const whole = incidents.find((one) => one.minor === rest)
  if (whole !== undefined) return [whole]
  // of one order the weightiest alone: what others say of it may be of the same money
  const ofEach = incidents.filter((one, nth) => incidents.findIndex((other) => other.number === one.number) === nth)
  if (sumOf(ofEach) === rest) return ofEach
  const [exact, another] = incidents.length > triedMax ? [] : summingTo(rest, incidents.filter((one) => one.minor !== 0))
  // what can be said in two ways is not known to be either
  return exact === undefined || another !== undefined ? ofEach : exact
}

function summingTo(rest: number, incidents: readonly Told[]): readonly (readonly Told[])[] {
  const choices = incidents.reduce<readonly (readonly Told[])[]>((some, one) => [...some, ...some.map((chosen) => [...chosen, one])], [[]])
  return choices.filter((chosen) => chosen.length > 0 && sumOf(chosen) === rest && !chosen.some((one) => isWithin(one, chosen)))
}

/** The tax of an order is in its total already. */
function isWithin({ rule, number }: Told, chosen: readonly Told[]): boolean {
  return rule.startsWith('F05-') && chosen.some((other) => other.number === number && other.rule.startsWith('F02-'))
}

function sumOf(told: readonly Told[]): number {
  return told.reduce((sum, one) => sum + one.minor, 0)
}
