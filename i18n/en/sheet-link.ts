import type { sheetLink as nb } from '../nb/sheet-link.ts'

export const sheetLink: typeof nb = {
  saving: 'Saving …',
  saved: 'Saved {time}',
  lost: 'No network. What you write is kept on this machine, and saved when the network is back.',
  lostHere: 'Not saved. Trying again. Leave the page open.',
  signedOut: 'You are signed out. What you write is kept on this machine. Sign in in another tab, and it is saved.',
  signedOutHere: 'You are signed out. Sign in in another tab, and what stands here is saved.',
  refused: 'Not saved: {reason} It is kept on this machine, and tried again when you correct it.',
  refusedHere: 'Not saved: {reason} Correct it, and it is saved.',
  unread: {
    one: '1 cell cannot be read and is on this machine only.',
    many: '{count} cells cannot be read and are on this machine only.',
  },
  unreadHere: {
    one: '1 cell cannot be read and is not saved.',
    many: '{count} cells cannot be read and are not saved.',
  },
  restored: 'What you wrote {time}, and was not saved, is fetched from this machine.',
  taken: '{name} has saved in the same list. It is taken in here.',
  clash: 'Somebody else wrote “{theirs}” here at the same time. Yours stands.',
  clashEmpty: 'Somebody else emptied this cell at the same time. Yours stands.',
}
