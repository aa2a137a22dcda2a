import { functionTwins } from '#i18n/nb/addin-function-names.ts'
import { FUNCTIONS, type FunctionId, NAMESPACE, twinOf } from './catalogue.ts'

/** An argument as it stands in a formula: a literal, or an address to be read. */
export type FormulaArgument = { literal: string | number } | { address: string } | undefined
export type FormulaCall = { sign: 1 | -1; id: FunctionId; args: FormulaArgument[] }
/** What a formula adds up: calls of ours, and cells that may hold more of them. */
export type FormulaTerm = FormulaCall | { sign: 1 | -1; address: string }

const ids = new Map<string, FunctionId>()
for (const { id } of FUNCTIONS)
  for (const name of [id, twinOf(id), functionTwins[id][1]!]) ids.set(name.toUpperCase(), id)

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|((?:(?:'(?:[^']|'')+'|[\p{L}\d_.]+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?#?)(?![\p{L}\d_.(])|([\p{L}_][\p{L}\d_.]*)|([-+*/&(),=<>^%;{}]))/uy

/**
 * What a formula as Office.js tells it (en-US, commas) adds up: calls of the add-in's own functions, and addresses, with their
 * signs, `SUM` and brackets included. Undefined for any other: what else is done with figures cannot be drilled into.
 */
export function readFormula(formula: unknown): FormulaTerm[] | undefined {
  if (typeof formula !== 'string' || !formula.startsWith('=')) return undefined
  const tokens = tokensOf(formula)
  if (!tokens || tokens.length === 0) return undefined
  const reader = new FormulaReader(tokens)
  const terms = reader.sum(1)
  return terms && reader.atEnd ? terms : undefined
}

const negated = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1)

class FormulaReader {
  readonly #tokens: readonly RegExpExecArray[]
  #at = 0
  constructor(tokens: readonly RegExpExecArray[]) {
    this.#tokens = tokens
  }
  get atEnd(): boolean {
    return this.#at === this.#tokens.length
  }
  #is(...marks: string[]): boolean {
    return marks.includes(this.#tokens[this.#at]?.[5] ?? 'none')
  }
  #take(mark: string): boolean {
    if (!this.#is(mark)) return false
    this.#at++
    return true
  }

  /** Terms with + and − between them. */
  sum(sign: 1 | -1): FormulaTerm[] | undefined {
    const terms: FormulaTerm[] = []
    do {
      let own = sign
      while (this.#is('+', '-')) if (this.#tokens[this.#at++]![5] === '-') own = negated(own)
      const read = this.#term(own)
      if (!read) return undefined
      terms.push(...read)
    } while (this.#is('+', '-'))
    return terms
  }

  #term(sign: 1 | -1): FormulaTerm[] | undefined {
    if (this.#take('(')) {
      const inner = this.sum(sign)
      return this.#take(')') ? inner : undefined
    }
    const token = this.#tokens[this.#at++]
    if (token?.[3] !== undefined) return [{ sign, address: token[3] }]
    const name = token?.[4]?.toUpperCase()
    if (!name || !this.#take('(')) return undefined
    if (name === 'SUM') return this.#summed(sign)
    const id = name.startsWith(`${NAMESPACE}.`) ? ids.get(name.slice(NAMESPACE.length + 1)) : undefined
    const args = id && this.#arguments()
    return args && [{ sign, id: id!, args }]
  }

  #summed(sign: 1 | -1): FormulaTerm[] | undefined {
    const terms: FormulaTerm[] = []
    do {
      const read = this.sum(sign)
      if (!read) return undefined
      terms.push(...read)
    } while (this.#take(','))
    return this.#take(')') ? terms : undefined
  }

  #arguments(): FormulaArgument[] | undefined {
    const args: FormulaArgument[] = []
    while (!this.#take(')')) {
      if (args.length > 0 && !this.#take(',')) return undefined
      const arg = this.#argument()
      if (arg === null || args.push(arg) > 10) return undefined
    }
    return args
  }

  #argument(): FormulaArgument | null {
    const token = this.#tokens[this.#at]
    if (!token || token[5] === ',' || token[5] === ')') return undefined
    this.#at++
    if (token[1] !== undefined) return { literal: Number(token[1]) }
    if (token[2] !== undefined) return { literal: token[2].replaceAll('""', '"') }
    if (token[3] !== undefined) return { address: token[3].replace(/#$/, '') }
    if (token[5] === '-' && this.#tokens[this.#at]?.[1] !== undefined)
      return { literal: -Number(this.#tokens[this.#at++]![1]) }
    return null
  }
}

function tokensOf(formula: string): RegExpExecArray[] | undefined {
  const tokens: RegExpExecArray[] = []
  const body = formula.trimEnd()
  TOKEN.lastIndex = 1
  while (TOKEN.lastIndex < body.length) {
    const token = TOKEN.exec(body)
    if (!token) return undefined
    tokens.push(token)
  }
  return tokens
}
