// Exact arithmetic for money and tax: a fraction of two big integers. No float ever touches an amount here.
const ZERO = { over: 0n, under: 1n }

/** '12.3400' | 12.34 (only as it was printed) | -3 -> the fraction */
export function exact(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text))
  if (!match) throw new Error(`not a plain decimal: ${text}`)
  const digits = match[3] ?? ''
  const over = BigInt(match[2] + digits)
  return { over: match[1] === '-' ? -over : over, under: 10n ** BigInt(digits.length) }
}

export const plus = (a, b) => ({ over: a.over * b.under + b.over * a.under, under: a.under * b.under })
export const minus = (a, b) => plus(a, { over: -b.over, under: b.under })
export const times = (a, b) => ({ over: a.over * b.over, under: a.under * b.under })
export const over = (a, b) => (b.over < 0n ? over(a, { over: -b.over, under: -b.under }) : { over: a.over * b.under, under: a.under * b.over })
export const sum = (list) => list.reduce(plus, ZERO)
export const isZero = (a) => a.over === 0n

/** Whole cents below, above and nearest (half away from zero for the positive amounts there are here). */
export const floorCents = (a) => Number(floorDivide(a.over * 100n, a.under))
export const ceilCents = (a) => -Number(floorDivide(-a.over * 100n, a.under))
export const nearestCents = (a) => Number(floorDivide(a.over * 200n + a.under, a.under * 2n))

/** Cents of an amount that must be whole cents. */
export function cents(text) {
  const a = exact(text)
  if (floorCents(a) !== ceilCents(a)) throw new Error(`${text} is not a whole number of cents`)
  return floorCents(a)
}

function floorDivide(a, b) {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
