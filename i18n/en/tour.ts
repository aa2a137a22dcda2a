import type { tour as nb } from '../nb/tour.ts'

export const tour: typeof nb = {
  title: 'Tour',
  step: '{n} of {of}',
  next: 'Next',
  done: 'Done',
  close: 'Close the tour',
  again: 'Take the tour',
  steps: [
    {
      title: 'Welcome to Lofthus Snekkeri',
      text: 'A practice company with two years of vouchers. Try everything; nothing here is real. Every figure on this page leads to the report behind it.',
    },
    {
      title: 'How a voucher is entered',
      text: 'By keyboard alone: Enter moves on, Ctrl Enter takes what is left, Ctrl B posts. Paste lists from Excel just as they are. F1 explains the column you are in.',
    },
    {
      title: 'From figure to document',
      text: 'Press a figure for its entries, and a voucher for its document. Two strokes under the sum mean that the checks hold.',
    },
    {
      title: 'Everything is two keys away',
      text: 'Ctrl K finds pages, vouchers, amounts, parties and clients. G and a letter goes straight to a page. ? shows every key.',
    },
  ],
}
