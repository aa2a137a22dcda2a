/**
 * How many times each key has come, in 16 bytes a key: the hundred thousand transaction ids of a large file would take many
 * times that as strings. Keys are told apart by 53 bits of hash.
 */
export class SeenTransactions {
  private slots = new Float64Array(1 << 12)
  private size = 0
  private readonly repeated = new Map<number, number>()

  /** 1 for a new key, 2 when it comes the second time. */
  occurrenceOf(key: string): number {
    const hash = hash53(key)
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

/** Two rounds of multiply and mix over the UTF-16 units; 53 bits, never 0. */
function hash53(key: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    a = Math.imul(a ^ unit, 2_654_435_761)
    b = Math.imul(b ^ unit, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0) || 1
}
