/** Top names that lead nowhere on the open internet, or to somebody's own machines. */
const INNER = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|home|lan|corp|private|arpa|test|invalid|onion)$/

/**
 * The address of a receiver, or why it is none: https on its ordinary port, a name and not an address, no password in it. Every
 * spelling of an address (decimal, octal, hexadecimal, IPv6, mapped) is one after the URL has been read. Source: reliability.md S17.
 */
export function receiverOf(text: string): URL | undefined {
  if (text.length > 2_000 || /[\s\\]/.test(text)) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '' || url.hash !== '')
    return undefined
  const host = url.hostname.toLowerCase()
  const isName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(host)
  return isName && host.length <= 253 && !INNER.test(host) ? url : undefined
}

/** First bits of IPv4 networks that are not the open internet. Source: IANA IPv4 Special-Purpose Address Registry. */
const CLOSED: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** Whether an address that a name led to is on the open internet. What cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) {
    const number = numberOf(address)
    return CLOSED.every(([network, bits]) => {
      const size = 2 ** (32 - bits)
      return Math.floor(number / size) !== Math.floor(numberOf(network) / size)
    })
  }
  // IPv6: global unicast (2000::/3) alone, without what carries an IPv4 address in it or is kept for documentation.
  const groups = /^([0-9a-f]{1,4}):([0-9a-f]{0,4}):/i.exec(address)
  if (!groups) return false
  const [first, second] = [Number.parseInt(groups[1]!, 16), Number.parseInt(groups[2] || '0', 16)]
  if (first < 0x2000 || first > 0x3fff) return false
  return first !== 0x2002 && !(first === 0x2001 && (second < 0x200 || second === 0xdb8)) && first !== 0x3fff
}
