/**
 * A JSON value told as what is other than in a like one: records of one stream have most of their keys, words and figures
 * in common. Both walk the like value in the same order; each place is either as there, or replaced. What stands in an
 * array is like the one before it. Telling and reading are both faster than JSON itself, as most places are only compared.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Before each replacement stands how many places are as in the like value; after the last one, all are. */
const replaced = { null: 0, true: 1, false: 2, json: 3, length: 4, text: 5, more: 6, less: 7 } as const

/** Grows to the longest value ever told; telling is synchronous and copies what it wrote. */
let page = Buffer.allocUnsafe(4096)
let end = 0
let same = 0

/** After `free` bytes for the caller's own: what `read` turns into `value` again, given the same like value. */
export function tell(like: Json | undefined, value: Json, free = 0): Buffer {
  end = free
  same = 0
  tellPlace(like, value)
  const bytes = Buffer.allocUnsafe(end)
  page.copy(bytes, 0, 0, end)
  return bytes
}

function tellPlace(like: Json | undefined, value: Json): void {
  if (isList(value)) tellList(like, value)
  else if (isObject(value)) tellObject(like, value)
  else if (value === like) same += 1
  else if (value === null) tellReplaced(replaced.null)
  else if (typeof value === 'string') tellText(like, value)
  else if (typeof value === 'number') tellNumber(like, value)
  else tellReplaced(value ? replaced.true : replaced.false)
}

function tellReplaced(what: number): void {
  tellCount(same)
  same = 0
  tellByte(what)
}

function tellText(like: Json | undefined, value: string): void {
  const known = typeof like === 'string' ? like : ''
  const shorter = Math.min(known.length, value.length)
  let before = 0
  while (before < shorter && value.charCodeAt(before) === known.charCodeAt(before)) before += 1
  let after = 0
  while (after < shorter - before && value.charCodeAt(value.length - 1 - after) === known.charCodeAt(known.length - 1 - after)) after += 1
  const to = value.length - after
  // beyond ASCII a cut could part what belongs together: such a text is told whole
  for (let at = before; at < to; at += 1) if (value.charCodeAt(at) > 127) return tellWhole(value)
  tellReplaced(replaced.text)
  tellCount(before)
  tellCount(after)
  tellCount(to - before)
  room(to - before)
  for (let at = before; at < to; at += 1) page[end++] = value.charCodeAt(at)
}

function tellNumber(like: Json | undefined, value: number): void {
  const moved = value - (typeof like === 'number' ? like : 0)
  if (!Number.isSafeInteger(moved) || !Number.isSafeInteger(value)) return tellWhole(value)
  tellReplaced(moved < 0 ? replaced.less : replaced.more)
  tellCount(Math.abs(moved))
}

function tellList(like: Json | undefined, value: readonly Json[]): void {
  if (!isList(like)) return tellWhole(value)
  if (value.length === like.length) same += 1
  else {
    tellReplaced(replaced.length)
    tellCount(value.length)
  }
  let before = like[0]
  for (const one of value) {
    tellPlace(before, one)
    before = one
  }
}

function tellObject(like: Json | undefined, value: { readonly [key: string]: Json }): void {
  if (!isObject(like) || !haveSameKeys(like, value)) return tellWhole(value)
  same += 1
  for (const key in like) tellPlace(like[key], value[key] ?? null)
}

/** A value that is like nothing here. */
function tellWhole(value: Json): void {
  const text = JSON.stringify(value)
  tellReplaced(replaced.json)
  const bytes = Buffer.byteLength(text)
  tellCount(bytes)
  room(bytes)
  end += page.write(text, end, bytes, 'utf8')
}

/** Seven bits a byte, the lowest first; up to the greatest safe integer. */
function tellCount(count: number): void {
  let rest = count
  while (rest > 127) {
    tellByte((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  tellByte(rest)
}

function tellByte(byte: number): void {
  if (end === page.length) room(1)
  page[end++] = byte
}

function room(bytes: number): void {
  if (end + bytes <= page.length) return
  const larger = Buffer.allocUnsafe(2 * (end + bytes))
  page.copy(larger, 0, 0, end)
  page = larger
}

let told: Buffer = page
let at = 0

/** Throws when the bytes were not told of this like value: then the file is not what we wrote. */
export function read(like: Json | undefined, bytes: Buffer): Json {
  told = bytes
  at = 0
  same = nextSame()
  const value = readPlace(like)
  if (at < bytes.length) throw new RangeError('a body is longer than what it says')
  return value
}

function readPlace(like: Json | undefined): Json {
  if (same > 0) {
    same -= 1
    if (isList(like)) return readList(like, like.length)
    if (isObject(like)) return readObject(like)
    if (like === undefined) throw new RangeError('a body is like something that is not there')
    return like
  }
  const what = readByte()
  const count = what > replaced.false ? readCount() : 0
  const value = what === replaced.length ? null : readReplaced(what, count, like)
  same = nextSame()
  return what === replaced.length && isList(like) ? readList(like, count) : value
}

function readReplaced(what: number, count: number, like: Json | undefined): Json {
  switch (what) {
    case replaced.null:
      return null
    case replaced.true:
      return true
    case replaced.false:
      return false
    case replaced.json:
      return JSON.parse(readText(count)) as Json
    case replaced.text: {
      const known = typeof like === 'string' ? like : ''
      const after = readCount()
      return known.slice(0, count) + readText(readCount()) + known.slice(known.length - after)
    }
    case replaced.more:
      return (typeof like === 'number' ? like : 0) + count
    case replaced.less:
      return (typeof like === 'number' ? like : 0) - count
    default:
      throw new RangeError(`a body says ${what}, which means nothing`)
  }
}

function readList(like: readonly Json[], length: number): Json {
  const list: Json[] = []
  let before = like[0]
  for (let nth = 0; nth < length; nth += 1) {
    before = readPlace(before)
    list.push(before)
  }
  return list
}

function readObject(like: { readonly [key: string]: Json }): Json {
  const object: Record<string, Json> = {}
  for (const key in like) object[key] = readPlace(like[key])
  return object
}

function nextSame(): number {
  return at < told.length ? readCount() : Number.POSITIVE_INFINITY
}

function readText(bytes: number): string {
  at += bytes
  if (at > told.length) throw new RangeError('a body ends too early')
  return told.toString('utf8', at - bytes, at)
}

function readCount(): number {
  let count = 0
  for (let unit = 1; ; unit *= 128) {
    const byte = readByte()
    count += (byte % 128) * unit
    if (byte < 128) return count
  }
}

function readByte(): number {
  const byte = told[at++]
  if (byte === undefined) throw new RangeError('a body ends too early')
  return byte
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In any order: what is read has the keys in the like value's. */
function haveSameKeys(like: { readonly [key: string]: Json }, value: { readonly [key: string]: Json }): boolean {
  let keys = 0
  for (const key in like) {
    if (value[key] === undefined) return false
    keys += 1
  }
  return Object.keys(value).length === keys
}
