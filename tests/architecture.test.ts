import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as en from '#i18n/en/problems.ts'
import * as nb from '#i18n/nb/problems.ts'

const listed = (tops: string[]) =>
  tops
    .filter((top) => existsSync(top))
    .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((f) => join(top, f)))
const isCode = (file: string) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts')
const files = listed(['worker', 'web', 'addin', 'i18n', 'db']).filter(isCode)
const source = new Map(files.map((f) => [f, readFileSync(f, 'utf8')]))

/** What a file imports when it runs; type-only imports carry no code and are no arrows. */
function importsOf(file: string): string[] {
  const found: string[] = []
  for (const [, clause, from] of source
    .get(file)!
    .matchAll(/^(?:import|export)\s+(?!type\b)([^'"]*?from\s+)?['"]([^'"]+)['"]/gm)) {
    const names = /\{([^}]*)\}/.exec(clause ?? '')?.[1]
    const onlyTypes =
      names?.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name)) &&
      !/^\s*\w+\s*,/.test(clause ?? '')
    if (onlyTypes) continue
    found.push(
      from!.startsWith('#') ? from!.slice(1) : from!.startsWith('.') ? normalize(join(dirname(file), from!)) : from!,
    )
  }
  return found
}
const imports = new Map(files.map((f) => [f, importsOf(f)]))

function reach(file: string, seen = new Set<string>()): Set<string> {
  for (const next of imports.get(file) ?? [])
    if (!seen.has(next)) {
      seen.add(next)
      reach(next, seen)
    }
  return seen
}

/** What makes a file one that acts: HTTP, a database, the platform. */
const ACTS = /^(hono(\/(?!jsx|html|utils).*)?|drizzle-orm.*|@libsql\/.*|node:.*|cloudflare:.*)$/
const acts = (file: string): boolean => [...reach(file)].some((f) => ACTS.test(f))
const VERBS =
  'post|reverse|read|list|judge|run|create|open|close|lock|unlock|import|export|send|match|approve|save|add|change|remove|revoke|make|verify|check|repeat|migrate|connect|identify|allow|sign|forget|follow|seed|first|keep|store|write|drop|find|finish|confirm|watch|give|book|try|take|restore'
const VERB_FILE = new RegExp(`/(${VERBS})-[a-z0-9-]+\\.tsx?$`)
/** The glue whose whole purpose is the outside world. */
const GLUE =
  /^worker\/(http|database|access|identity|api)\/|\/(store|[a-z-]*-?store|routes|[a-z-]+-routes|writer|ledger-writer)\.ts$|^worker\/index\.ts$/

const moduleFiles = files.filter((f) => /^worker\/[a-z-]+\//.test(f))
const moduleOf = (file: string): string => file.split('/')[1]!

describe('who may import what', () => {
  test('core, i18n, islands and add-in run anywhere', () => {
    const anywhere = files.filter((f) => /^(worker\/core|i18n|web\/islands|addin)\//.test(f))
    expect(anywhere.length).toBeGreaterThan(10)
    expect(anywhere.filter(acts)).toEqual([])
  })
  test('a noun is pure, a verb acts', () => {
    expect(moduleFiles.filter((f) => acts(f) && !VERB_FILE.test(f) && !GLUE.test(f))).toEqual([])
  })
  test('SQL stands in stores, verbs that read, and migrations', () => {
    const sql = /\b(select .+ from |insert into |update \w+ set |delete from )/
    const nouns = moduleFiles.filter((f) => !VERB_FILE.test(f) && !GLUE.test(f))
    expect(nouns.filter((f) => sql.test(withoutComments(source.get(f)!)))).toEqual([])
  })
  test('only the log writes to the log', () => {
    const edge = files.filter(
      (f) => /^(worker|web)\//.test(f) && !f.startsWith('web/islands/') && f !== 'worker/http/log.ts',
    )
    expect(edge.filter((f) => /\bconsole\./.test(withoutComments(source.get(f)!)))).toEqual([])
  })
  test('only the composition root imports pages', () => {
    expect(
      files.filter(
        (f) =>
          f.startsWith('worker/') &&
          f !== 'worker/index.ts' &&
          imports.get(f)!.some((i) => i.startsWith('web/') && i !== 'web/assets.ts'),
      ),
    ).toEqual([])
  })
  test('the ledger rests on nothing above it', () => {
    const below = new Set(['core', 'vat', 'ledger', 'database', 'http', 'access', 'events'])
    const wrong = moduleFiles
      .filter((f) => /^worker\/(core|vat|ledger)\//.test(f))
      .flatMap((f) =>
        imports
          .get(f)!
          .filter((i) => i.startsWith('worker/') && !below.has(moduleOf(i)))
          .map((i) => `${f} → ${i}`),
      )
    expect(wrong).toEqual([])
  })
  test('modules point one way', () => {
    const arrows = new Map<string, Set<string>>()
    for (const f of moduleFiles)
      for (const i of imports.get(f)!.filter((i) => /^worker\/[a-z-]+\//.test(i) && moduleOf(i) !== moduleOf(f)))
        arrows.set(moduleOf(f), (arrows.get(moduleOf(f)) ?? new Set()).add(moduleOf(i)))
    for (const glue of ['http', 'access', 'identity', 'database', 'api']) arrows.delete(glue)
    expect(cycleIn(arrows)).toBeUndefined()
  })
})

function cycleIn(arrows: Map<string, Set<string>>): string | undefined {
  const walk = (from: string, path: string[]): string | undefined => {
    if (path.includes(from)) return [...path.slice(path.indexOf(from)), from].join(' → ')
    for (const next of arrows.get(from) ?? []) {
      const found = walk(next, [...path, from])
      if (found) return found
    }
    return undefined
  }
  for (const from of arrows.keys()) {
    const found = walk(from, [])
    if (found) return found
  }
  return undefined
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

describe('one door to the ledger', () => {
  test('only the ledger’s store inserts vouchers and entries', () => {
    const door = /insert into (entry|voucher|balance|party_balance|dimension_balance)\b/
    expect(files.filter((f) => door.test(withoutComments(source.get(f)!)) && !f.endsWith('.sql'))).toEqual([
      'worker/ledger/store.ts',
    ])
  })
  test('nothing updates or deletes what is posted', () => {
    const change =
      /(update (entry|voucher|event|period_lock) set|delete from (entry|voucher|event|period_lock|number_series)\b)/
    expect(files.filter((f) => change.test(withoutComments(source.get(f)!)))).toEqual([])
  })
})

describe('values', () => {
  test('no float comes near money', () => {
    const float = /parseFloat|\.toFixed\(|Math\.round\(/
    expect(files.filter((f) => /^(worker|i18n)\//.test(f) && float.test(withoutComments(source.get(f)!)))).toEqual([])
  })
  test('rules know no clock, no chance, no network', () => {
    const outside = /Date\.now\(|new Date\(\)|Math\.random|randomUUID|getRandomValues|\bfetch\(/
    const nouns = moduleFiles.filter((f) => !acts(f) && !VERB_FILE.test(f) && !GLUE.test(f))
    expect(nouns.length).toBeGreaterThan(20)
    expect(nouns.filter((f) => outside.test(withoutComments(source.get(f)!)))).toEqual([])
  })
  test('SQL never makes text that cannot be read back', () => {
    // printf('%.1s'), char() and cast(… as text) can make invalid UTF-8, which ends a process that reads it through libsql.
    const risky = /printf\s*\(\s*'%\.|\bchar\s*\(\d|cast\s*\([^)]*\bas\s+text\)/i
    expect(files.filter((f) => risky.test(withoutComments(source.get(f)!)))).toEqual([])
  })
})

describe('the house is kept', () => {
  test('no dumping grounds, no barrels', () => {
    expect(
      files.filter((f) => /\/(utils?|help(?:er|ers)|common|misc|shared|types|constants|service)(\.tsx?$|\/)/.test(f)),
    ).toEqual([])
    expect(files.filter((f) => /^export \* from/m.test(source.get(f)!))).toEqual([])
  })
  test('files can be read in one sitting', () => {
    const code = [...files, ...listed(['tests', 'dev', 'cli', 'bench']).filter(isCode)]
    const long = code.filter((f) => readFileSync(f, 'utf8').split('\n').length > 450)
    expect(long).toEqual([])
  })
  test('Norwegian words stand only in i18n and data', () => {
    const norwegian =
      /['"`>][^'"`<]*\b(bilag|konto(?:en)?|skjema|rediger|lagre|vennligst|beløp|leverandør|avdeling)\b[^'"`<]*['"`<]/i
    const code = files.filter((f) => /^(worker|web|addin)\//.test(f) && !/standard-|islands\/paste|saft\//.test(f))
    const wrong = code.filter((f) => norwegian.test(withoutComments(source.get(f)!)))
    expect(wrong).toEqual([])
  })
})

describe('every problem code', () => {
  const sql = listed(['db'])
    .filter((f) => f.endsWith('.sql'))
    .map((f) => readFileSync(f, 'utf8'))
  const CODE =
    /(?:new Problem\(\s*\d+,\s*|[( ]code: |abort, |error\(|issue\(|problem\(\s*\d+,\s*|refuse\(\s*|, \{ error: )'([a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*)'/g
  const used = new Set([...source.values(), ...sql].flatMap((text) => [...text.matchAll(CODE)].map((m) => m[1]!)))
  const known = Object.keys(nb.problems).map((code) => code.split('#')[0]!)

  test('has a text in Norwegian and in English', () => {
    expect(used.size).toBeGreaterThan(40)
    expect([...used].filter((code) => !(code in nb.problems) || !(code in en.problems))).toEqual([])
    expect(Object.keys(en.problems).sort()).toEqual(Object.keys(nb.problems).sort())
  })
  test('fills the same places in both languages', () => {
    const places = (text: string) =>
      [...text.matchAll(/\{(\w+)/g)]
        .map((m) => m[1]!.toLowerCase())
        .sort()
        .join()
    const other = en.problems as Record<string, string>
    expect(
      Object.entries(nb.problems)
        .filter(([code, text]) => places(text) !== places(other[code]!))
        .map(([code]) => code),
    ).toEqual([])
  })
  test('is explained in docs/problems.md, and nothing else is', () => {
    const explained = [...readFileSync('docs/problems.md', 'utf8').matchAll(/^### `([a-z/-]+)`/gm)].map((m) => m[1]!)
    expect(explained.toSorted()).toEqual([...new Set(known)].toSorted())
  })
  test('keeps the tone of the house', () => {
    const rude = /vennligst|ugyldig|oops|suksess|!|please/i
    expect(Object.entries({ ...nb.problems }).filter(([, text]) => rude.test(text))).toEqual([])
  })
})
