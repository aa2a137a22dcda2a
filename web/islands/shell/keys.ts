// Keys: letters click what carries them (`data-key`), G and a letter goes places (`data-go`), arrows move in a table's rows.
type Doings = {
  openDialog: (id: string) => void
  toggleGroup: (button: HTMLElement, fold?: boolean) => void
}
const GO_WITHIN_MS = 1_500

export function installKeys({ openDialog, toggleGroup }: Doings): void {
  let goUntil = 0
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const { key } = event
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
      event.preventDefault()
      return openDialog('palette')
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    if (key === 'F1') {
      event.preventDefault()
      return openDialog('key-map')
    }
    if (isTyping(event.target)) {
      if (key === 'Escape') (event.target as HTMLElement).blur()
      return
    }
    const take = (done: boolean) => done && event.preventDefault()
    if (key === 'Shift') return // on its way to the sign after G
    if (Date.now() < goUntil) {
      goUntil = 0
      return take(click(`[data-go="${CSS.escape(key.toUpperCase())}"]`))
    }
    switch (key) {
      case 'g':
        goUntil = Date.now() + GO_WITHIN_MS
        return
      case '?':
        return openDialog('key-map')
      case '/':
        event.preventDefault()
        return focusSearch() || openDialog('palette')
      case 'ArrowDown':
        return take(moveRow(1))
      case 'ArrowUp':
        return take(moveRow(-1))
      case 'ArrowLeft':
      case 'ArrowRight':
        return take(foldGroup(key === 'ArrowLeft', toggleGroup))
      case 'Escape':
        if (!document.querySelector(':popover-open')) take(goBack() || click('[data-key="Escape"]'))
        return
      default:
        if (key.length === 1) take(press(`[data-key="${CSS.escape(key.toUpperCase())}"]`))
    }
  })
}

/** From a voucher one goes back to the report or the list one opened it from, as it stood; from one beside it, to the list. */
function goBack(): boolean {
  const list = document.querySelector<HTMLAnchorElement>('a[data-key="Escape"][data-back]')
  const from = list && document.referrer ? new URL(document.referrer) : undefined
  if (!list || from?.origin !== location.origin) return false
  const company = list.pathname.slice(0, list.pathname.lastIndexOf('/') + 1)
  if (!from.pathname.startsWith(company) || from.pathname.startsWith(`${list.pathname}/`)) return false
  history.back()
  return true
}

/** Single letters sleep while one types, and where a part of the page has keys of its own. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('[data-keys="own"]') !== null ||
    (target.matches('input, textarea, select') &&
      !target.matches('[type="checkbox"], [type="radio"], [type="button"]')))

/** The letter that leads away from every page sleeps while a form on it is filled in, or came back because something was wrong. */
function press(selector: string): boolean {
  const leads = document.querySelector<HTMLElement>(selector)?.dataset.go !== undefined
  const forms = [...document.forms].filter(({ method }) => method === 'post')
  const isRefused = forms.length > 0 && document.querySelector('main .hb-notice[data-level="error"]') !== null
  if (
    leads &&
    (isRefused || forms.some(({ elements }) => Array.from(elements).some((field) => isChanged(field as Field))))
  )
    return false
  return click(selector)
}

type Field = {
  type?: string
  value?: string
  defaultValue?: string
  checked?: boolean
  defaultChecked?: boolean
  options?: ArrayLike<{ selected: boolean; defaultSelected: boolean }>
}
/** A field of a form says something else than when the page came. */
export function isChanged({ type, value, defaultValue, checked, defaultChecked, options }: Field): boolean {
  if (type === 'checkbox' || type === 'radio') return checked !== defaultChecked
  if (!options) return defaultValue !== undefined && value !== defaultValue
  const [all, selected] = [Array.from(options), (o: { selected: boolean }) => o.selected]
  return all.some((o) => o.defaultSelected)
    ? all.some((o) => o.selected !== o.defaultSelected)
    : all.findIndex(selected) > 0
}

function click(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector)
  element?.click()
  return element !== null
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('[data-search]')
  field?.focus()
  field?.select()
  return field !== null && field.offsetParent !== null
}

/** To the next or previous row's link in the table that has the focus, else in the page's first. */
function moveRow(by: 1 | -1): boolean {
  const focused = document.activeElement
  const table = focused?.closest('table[data-rows]') ?? document.querySelector('table[data-rows]')
  if (!table) return false
  const links = [...table.querySelectorAll<HTMLElement>('.hb-row-link, .hb-fold')].filter(
    (l) => l.offsetParent !== null,
  )
  if (links.length === 0) return false
  const here = links.findIndex((link) => link === focused || link.closest('tr')?.contains(focused))
  const chosen = links.findIndex((link) => link.closest('tr')?.matches('[data-chosen]'))
  const from = here >= 0 ? here : chosen
  const next = links[from < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(from + by, 0), links.length - 1)]!
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
  return true
}

function foldGroup(fold: boolean, toggleGroup: Doings['toggleGroup']): boolean {
  const button = document.activeElement?.closest('tbody')?.querySelector<HTMLElement>('.hb-fold')
  if (!button) return false
  button.focus()
  toggleGroup(button, fold)
  return true
}
