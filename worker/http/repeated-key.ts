const [QUOTE, BACKSLASH, COLON, OPEN, CLOSE] = [34, 92, 58, 123, 125]
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/**
 * A name that stands twice in one object of a JSON text; undefined when none does. Two readers may each believe another of the
 * two values, so such a text is refused. The text is JSON: it has been parsed.
 */
export function repeatedKey(json: string): string | undefined {
  const objects: Set<string>[] = []
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i)
    if (code === OPEN) objects.push(new Set())
    else if (code === CLOSE) objects.pop()
    if (code !== QUOTE) continue
    const start = i + 1
    const end = endOfText(json, start)
    i = end
    let next = end + 1
    while (isSpace(json.charCodeAt(next))) next++
    if (json.charCodeAt(next) !== COLON) continue
    const raw = json.slice(start, end)
    const name = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
    const names = objects.at(-1)!
    if (names.has(name)) return name
    names.add(name)
  }
  return undefined
}

/** Where the quote stands that ends a text; one with an odd number of backslashes before it does not. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start); ; end = json.indexOf('"', end + 1)) {
    let slashes = 0
    while (json.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
}
