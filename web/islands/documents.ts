// Sends files as they are dropped or chosen, one after the other, and tells what number each was given.
type Kept = { id: string; stamp: number; replayed: boolean; title?: string; issues?: { message?: string }[] }

for (const form of document.querySelectorAll<HTMLFormElement>('[data-document-upload]')) installUpload(form)

function installUpload(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')!
  const told = form.querySelector<HTMLElement>('[role="status"]')!
  const words = form.dataset as Record<string, string>
  let busy = Promise.resolve(true)

  // The whole page takes what is dropped, so that nobody has to aim.
  for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    document.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      form.toggleAttribute('data-over', type === 'dragenter' || type === 'dragover')
      if (type === 'drop') take([...event.dataTransfer.files])
    })
  input.addEventListener('change', () => {
    take([...(input.files ?? [])])
    input.value = ''
  })
  form.addEventListener('submit', (event) => event.preventDefault())

  function take(files: readonly File[]): void {
    if (files.length === 0) return
    const before = busy
    busy = before.then(async () => {
      let allWell = true
      for (const file of files) allWell = (await send(file)) && allWell
      return allWell
    })
    const mine = busy
    void mine.then((allWell) => {
      if (allWell && mine === busy) window.setTimeout(() => window.location.reload(), 900)
    })
  }

  async function send(file: File): Promise<boolean> {
    const line = document.createElement('li')
    told.append(line)
    line.textContent = words.sending!.replace('{name}', file.name)
    try {
      const kept = await ask(words.to!, file, {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name),
      })
      if (words.attach)
        await ask(words.attach, JSON.stringify({ documents: [kept.id] }), { 'content-type': 'application/json' })
      line.textContent = (kept.replayed ? words.replayed! : words.done!)
        .replace('{name}', file.name)
        .replace('{stamp}', String(kept.stamp))
      return true
    } catch (error) {
      line.setAttribute('data-level', 'error')
      line.textContent = `${file.name}: ${error instanceof Error && error.name === 'Refused' ? error.message : words.lost}`
      return false
    }
  }
}

async function ask(url: string, body: BodyInit, headers: Record<string, string>): Promise<Kept> {
  const language = document.documentElement.lang
  const response = await fetch(url, { method: 'POST', body, headers: { ...headers, 'accept-language': language } })
  const answer = (await response.json()) as Kept
  if (response.ok) return answer
  const refused = new Error(answer.issues?.[0]?.message ?? answer.title ?? String(response.status))
  refused.name = 'Refused'
  throw refused
}
