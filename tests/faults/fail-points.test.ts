import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundleWorker } from '#dev/bundle.ts'
import { marksIn } from '#dev/faults/fail-points.ts'

test('a release holds no fail point nor what Cloudflare refuses, and a test build each of them once', async () => {
  const marks = globSync('worker/**/*.ts').flatMap((file) => marksIn(readFileSync(file, 'utf8')))
  expect(marks.sort()).toEqual(['arrived', 'chained', 'committed', 'identified', 'judged', 'read'])
  const release = await bundleWorker()
  expect(release).not.toMatch(/failAt|FAIL_POINTS/)
  // Both run in workerd at home: machine code made at run time, and a key derived by more rounds than the platform allows.
  expect(release).not.toMatch(/WebAssembly|PBKDF2/)
  const built = await bundleWorker({ failPoints: true })
  for (const mark of marks) expect(built.split(`failAt("${mark}")`)).toHaveLength(2)
})
