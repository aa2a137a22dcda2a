// Passkeys: forms that ask the browser for one and send what it gives. Where the browser has none, they stay hidden.
export {}

type Options = 'sign-in' | 'step' | 'show' | 'make'

let waiting: AbortController | undefined

async function ask(what: Options, conditional = false): Promise<string> {
  const answer = await fetch(`/passkeys/options/${what}`, { headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  const options = await answer.json()
  // Only one question at a time: the one that waits in the e-mail field gives way.
  waiting?.abort()
  waiting = new AbortController()
  const { signal } = waiting
  const credential =
    what === 'make'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
          signal,
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
          signal,
          ...(conditional && { mediation: 'conditional' as const }),
        })
  return JSON.stringify((credential as PublicKeyCredential).toJSON())
}

function send(form: HTMLFormElement, passkey: string): void {
  form.querySelector<HTMLInputElement>('input[data-answer]')!.value = passkey
  form.submit()
}

function install(form: HTMLFormElement): void {
  const what = form.dataset.passkey as Options
  const failed = form.querySelector<HTMLElement>('[data-failed]')!
  const button = form.querySelector('button')!
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failed.hidden = true
    button.disabled = true
    try {
      send(form, await ask(what))
    } catch {
      failed.textContent = failed.dataset.failed!
      failed.hidden = false
      button.disabled = false
    }
  })
  if (what === 'sign-in') offer(form)
}

/** Passkeys among the browser's suggestions in the e-mail field; asked again before the challenge is too old. */
async function offer(form: HTMLFormElement): Promise<void> {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
  const again = window.setTimeout(() => offer(form), 10 * 60_000)
  try {
    send(form, await ask('sign-in', true))
  } catch {
    clearTimeout(again) // the person chose another way
  }
}

if ('PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) install(form)
  for (const note of document.querySelectorAll<HTMLElement>('[data-needs-passkeys]')) note.hidden = true
}
