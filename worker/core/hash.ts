const utf8 = new TextEncoder()
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

export const hex = (bytes: Uint8Array): string => {
  if ('toHex' in bytes) return (bytes as Uint8Array & { toHex(): string }).toHex() // half the time, where there is one
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** SHA-256 of a text's UTF-8 bytes, bare lower-case hex. The same in Worker, browser and Node. */
export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text))))
}
