/** The field is read when one first stands in a cell that something is chosen for: it comes within a moment, or there is none. */
export function focusOnChoice(left = 20): void {
  const field = document.querySelector<HTMLInputElement>('.hb-choose input')
  if (field) field.focus()
  else if (left > 0) setTimeout(() => focusOnChoice(left - 1), 50)
}
