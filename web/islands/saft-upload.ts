// Sends a SAF-T file as it is, shows how far it has come, and goes to the proof.
type Answer = {
  company?: { id: string }
  importJob?: string
  title?: string
  issues?: { message?: string }[]
}

const form = document.querySelector<HTMLFormElement>('[data-saft-upload]')
if (form) install(form)

function install(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')!
  const button = form.querySelector('button')!
  const bar = form.querySelector('progress')!
  const told = form.querySelector<HTMLElement>('[role="status"]')!
  const fault = document.querySelector<HTMLElement>('[data-saft-problem]')!

  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    form.addEventListener(type, (event) => {
      event.preventDefault()
      form.toggleAttribute('data-over', type === 'dragenter' || type === 'dragover')
      if (type !== 'drop' || !event.dataTransfer?.files.length) return
      input.files = event.dataTransfer.files
      input.dispatchEvent(new Event('change'))
      form.requestSubmit()
    })
  input.addEventListener('change', () => {
    form.querySelector('[data-chosen]')!.textContent = input.files?.[0]?.name ?? ''
    told.textContent = ''
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const file = input.files?.[0]
    if (file) send(file)
    else told.textContent = form.dataset.empty!
  })

  function send(file: File): void {
    busy(true)
    const request = new XMLHttpRequest() // fetch cannot tell how much was sent
    request.open('POST', '/api/v1/imports/saft')
    request.setRequestHeader('content-type', 'application/xml')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = (loaded / total) * 100
      told.textContent =
        loaded < total
          ? form.dataset.sending!.replace('{done}', megabytes(loaded)).replace('{total}', megabytes(total))
          : form.dataset.booking!
      if (loaded === total) bar.removeAttribute('value')
    })
    request.addEventListener('load', () => {
      const answer = (request.response ?? {}) as Answer
      if (request.status < 300 && answer.company)
        window.location.assign(`/companies/${answer.company.id}/imports/${answer.importJob}`)
      else {
        busy(false)
        refuse([answer.title ?? String(request.status), ...(answer.issues ?? []).map((issue) => issue.message ?? '')])
      }
    })
    request.addEventListener('error', () => {
      busy(false)
      refuse([form.dataset.lost!])
    })
    request.send(file)
  }

  function busy(is: boolean): void {
    bar.hidden = !is
    bar.value = 0
    button.setAttribute('aria-disabled', String(is))
    button.disabled = is
    told.textContent = ''
    if (is) fault.hidden = true
  }

  function refuse(messages: string[]): void {
    fault.querySelector('ul')!.replaceChildren(
      ...messages.filter(Boolean).map((message) => {
        const line = document.createElement('li')
        line.textContent = message
        return line
      }),
    )
    fault.hidden = false
  }
}

const megabytes = (bytes: number): string =>
  (bytes / 1_000_000).toFixed(1).replace('.', document.documentElement.lang === 'nb' ? ',' : '.')
