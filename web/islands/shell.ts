// What the frame does in the browser: keys, folding, dialogs, and swapping the page's main part without losing one's place.
// Everything here has a way without it: links are links and forms are forms.
import { clearOthers } from './offline/shelf.ts'
import { installAutoSend } from './shell/auto-send.ts'
import { installBehind } from './shell/behind.ts'
import { installKeys } from './shell/keys.ts'
import { installPalette } from './shell/palette.ts'
import { begin, installSwap } from './shell/swap.ts'

/** Opens a dialog of this page, unless it stands open. */
function openDialog(id: string): void {
  const dialog = document.getElementById(id)
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal()
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : undefined
  const opener = target?.closest<HTMLElement>('[data-opens]')
  // Where the browser knows commands it opens the dialog itself, right after this click.
  const byCommand = opener?.hasAttribute('command') && 'commandForElement' in opener
  if (opener && !byCommand) {
    document.querySelector<HTMLElement>('[popover]:popover-open')?.hidePopover()
    openDialog(opener.dataset.opens!)
  } else if (target?.closest('[data-print]')) window.print()
  const folds = target?.closest('[data-folds]')
  folds?.setAttribute('aria-expanded', String(folds.getAttribute('aria-expanded') !== 'true'))
  const fold = target?.closest<HTMLElement>('.hb-fold')
  if (fold) toggleGroup(fold)
  // A click beside a dialog closes it.
  if (target instanceof HTMLDialogElement && isOutside(target, event)) target.close()
}

function isOutside(dialog: HTMLDialogElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}

export function toggleGroup(button: HTMLElement, fold?: boolean): void {
  const group = button.closest('tbody')
  if (!group) return
  const folded = group.toggleAttribute('data-folded', fold)
  button.setAttribute('aria-expanded', String(!folded))
}

/** Makes ready what needs script: shown only now, so that nothing is offered that does nothing. */
export function makeReady(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-opens][hidden], [data-print][hidden]'))
    element.hidden = false
  for (const dialog of root.querySelectorAll<HTMLDialogElement>('dialog[data-open-now]')) {
    dialog.close()
    dialog.showModal()
  }
}

document.addEventListener('click', onClick)
makeReady(document)
begin(location.hash)
document.querySelector('.hb-tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
document.querySelector('main tr[data-chosen]')?.scrollIntoView({ block: 'nearest' })
installAutoSend()
installKeys({ openDialog, toggleGroup })
installPalette()
installSwap(makeReady)
installBehind()
const { user } = document.body.dataset
if (user !== undefined && 'caches' in window) clearOthers(user).catch(() => {}) // nothing is kept where nothing may be
