// What a template comes to, shown beside its form while one types: the server reads the form as it would save it. Without
// script it is shown when the page is.
const form = document.querySelector<HTMLFormElement>('form[data-preview]')
/** How long one may pause, in milliseconds, before what was typed is tried. */
const PAUSE_MS = 250

let timer = 0
let asked: AbortController | undefined

async function show(): Promise<void> {
  asked?.abort()
  asked = new AbortController()
  const body = new URLSearchParams([...new FormData(form!)].map(([name, value]) => [name, String(value)]))
  const answer = await fetch(form!.dataset.preview!, { method: 'POST', body, signal: asked.signal })
  const next = answer.ok
    ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('preview')
    : undefined
  if (next) document.getElementById('preview')?.replaceChildren(...document.adoptNode(next).childNodes)
}

form?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = window.setTimeout(() => show().catch(() => {}), PAUSE_MS)
})

export {}
