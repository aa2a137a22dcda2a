// Sends files as they are dropped or chosen, one after the other, and tells what number each was given.
import { ask, sendFile, takeDrops, wordsOf } from './files.ts'

for (const form of document.querySelectorAll<HTMLFormElement>('[data-document-upload]')) installUpload(form)

function installUpload(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')!
  const told = form.querySelector<HTMLElement>('[role="status"]')!
  const words = form.dataset as Record<string, string>
  let busy = Promise.resolve(true)

  takeDrops(form, take)
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
      const kept = await sendFile(words.to!, file)
      if (words.attach)
        await ask(words.attach, JSON.stringify({ documents: [kept.id] }), { 'content-type': 'application/json' })
      line.textContent = (kept.replayed ? words.replayed! : words.done!)
        .replace('{name}', file.name)
        .replace('{stamp}', String(kept.stamp))
      return true
    } catch (error) {
      line.setAttribute('data-level', 'error')
      line.textContent = `${file.name}: ${wordsOf(error, words.lost!)}`
      return false
    }
  }
}
