// The command line: asks the server while one types, and goes to what is chosen.
type Item = { text: string; detail?: string; href: string; colour?: string }
type Group = { title: string; items: Item[] }
const PAUSE_MS = 120

export function installPalette(): void {
  const dialog = document.getElementById('palette')
  if (!(dialog instanceof HTMLDialogElement)) return
  const input = dialog.querySelector('input')!
  const list = dialog.querySelector<HTMLElement>('[role="listbox"]')!
  let asked: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let chosen = 0

  const options = () => [...list.querySelectorAll<HTMLElement>('[role="option"]')]
  function choose(index: number): void {
    const all = options()
    chosen = Math.min(Math.max(index, 0), all.length - 1)
    all.forEach((option, i) => {
      option.setAttribute('aria-selected', String(i === chosen))
      if (i === chosen) {
        input.setAttribute('aria-activedescendant', option.id)
        option.scrollIntoView({ block: 'nearest' })
      }
    })
    if (all.length === 0) input.removeAttribute('aria-activedescendant')
  }
  const go = (option: HTMLElement | undefined) => {
    if (option?.dataset.href) window.location.assign(option.dataset.href)
  }

  async function ask(): Promise<void> {
    asked?.abort()
    asked = new AbortController()
    const text = input.value.trim()
    try {
      const answer = await fetch(`${dialog!.dataset.find}?text=${encodeURIComponent(text)}`, { signal: asked.signal })
      if (!answer.ok) throw new Error(String(answer.status))
      const { groups } = (await answer.json()) as { groups: Group[] }
      list.replaceChildren(...groups.flatMap(nodesOf))
      if (groups.length === 0) list.replaceChildren(note(dialog!.dataset.nothing!.replace('{text}', text)))
      for (const [i, option] of options().entries()) option.id = `palette-${i}`
      choose(0)
    } catch (error) {
      if ((error as Error).name !== 'AbortError') list.replaceChildren(note(dialog!.dataset.failed!))
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE_MS)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      choose(chosen + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(options()[chosen])
    }
  })
  list.addEventListener('click', ({ target }) =>
    go((target as Element).closest<HTMLElement>('[role="option"]') ?? undefined),
  )
  // Filled when it opens, so that it is never empty.
  new MutationObserver(() => {
    if (!dialog.open) return
    input.value = ''
    input.focus()
    void ask()
  }).observe(dialog, { attributeFilter: ['open'] })
}

function nodesOf({ title, items }: Group): HTMLElement[] {
  return [note(title), ...items.map(optionOf)]
}

function note(text: string): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('role', 'presentation')
  element.textContent = text
  return element
}

function optionOf({ text, detail, href, colour }: Item): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('role', 'option')
  element.dataset.href = href
  if (colour) {
    const mark = document.createElement('i')
    mark.dataset.companyColor = colour
    element.append(mark)
  }
  const name = document.createElement('span')
  name.textContent = text
  element.append(name)
  if (detail) {
    const more = document.createElement('span')
    more.textContent = detail
    element.append(more)
  }
  return element
}
