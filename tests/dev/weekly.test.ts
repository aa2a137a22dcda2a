import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addLine, COMMITTED, OWN } from '#dev/weekly-lines.ts'

test('lines of weekly runs stand under the head of the committed ones, in a file that git does not see', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weekly-'))
  const file = join(folder, 'data', 'weekly.md')
  for (const line of ['| 2026-11-29 | a |', '| 2026-12-06 | b |']) addLine(file, line)
  const head = readFileSync(COMMITTED, 'utf8').split('\n').slice(0, 7).join('\n')
  expect([head.startsWith('# Weekly runs\n'), head.endsWith('|---|')]).toEqual([true, true])
  expect(readFileSync(file, 'utf8')).toBe(`${head}\n| 2026-11-29 | a |\n| 2026-12-06 | b |\n`)
  expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain(`${OWN.split('/')[0]}/`)
  rmSync(folder, { recursive: true })
})
