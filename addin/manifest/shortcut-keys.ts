/** Keys with Ctrl and Alt, by the letter; Excel hands them over while a sheet has the focus, and not while the pane has. */
export const KEYS: Readonly<Record<string, string>> = {
  h: 'openPane',
  r: 'newVoucher',
  f: 'chooseInCell',
  k: 'checkVouchers',
  b: 'postVouchers',
  o: 'refreshFigures',
  d: 'drillDown',
  i: 'showVoucher',
  n: 'nextIssue',
  l: 'switchLanguage',
}
