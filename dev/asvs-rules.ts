// docs/asvs.csv: each requirement of ASVS 5.0.0 we hold ourselves to, with its control and the test that shows it.
import { existsSync, readFileSync } from 'node:fs'

export type Requirement = { id: string; state: string; control: string; test: string }

/** Rows of a CSV whose cells may be quoted. */
export function requirementsIn(csv: string): Requirement[] {
  const [, ...lines] = csv.trim().split('\n')
  return lines.map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) =>
      cell!.replace(/^"|"$/g, '').replaceAll('""', '"'),
    )
    const [id = '', state = '', control = '', test = ''] = cells
    return { id, state, control, test }
  })
}

/** What is wrong with a row: a test that is none, a reason that is missing. */
export function faultOf({ id, state, control, test }: Requirement): string | undefined {
  if (!/^V\d+\.\d+\.\d+(-L3)?$/.test(id)) return `${id} is no requirement`
  if (!['built', 'reason', 'open'].includes(state)) return `${id}: ${state} is no state`
  if (control === '') return `${id} says nothing`
  if (state !== 'built') return test === '' ? undefined : `${id} is ${state} and names a test`
  const [file = '', piece = ''] = test.split('#')
  if (!existsSync(file)) return `${id}: ${file} is no file`
  if (piece === '') return `${id} names no test of ${file}`
  return titlesIn(readFileSync(file, 'utf8')).some((title) => title.includes(piece))
    ? undefined
    : `${id}: no test of ${file} is called “${piece}”`
}

/** What the tests of a file are called, and their groups. */
const titlesIn = (source: string): string[] =>
  [
    ...source.matchAll(
      /(?:\b(?:test|describe)(?:\.\w+(?:<[^(]*>)?(?:\([^'"`]*?\))?)?|\))\(\s*(['"`])((?:(?!\1).)+)\1/g,
    ),
  ].map(([, , title]) => title!)
