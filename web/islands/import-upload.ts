// SAF-T files go up in parts, with progress, and on to their receipt; a sheet is sent as an ordinary form.
import { keepSaft, lookOver, progressOf, takesDrops } from './import/bring-saft.ts'
import { LostConnection, Refused } from './import/send-parts.ts'

for (const form of document.querySelectorAll<HTMLFormElement>('[data-import]')) install(form)

/** What takes SAF-T and no sheet: books to post, and an old ledger to look things up in. */
const isForSaft = (register: string): boolean => register === 'saft' || register === 'saft-archive'

function install(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')!
  const register = form.querySelector<HTMLSelectElement>('select[name="register"]')
  const fault = document.querySelector<HTMLElement>('[data-import-problem]')!
  const progress = progressOf(form, fault)
  takesDrops(form, input)
  // What a file is called mostly says what it is.
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    const isSaft = file && /\.(xml|gz|zip)$/i.test(file.name)
    if (!register || !file) return
    if (isSaft && !isForSaft(register.value)) register.value = 'saft'
    else if (!isSaft && isForSaft(register.value)) register.value = 'balances'
  })
  form.addEventListener('submit', (event) => {
    if (register && !isForSaft(register.value)) return
    event.preventDefault()
    const files = [...(input.files ?? [])]
    if (files.length > 0) void send(files)
    else progress.told.textContent = form.dataset.empty ?? ''
  })

  async function send(files: readonly File[]): Promise<void> {
    progress.busy(true)
    try {
      const isForReference = register?.value === 'saft-archive'
      window.location.assign(
        isForReference
          ? await keepSaft(files, form.dataset.base!, progress.shown)
          : await lookOver(files, form.dataset, progress.shown),
      )
    } catch (error) {
      progress.busy(false)
      if (error instanceof Refused) progress.refuse(error.messages)
      else if (error instanceof LostConnection) progress.refuse([form.dataset.lost!])
      else throw error
    }
  }
}
