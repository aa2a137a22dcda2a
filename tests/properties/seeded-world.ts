// Chance, time and order from one seed: whatever the product asks of them, a second run is told the same.
import { createHash } from 'node:crypto'
import { randomFrom } from '#db/seed/demo/random.ts'

export interface World {
  /** The clock begins again at the same moment. Chance goes on, so that ids and keys of one run are nobody else's. */
  restart(): void
  /** The clock goes on, or back, by so many milliseconds. */
  jump(ms: number): void
}

const RealDate = Date
/** Early on a working day of this year, so that neither end of it is near. */
const BEGIN = RealDate.UTC(new RealDate().getFullYear(), 5, 15, 6)

/** Takes the place of the clock, of chance, and of hashing in another thread, for the rest of the process. */
export function seededWorld(seed: number): World {
  let now = BEGIN
  const random = randomFrom(seed)
  // A clock that stands still while nobody asks, and goes a millisecond each time somebody does.
  class SeededDate extends RealDate {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(++now)
      else super(...(given as [number]))
    }
    static override now = () => ++now
  }
  globalThis.Date = SeededDate as DateConstructor
  Math.random = () => random.whole(0, 2 ** 31) / 2 ** 31
  crypto.getRandomValues = <T extends ArrayBufferView | null>(into: T): T => {
    const bytes = new Uint8Array(into!.buffer, into!.byteOffset, into!.byteLength)
    for (let i = 0; i < bytes.length; i++) bytes[i] = random.whole(0, 255)
    return into
  }
  crypto.randomUUID = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }
  // The platform hashes in threads, and whichever is done first goes on first.
  crypto.subtle.digest = async (_algorithm, data) => {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data as ArrayBuffer)
    return new Uint8Array(createHash('sha256').update(bytes).digest()).buffer
  }
  return {
    restart() {
      now = BEGIN
    },
    jump(ms) {
      now += ms
    },
  }
}
