/** JSON as Python's `json.dumps` writes it: floats keep their point, separators their blanks. */

/** A number that Python holds as a float, so that 20 is written 20.0. */
export class Float {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

export type Json =
  | null | boolean | number | string | Float | readonly Json[] | { readonly [name: string]: Json }

export function dumps(value: Json): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (value instanceof Float) return floatText(value.value)
  if (isList(value)) return `[${value.map(dumps).join(', ')}]`
  return `{${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${dumps(each)}`).join(', ')}}`
}

/** `repr(float)`: the shortest digits that mean the same, in Python's spelling. */
function floatText(value: number): string {
  const text = String(value)
  const power = /^(-?[\d.]+)e([+-])(\d+)$/.exec(text)
  if (power !== null) return `${power[1]}e${power[2]}${(power[3] ?? '').padStart(2, '0')}`
  return text.includes('.') ? text : `${text}.0`
}

/** `repr()` of what came as JSON, for the words of errors. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return value.includes("'") ? JSON.stringify(value) : `'${value}'`
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  if (typeof value === 'object') return `{${Object.entries(value).map(([name, each]) => `'${name}': ${repr(each)}`).join(', ')}}`
  return String(value)
}

/** A list as Python shows a tuple of the same. */
export function tuple(values: readonly unknown[]): string {
  return `(${values.map(repr).join(', ')}${values.length === 1 ? ',' : ''})`
}

/** What Python calls the type of a value that came as JSON. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'string') return 'str'
  return Array.isArray(value) ? 'list' : 'dict'
}

/** `bool()`: what is empty is false. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== ''
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
