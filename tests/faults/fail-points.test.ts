import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundleWorker } from '#dev/bundle.ts'
import { marksIn } from '#dev/faults/fail-points.ts'

test('a release holds no fail point, and a test build each of them once', async () => {
  const marks = globSync('worker/**/*.ts').flatMap((file) => marksIn(readFileSync(file, 'utf8')))
  expect(marks.sort()).toEqual(['arrived', 'chained', 'committed', 'identified', 'judged', 'read'])
  expect(await bundleWorker()).not.toMatch(/failAt|FAIL_POINTS/)
  const built = await bundleWorker({ failPoints: true })
  for (const mark of marks) expect(built.split(`failAt("${mark}")`)).toHaveLength(2)
})
