/** Gives the person a text as a file, by the way that every browser has for it. */

export function saveText(file: { readonly name: string; readonly text: string }, type: 'text/csv' | 'application/json'): void {
  const address = URL.createObjectURL(new Blob([file.text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  URL.revokeObjectURL(address)
}
