import { largeSaft } from '#tests/support/saft.ts'
import { createWriteStream } from 'node:fs'
const [n, file] = process.argv.slice(2)
const out = createWriteStream(file!)
for (const t of largeSaft(Number(n))) if (!out.write(t)) await new Promise(r => out.once('drain', r))
out.end()
