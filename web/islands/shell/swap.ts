// A drill-down is an address like any other. Here its link swaps the main part in place, so that the table keeps its
// scroll, its folds and the focus; without script the browser simply goes there.

export function installSwap(makeReady: (root: ParentNode) => void): void {
  let asked: AbortController | undefined

  async function swap(url: string, remember?: 'pushState' | 'replaceState'): Promise<void> {
    asked?.abort()
    asked = new AbortController()
    const answer = await fetch(url, { headers: { accept: 'text/html' }, signal: asked.signal })
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
    const main = document.querySelector('main')
    if (!answer.ok || !next || !main) return window.location.assign(url)
    const before = new Map(groups(main).map(([name, group]) => [name, group.hasAttribute('data-folded')]))
    const { scrollX, scrollY } = window
    for (const [name, group] of groups(next))
      if (before.has(name)) {
        group.toggleAttribute('data-folded', before.get(name))
        group.querySelector('.hb-fold')?.setAttribute('aria-expanded', String(!before.get(name)))
      }
    main.replaceWith(document.adoptNode(next))
    if (remember) history[remember]({ swap: true }, '', url)
    makeReady(next)
    begin(new URL(url, location.href).hash, () => window.scrollTo(scrollX, scrollY))
  }

  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-swap]') : null
    if (!link) return
    event.preventDefault()
    // One that only closes what it opened is no step to go back to.
    swap(link.href, link.dataset.swap === 'back' ? 'replaceState' : 'pushState').catch((error: Error) => {
      if (error.name !== 'AbortError') window.location.assign(link.href)
    })
  })
  window.addEventListener('popstate', () => {
    if (document.querySelector('[data-swaps]')) swap(location.href).catch(() => location.reload())
  })
}

/** Where one goes on: at what the address names, else where the page says; with the voucher opened there in view. */
export function begin(hash: string, placed?: () => void): void {
  const focus = elementNamed(hash.slice(1)) ?? document.querySelector<HTMLElement>('[data-focus]')
  focus?.focus({ preventScroll: true })
  placed?.()
  document.querySelector('.hb-peek')?.scrollIntoView({ block: 'nearest' })
  if (placed) focus?.scrollIntoView({ block: 'nearest' })
}

/** What an address names, which anybody may have typed: `#100%` decodes to nothing. */
function elementNamed(id: string): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(id))
  } catch {
    return document.getElementById(id)
  }
}

const groups = (root: ParentNode): [string, Element][] =>
  [...root.querySelectorAll<HTMLElement>('tbody[data-group]')].map((group) => [group.dataset.group!, group])
