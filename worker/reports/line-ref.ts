/** A line of a report written as an account: `@sales`, or `@lay_…/sales` of a layout that is named. */
export function lineRefOf(text: string): { layout: string | undefined; line: string } | undefined {
  const found = /^@(?:([^/]+)\/)?([^/]+)$/.exec(text)
  return found ? { layout: found[1], line: found[2]! } : undefined
}
