/**
 * How many times each key has come, in 16 bytes a key: the hundred thousand transaction ids of a large file would take many
 * times that as strings. Keys are told apart by 53 bits of their fingerprint.
 */
export class SeenTransactions {
  private slots = new Float64Array(1 << 12)
  private size = 0
  private readonly repeated = new Map<number, number>()

  /** 1 for a new key, 2 when it comes the second time. */
  occurrenceOf(key: string): number {
    const [a, b] = fingerprint(key)
    const hash = (a >>> 11) * 4_294_967_296 + b || 1
    if (this.add(hash)) return 1
    const occurrence = (this.repeated.get(hash) ?? 1) + 1
    this.repeated.set(hash, occurrence)
    return occurrence
  }

  private add(hash: number): boolean {
    if (this.size * 2 > this.slots.length) this.grow()
    const mask = this.slots.length - 1
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      if (this.slots[at] === hash) return false
      if (this.slots[at] !== 0) continue
      this.slots[at] = hash
      this.size++
      return true
    }
  }

  private grow() {
    const before = this.slots
    this.slots = new Float64Array(before.length * 2)
    this.size = 0
    for (const hash of before) if (hash !== 0) this.add(hash)
  }
}

/** The voucher id of something in a file: the same key gives the same id, whenever it is read. */
export function voucherIdOf(key: string): `vch_${string}` {
  const hex = fingerprint(key).map((lane) => lane.toString(16).padStart(8, '0'))
  return `vch_${hex.join('').slice(0, 26)}`
}

/**
 * 128 bits of a text: four lanes of multiply and mix over its UTF-16 units, each stirred with its neighbours at the end. Not
 * for secrets: it tells keys of one file apart, at a twentieth of what a SHA-256 takes here.
 */
export function fingerprint(key: string): [number, number, number, number] {
  let a = 1_779_033_703
  let b = 3_144_134_277
  let c = 1_013_904_242
  let d = 2_773_480_762
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    a = b ^ Math.imul(a ^ unit, 597_399_067)
    b = c ^ Math.imul(b ^ unit, 2_869_860_233)
    c = d ^ Math.imul(c ^ unit, 951_274_213)
    d = a ^ Math.imul(d ^ unit, 2_716_044_179)
  }
  a = Math.imul(c ^ (a >>> 18), 597_399_067)
  b = Math.imul(d ^ (b >>> 22), 2_869_860_233)
  c = Math.imul(a ^ (c >>> 17), 951_274_213)
  d = Math.imul(b ^ (d >>> 19), 2_716_044_179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}
