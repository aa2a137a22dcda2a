/**
 * Keys that a dimension made from now on may not have, since it could not be asked for: words that the functions in Excel understand as
 * something else in a filter, `KUNDE=10001;AVD=10` (`dimensionWords` of their texts), and what reports, their files and pages are asked by, beside
 * the dimensions in their addresses. A test holds the list against all of them. Those that were made before stay.
 */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...['party', 'part', 'customer', 'kunde', 'supplier', 'leverandor', 'lev'],
  ...['avd', 'avdeling', 'dep', 'dept', 'prosj', 'prosjekt', 'proj'],
  ...['account', 'against', 'budget', 'by', 'columns', 'cursor', 'format', 'language', 'largest', 'layout'],
  ...['limit', 'line', 'measure', 'merged', 'period', 'since', 'step'],
  ...['accounts', 'column', 'to', 'unit', 'voucher', 'weeks', 'zero'],
])
