import { call, sendInParts } from './send-parts.ts'

type Answer = { company: { id: string }; importJob: string }
/** What the page shows while it goes on. */
export type Shown = { sending: (sent: number, total: number, resumed: boolean) => void; booking: () => void }

/**
 * Sends SAF-T files in parts and has them booked into a new company. Several files are taken by name, which is how systems number
 * them. Gives where the last receipt stands.
 * @throws LostConnection, Refused.
 */
export async function bringSaft(files: readonly File[], shown: Shown): Promise<string> {
  let into: string | undefined
  let path = '/'
  for (const file of inOrder(files)) {
    const upload = await sendInParts(file, shown.sending)
    shown.booking()
    const answer = (await call(`${into ?? '/api/v1'}/imports/saft?upload=${upload}&match=true`, 'POST')) as Answer
    into = `/api/v1/companies/${answer.company.id}`
    path = `/companies/${answer.company.id}/imports/${answer.importJob}`
  }
  return path
}

const inOrder = (files: readonly File[]): File[] =>
  [...files].sort((a, b) => a.name.localeCompare(b.name, 'nb', { numeric: true }))

/** Sends SAF-T files to be looked over before they go into a company's own books. Gives where the first one is. @throws as `bringSaft`. */
export async function lookOver(files: readonly File[], base: string, shown: Shown): Promise<string> {
  let first: string | undefined
  for (const file of inOrder(files)) {
    const upload = await sendInParts(file, shown.sending)
    shown.booking()
    const { id } = (await call(`${base}/saft-switches?upload=${upload}`, 'POST')) as { id: string }
    first ??= `${base.replace('/api/v1', '')}/saft-switches/${id}`
  }
  return first!
}

/** Sends SAF-T files in parts and has them kept as old ledgers, not booked. Gives where they are looked up. @throws as `bringSaft`. */
export async function keepSaft(files: readonly File[], base: string, shown: Shown): Promise<string> {
  for (const file of files) {
    const upload = await sendInParts(file, shown.sending)
    shown.booking()
    await call(`${base}/old-ledgers/saft?upload=${upload}`, 'POST')
  }
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
