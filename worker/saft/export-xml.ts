/** What XML 1.0 cannot hold, escaped or not. */
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const SPECIAL = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** Text as XML holds it. What XML has no way of writing goes. */
export function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text
    .replace(IMPOSSIBLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

/** At most so many characters; the schema counts code points. */
export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : [...text].slice(0, longest).join('')
}

/** An element with text, cut to what the schema takes; nothing where there is none. */
export function element(name: string, text: string | number | null | undefined, longest = 256): string {
  if (text === null || text === undefined || text === '') return ''
  return `<${name}>${typeof text === 'number' ? text : escaped(cut(text, longest))}</${name}>`
}

/** Øre as the schema's money, never negative: which side it stands on, its element says. */
export function money(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** An amount on its side: `<DebitAmount>`, `<ClosingCreditBalance>`. Zero is debit. */
export const side = (ore: number): 'Debit' | 'Credit' => (ore < 0 ? 'Credit' : 'Debit')

export function balance(which: 'Opening' | 'Closing', ore: number): string {
  const name = `${which}${side(ore)}Balance`
  return `<${name}>${money(ore)}</${name}>`
}
