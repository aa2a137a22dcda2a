/** What 0x80–0x9F mean in Windows-1252, which also stands for ISO-8859-1 as in every browser. */
const CONTROLS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** Bytes of Windows-1252 as text. By hand: some runtimes take Windows-1252 for Latin-1. */
export function windows1252(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192))
  return text.replace(/[\u0080-\u009f]/g, (control) => CONTROLS[control.charCodeAt(0) - 0x80]!)
}
