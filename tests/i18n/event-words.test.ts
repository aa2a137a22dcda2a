import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventText } from '#i18n/event-text.ts'

test('whatever is written in a log has words, in both languages', () => {
  const source = globSync('worker/**/*.ts').map((file) => readFileSync(file, 'utf8'))
  const told = source.flatMap((text) => [
    ...[...text.matchAll(/type: '([a-z-]+\.[a-z-]+)'/g)].map(([, type]) => type!),
    ...[...text.matchAll(/note\(\s*ctx,\s*'([a-z-]+\.[a-z-]+)'/g)].map(([, type]) => type!),
  ])
  const types = [...new Set(told)].sort()
  expect(types.length).toBeGreaterThan(60)
  for (const locale of ['nb', 'en'] as const)
    expect(types.filter((type) => eventText(type, locale) === type)).toEqual([])
})
