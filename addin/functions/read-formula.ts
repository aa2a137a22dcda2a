import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import { FUNCTIONS, type FunctionId, NAMESPACE, twinOf } from './catalogue.ts'

/** An argument as it stands in a formula: a literal, or an address to be read. */
export type FormulaArgument = { literal: string | number } | { address: string } | undefined
export type FormulaCall = { sign: 1 | -1; id: FunctionId; args: FormulaArgument[] }

const ids = new Map<string, FunctionId>()
for (const { id } of FUNCTIONS) for (const name of [id, twinOf(id), nb.twins[id][1]!]) ids.set(name.toUpperCase(), id)

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|((?:(?:'(?:[^']|'')+'|[\p{L}\d_.]+)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?#?)(?![\p{L}\d_.(])|([\p{L}_][\p{L}\d_.]*)|([-+*/&(),=<>^%;{}]))/uy

/**
 * The add-in's own functions in a formula as Office.js tells it (en-US, commas): one, or a sum and difference of several.
 * Undefined for any other formula: what else is done with the figures cannot be drilled into.
 */
export function readFormula(formula: unknown): FormulaCall[] | undefined {
  if (typeof formula !== 'string' || !formula.startsWith('=') || !formula.toUpperCase().includes(`${NAMESPACE}.`))
    return undefined
  const tokens = tokensOf(formula)
  if (!tokens) return undefined
  const calls: FormulaCall[] = []
  let i = 0
  const take = (text: string): boolean => tokens[i]?.[5] === text && ++i > 0
  do {
    let sign: 1 | -1 = 1
    while (tokens[i]?.[5] === '+' || tokens[i]?.[5] === '-') if (tokens[i++]![5] === '-') sign = sign === 1 ? -1 : 1
    const name = tokens[i++]?.[4]?.toUpperCase()
    const id = name?.startsWith(`${NAMESPACE}.`) ? ids.get(name.slice(NAMESPACE.length + 1)) : undefined
    if (!id || !take('(')) return undefined
    const args: FormulaArgument[] = []
    while (!take(')')) {
      if (args.length > 0 && !take(',')) return undefined
      const arg = argument()
      if (arg === null) return undefined
      args.push(arg)
      if (args.length > 10) return undefined
    }
    calls.push({ sign, id, args })
  } while (tokens[i]?.[5] === '+' || tokens[i]?.[5] === '-')
  return i === tokens.length ? calls : undefined

  function argument(): FormulaArgument | null {
    const token = tokens![i]
    if (!token || token[5] === ',' || token[5] === ')') return undefined
    i++
    if (token[1] !== undefined) return { literal: Number(token[1]) }
    if (token[2] !== undefined) return { literal: token[2].replaceAll('""', '"') }
    if (token[3] !== undefined) return { address: token[3].replace(/#$/, '') }
    if (token[5] === '-' && tokens![i]?.[1] !== undefined) return { literal: -Number(tokens![i++]![1]) }
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
