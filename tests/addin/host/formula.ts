// A small formula engine: figures, texts, references, + - * / &, SUM, and the add-in's functions.
import { areaOf } from './a1.ts'
import type { Value } from './workbook.ts'

export type Node =
  | { kind: 'value'; value: Value }
  | { kind: 'reference'; sheet: string | undefined; address: string }
  | { kind: 'call'; name: string; args: (Node | undefined)[] }
  | { kind: 'operator'; sign: string; left: Node; right: Node }
  | { kind: 'minus'; of: Node }

export class FormulaError extends Error {}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\d_.]*)!)?(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\p{L}\d_.(])|([\p{L}_][\p{L}\d_.]*)|([-+*/&(),]))/uy

/** Reads a formula as Office.js writes it: en-US, with commas between arguments. */
export function parse(formula: string): Node {
  const tokens: RegExpExecArray[] = []
  TOKEN.lastIndex = 1
  while (TOKEN.lastIndex < formula.trimEnd().length) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(formula)
    if (!token) throw new FormulaError(`cannot read ${formula} at ${from}`)
    tokens.push(token)
  }
  let i = 0
  const sign = (signs: string): string | undefined => {
    const found = tokens[i]?.[6]
    if (!found || !signs.includes(found)) return undefined
    i++
    return found
  }
  const binary = (next: () => Node, signs: string): Node => {
    let left = next()
    for (let s = sign(signs); s; s = sign(signs)) left = { kind: 'operator', sign: s, left, right: next() }
    return left
  }
  const whole = (): Node => binary(() => binary(() => binary(single, '*/'), '+-'), '&')
  function single(): Node {
    if (sign('-')) return { kind: 'minus', of: single() }
    if (sign('+')) return single()
    if (sign('(')) {
      const inner = whole()
      if (!sign(')')) throw new FormulaError(`) is missing in ${formula}`)
      return inner
    }
    const token = tokens[i++]
    if (!token) throw new FormulaError(`${formula} ends too early`)
    if (token[1] !== undefined) return { kind: 'value', value: Number(token[1]) }
    if (token[2] !== undefined) return { kind: 'value', value: token[2].replaceAll('""', '"') }
    if (token[4] !== undefined && areaOf(token[4].replaceAll('$', '')))
      return { kind: 'reference', sheet: token[3]?.slice(0, -1).replace(/^'|'$/g, ''), address: token[4] }
    const name = token[5]
    if (name && /^(true|false)$/i.test(name)) return { kind: 'value', value: /^true$/i.test(name) }
    if (name && sign('(')) return { kind: 'call', name: name.toUpperCase(), args: args() }
    throw new FormulaError(`${token[0]} in ${formula}`)
  }
  function args(): (Node | undefined)[] {
    const list: (Node | undefined)[] = []
    if (sign(')')) return list
    for (;;) {
      list.push(tokens[i]?.[6] === ',' || tokens[i]?.[6] === ')' ? undefined : whole())
      if (sign(')')) return list
      if (!sign(',')) throw new FormulaError(`, or ) is missing in ${formula}`)
    }
  }
  const node = whole()
  if (i < tokens.length) throw new FormulaError(`${formula} goes on after its end`)
  return node
}
