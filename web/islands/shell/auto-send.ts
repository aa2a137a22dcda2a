// A choice in a filter shows the new list at once. What is typed is sent with Enter or the button: a change is also a Tab on to
// the next field, and an arrow key in a closed list a step on to the next choice.

const STEPS = /^(Arrow|Home|End|Page|[^ ]$)/

export function installAutoSend(): void {
  let steppedIn: EventTarget | null = null
  document.addEventListener('keydown', ({ target, key, altKey }) => {
    steppedIn = STEPS.test(key) && !altKey ? target : null
  })
  document.addEventListener('pointerdown', () => {
    steppedIn = null
  })
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || target === steppedIn || !target.form?.matches('[data-auto]')) return
    // On a phone the fields are unfolded, and sent together.
    const fold = target.form.querySelector<HTMLElement>('[data-folds]')
    if (!fold || fold.offsetParent === null) target.form.requestSubmit()
  })
}
