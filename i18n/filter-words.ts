/**
 * Words that the functions in Excel understand as something else in a filter, `KUNDE=10001;AVD=10` (`dimensionWords` of their texts, which a
 * test holds this list against): a dimension of such a key could not be asked for there. Those that were made before stay.
 */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...['party', 'part', 'customer', 'kunde', 'supplier', 'leverandor', 'lev'],
  ...['avd', 'avdeling', 'dep', 'dept', 'prosj', 'prosjekt', 'proj'],
])
