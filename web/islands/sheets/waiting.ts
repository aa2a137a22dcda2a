import { byId } from '../voucher/element.ts'
import type { SheetLink } from './sheet-link.ts'

/** The form that books a sheet waits until what is typed is saved, and does nothing while something is wrong. */
export function bookWhenSaved(link: Pick<SheetLink<{ version: number }>, 'isUnsaved' | 'save'>): void {
  const form = document.getElementById('booking') as HTMLFormElement | null
  form?.addEventListener('submit', async (event) => {
    if (byId('book').getAttribute('aria-disabled') === 'true') event.preventDefault()
    else if (link.isUnsaved) {
      event.preventDefault()
      if (await link.save()) form.requestSubmit()
    }
  })
}

/** When one is not in the middle of a cell: rows must not move under one's hands. */
export function untilCalm(isEditing: () => boolean): Promise<void> {
  if (!isEditing()) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isEditing()) return
      clearInterval(timer)
      resolve()
    }, 50)
  })
}
