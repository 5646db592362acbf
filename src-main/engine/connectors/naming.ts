/** Whether a text that people wrote names a key as a whole: what every look-up by reference is judged by. Pure. */

/** `number`: the text is the key, letter case aside; `reference`: the key stands in it. */
export function names(text: string, by: 'number' | 'reference', value: string): boolean {
  const written = text.toLowerCase()
  const wanted = value.toLowerCase()
  return by === 'number' ? written === wanted : holds(written, wanted)
}

/** 1001 is in "#1001" and "SO-1001-B", not in "#10012". */
function holds(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const before = text[at - 1] ?? ''
    const after = text[at + value.length] ?? ''
    const longer =
      (digit(before) && digit(value[0] ?? '')) || (digit(after) && digit(value.at(-1) ?? ''))
    if (!longer) return true
  }
  return false
}

function digit(character: string): boolean {
  return /^\d$/.test(character)
}
