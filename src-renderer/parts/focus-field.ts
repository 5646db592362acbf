/** Leads the focus to a field of a form by its name: to the first that cannot be used. */

export function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}
