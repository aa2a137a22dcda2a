// Choosing open items from the keyboard: X takes the row in focus and goes on to the next, and the bar tells what is chosen
// and what it sums to. Without script the boxes and the button do the same.
import { kroner, type Locale } from '#i18n/format.ts'

const locale: Locale = document.documentElement.lang === 'en' ? 'en' : 'nb'
const formOf = (): HTMLFormElement | null => document.querySelector('form[data-match]')
const boxesOf = (form: HTMLFormElement): HTMLInputElement[] => [
  ...form.querySelectorAll<HTMLInputElement>('input[name="item"]'),
]

/** How many are chosen, and their sum: zero settles, anything else is what is left over. */
function tell(): void {
  const form = formOf()
  const output = form?.querySelector('output')
  if (!form || !output) return
  const chosen = boxesOf(form).filter((box) => box.checked)
  const sum = chosen.reduce((total, box) => total + Number(box.dataset.rest), 0)
  const { chosenOne = '', chosenMany = '' } = output.dataset
  const count = chosen.length === 1 ? chosenOne : chosenMany.replace('{count}', String(chosen.length))
  output.textContent = chosen.length === 0 ? '' : `${count} · ${kroner(sum, locale)}`
  form.querySelector('.hb-match-bar')?.toggleAttribute('data-zero', chosen.length > 1 && sum === 0)
}

function choose(event: KeyboardEvent): void {
  const row = (document.activeElement as HTMLElement | null)?.closest('form[data-match] tr')
  const box = row?.querySelector<HTMLInputElement>('input[name="item"]')
  if (!row || !box) return
  event.preventDefault()
  box.checked = !box.checked
  tell()
  const links = [...formOf()!.querySelectorAll<HTMLElement>('.hb-row-link')]
  links[links.findIndex((link) => row.contains(link)) + 1]?.focus()
}

document.addEventListener('change', ({ target }) => {
  if ((target as HTMLElement).matches('input[name="item"]')) tell()
})
document.addEventListener('keydown', (event) => {
  const { key, ctrlKey, metaKey, altKey, target } = event
  if (event.defaultPrevented || ctrlKey || metaKey || altKey || document.querySelector('dialog[open]')) return
  const isBox = (target as HTMLElement).matches('input[type="checkbox"]')
  if ((target as HTMLElement).matches('input, textarea, select') && !isBox) return
  if (key === 'x' || (key === ' ' && !isBox && (target as HTMLElement).matches('.hb-row-link'))) choose(event)
})
tell()
