import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where lines of weekly runs are kept: in the repository, and by the machine that makes them. */
export const COMMITTED = 'docs/weekly.md'
export const OWN = '.data/weekly.md'

/** Adds a line to a file, which is begun with the head of the committed one. */
export function addLine(file: string, line: string): void {
  if (!existsSync(file)) {
    const lines = readFileSync(COMMITTED, 'utf8').split('\n')
    const head = lines.slice(0, lines.findIndex((text) => text.startsWith('|---')) + 1)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${head.join('\n')}\n`)
  }
  appendFileSync(file, `${line}\n`)
}
