/** A network: the first bits of an address, and how many they are. */
export type Network = { bits: bigint; length: number; whole: 32 | 128 }

/** `203.0.113.0/24`, `2001:db8::/32`, or one address. Undefined for what is none. */
export function networkOf(text: string): Network | undefined {
  const [address = '', length, more] = text.trim().split('/')
  const read = addressBits(address)
  if (!read || more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  const count = length === undefined ? read.whole : Number(length)
  return count <= read.whole
    ? { bits: read.bits >> BigInt(read.whole - count), length: count, whole: read.whole }
    : undefined
}

/** Whether an address lies in one of the networks. */
export function isWithinNetworks(address: string, networks: readonly string[]): boolean {
  const read = addressBits(address)
  if (!read) return false
  return networks.some((text) => {
    const network = networkOf(text)
    return network?.whole === read.whole && read.bits >> BigInt(read.whole - network.length) === network.bits
  })
}

function addressBits(text: string): { bits: bigint; whole: 32 | 128 } | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(mapped)) {
    const parts = mapped.split('.').map(Number)
    if (parts.some((part) => part > 255)) return undefined
    return { bits: parts.reduce((all, part) => (all << 8n) | BigInt(part), 0n), whole: 32 }
  }
  if (!/^[0-9a-f:]{2,39}$/i.test(text) || !text.includes(':')) return undefined
  const halves = text.split('::')
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const zeros = halves.length === 2 ? 8 - left.length - right.length : 0
  if (halves.length > 2 || zeros < 0) return undefined
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return { bits: groups.reduce((all, group) => (all << 16n) | BigInt(`0x${group}`), 0n), whole: 128 }
}
