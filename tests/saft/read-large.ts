// Reads a generated file of so many vouchers by the reader alone: `node tests/saft/read-large.ts 300000`. Prints one JSON line
// with its size, time and the growth of resident memory from just before it.
import { largeSaft } from '#tests/support/saft.ts'
import { unpacked } from '#worker/saft/byte-chunks.ts'
import { readSaft } from '#worker/saft/saft-reader.ts'

const vouchers = Number(process.argv[2] ?? 30_000)
const utf8 = new TextEncoder()
let bytes = 0
async function* pieces() {
  for (const text of largeSaft(vouchers)) {
    const piece = utf8.encode(text)
    bytes += piece.length
    yield piece
  }
}
const before = process.memoryUsage().rss
const began = performance.now()
let [transactions, lines, peak] = [0, 0, before]
await readSaft(unpacked(pieces()), (reader) => {
  reader.takeParties()
  for (const t of reader.takeTransactions()) {
    transactions++
    lines += t.lines.length
  }
  peak = Math.max(peak, process.memoryUsage.rss())
})
const seconds = (performance.now() - began) / 1_000
const mb = (n: number) => Math.round(n / 1e5) / 10
console.log(JSON.stringify({ mb: mb(bytes), transactions, lines, seconds, rssGrowthMb: mb(peak - before) }))
