import { call, sendInParts } from './send-parts.ts'

/** What the page shows while it goes on. */
export type Shown = { sending: (sent: number, total: number, resumed: boolean) => void; booking: () => void }

/**
 * Sends SAF-T files in parts, by name, which is how systems number them, and does something with each when it is there.
 * @throws LostConnection, Refused.
 */
async function sendEach(files: readonly File[], shown: Shown, then: (upload: string) => Promise<void>): Promise<void> {
  const inOrder = [...files].sort((a, b) => a.name.localeCompare(b.name, 'nb', { numeric: true }))
  for (const file of inOrder) {
    const upload = await sendInParts(file, shown.sending)
    shown.booking()
    await then(upload)
  }
}

/**
 * Has files looked over, as one, before they are booked: into a company's own books (`base`), or into those of the company they are
 * of, opened for that. Gives where that is done. @throws as `sendEach`.
 */
export async function lookOver(files: readonly File[], { base, office }: DOMStringMap, shown: Shown): Promise<string> {
  const uploads: string[] = []
  await sendEach(files, shown, async (upload) => {
    uploads.push(upload)
  })
  const asked = `upload=${uploads.join(',')}${office ? `&office=${office}` : ''}`
  const answer = await call(`${base ?? '/api/v1'}/saft-switches?${asked}`, 'POST')
  const { id, company } = answer as { id: string; company?: { id: string } }
  return `${company ? `/companies/${company.id}` : base!.replace('/api/v1', '')}/saft-switches/${id}`
}

/** Has files kept as old ledgers, not booked. Gives where they are looked up. @throws as `sendEach`. */
export async function keepSaft(files: readonly File[], base: string, shown: Shown): Promise<string> {
  await sendEach(files, shown, async (upload) => {
    await call(`${base}/old-ledgers/saft?upload=${upload}`, 'POST')
  })
  return `${base.replace('/api/v1', '')}/old-ledgers`
}

/** A form's bar, words and faults while files are on their way. */
export function progressOf(form: HTMLFormElement, fault: HTMLElement) {
  const bar = form.querySelector('progress')!
  const told = form.querySelector<HTMLElement>('[role="status"]')!
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')!
  const megabytes = (bytes: number): string =>
    (bytes / 1_000_000).toFixed(1).replace('.', document.documentElement.lang === 'nb' ? ',' : '.')
  const words = (text: string, sent: number, total: number) =>
    text.replace('{done}', megabytes(sent)).replace('{total}', megabytes(total))
  return {
    told,
    busy(is: boolean): void {
      bar.hidden = !is
      bar.value = 0
      button.disabled = is
      told.textContent = ''
      if (is) fault.hidden = true
    },
    shown: {
      sending(sent: number, total: number, resumed: boolean): void {
        bar.value = (sent / total) * 100
        const { sending = '', resumed: again = sending } = form.dataset
        told.textContent = words(resumed ? again : sending, sent, total)
      },
      booking(): void {
        told.textContent = form.dataset.booking!
        bar.removeAttribute('value')
      },
    } satisfies Shown,
    refuse(messages: readonly string[]): void {
      fault.querySelector('ul')!.replaceChildren(
        ...messages.filter(Boolean).map((message) => {
          const line = document.createElement('li')
          line.textContent = message
          return line
        }),
      )
      fault.hidden = false
    },
  }
}

/** Files dropped on a form are those chosen in its input. */
export function takesDrops(form: HTMLFormElement, input: HTMLInputElement): void {
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    form.addEventListener(type, (event) => {
      event.preventDefault()
      form.toggleAttribute('data-over', type === 'dragenter' || type === 'dragover')
      if (type !== 'drop' || !event.dataTransfer?.files.length) return
      input.files = event.dataTransfer.files
      input.dispatchEvent(new Event('change'))
    })
  input.addEventListener('change', () => {
    const names = [...(input.files ?? [])].map((file) => file.name)
    form.querySelector('[data-chosen]')!.textContent = names.join(', ')
  })
}
