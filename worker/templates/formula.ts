import { decimal } from '#worker/core/decimal.ts'
import { allocate, type Ore, ore, roundedQuotient, TOO_LARGE } from '#worker/core/money.ts'

/** Why a formula cannot be read or counted: the character, from 1, and what stood there. */
export type FormulaFault = { reason: 'unread' | 'name' | 'too-large' | 'zero'; at: number; found: string }
export type Counted = { amount: Ore } | { fault: FormulaFault }

type Ratio = { n: bigint; d: bigint; money: boolean }
type Token = { kind: 'number' | 'name' | 'sign'; text: string; at: number }

class Uncountable extends Error {
  readonly fault: FormulaFault
  constructor(reason: FormulaFault['reason'], at: number, found: string) {
    super(reason)
    this.fault = { reason, at: at + 1, found }
  }
}

/** A percentage of a parameter, `70 %` or `-70% * amount`: lines that share one out are split together, so no øre is lost. */
export type ShareFormula = { of: string | undefined; negative: boolean; weight: number }
const SHARE = /^\s*(-?)\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%\s*(?:\*?\s*([\p{L}_][\p{L}\p{N}_]*))?\s*$/u
/** A whole: 100 % in the weights of shares. */
export const WHOLE = 1_000_000

export function shareOf(formula: string): ShareFormula | undefined {
  const found = SHARE.exec(formula)
  const percent = found && decimal(found[2]!.replace(',', '.'))
  if (!found || !percent || percent.digits === 0n) return undefined
  const weight = Number(percent.digits * 10n ** BigInt(4 - percent.scale))
  return { of: found[3], negative: found[1] === '-', weight }
}

/** Parts of an amount in øre by their weights; when they are a whole they sum to it, the odd øre in the last. */
export function partsOf(amount: Ore, weights: readonly number[]): Ore[] {
  const total = weights.reduce((a, b) => a + b, 0)
  if (total === WHOLE) return allocate(amount, weights)
  return weights.map((w) => ore(Number(roundedQuotient(BigInt(amount) * BigInt(w), BigInt(WHOLE)))))
}

/**
 * Counts a formula over amounts in øre: numbers are kroner, `25 %` is a quarter, + − × ÷ and brackets. Exact inside, and
 * rounded once at the end, half away from zero.
 */
export function count(formula: string, values: ReadonlyMap<string, Ore>): Counted {
  try {
    const reader = new Reader(tokensOf(formula), values, formula.length)
    const { n, d, money } = reader.sum()
    reader.end()
    const amount = Number(roundedQuotient(money ? n : n * 100n, d))
    if (Math.abs(amount) >= TOO_LARGE) throw new Uncountable('too-large', 0, formula)
    return { amount: ore(amount) }
  } catch (error) {
    if (error instanceof Uncountable) return { fault: error.fault }
    throw error
  }
}

/** The names a formula uses. */
export const namesIn = (formula: string): string[] => {
  try {
    return tokensOf(formula)
      .filter((t) => t.kind === 'name')
      .map((t) => t.text)
  } catch {
    return []
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /(\d+(?:[.,]\d{1,6})?)|([\p{L}_][\p{L}\p{N}_]*)|([-+*/()%×÷−])|(\s+)/uy
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) throw new Uncountable('unread', at, text[at]!)
    if (found[1]) tokens.push({ kind: 'number', text: found[1].replace(',', '.'), at })
    else if (found[2]) tokens.push({ kind: 'name', text: found[2], at })
    else if (found[3]) tokens.push({ kind: 'sign', text: { '×': '*', '÷': '/', '−': '-' }[found[3]] ?? found[3], at })
    if (tokens.length > 200) throw new Uncountable('unread', at, text[at]!)
  }
  return tokens
}

class Reader {
  private readonly tokens: Token[]
  private readonly values: ReadonlyMap<string, Ore>
  private readonly length: number
  private i = 0
  private depth = 0

  constructor(tokens: Token[], values: ReadonlyMap<string, Ore>, length: number) {
    this.tokens = tokens
    this.values = values
    this.length = length
  }

  sum(): Ratio {
    let left = this.product()
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      const right = this.product()
      const [a, b] = left.money || right.money ? [asMoney(left), asMoney(right)] : [left, right]
      const n = sign.text === '+' ? a.n * b.d + b.n * a.d : a.n * b.d - b.n * a.d
      left = { n, d: a.d * b.d, money: a.money }
    }
    return left
  }

  end() {
    const rest = this.tokens[this.i]
    if (rest) throw new Uncountable('unread', rest.at, rest.text)
  }

  private product(): Ratio {
    let left = this.factor()
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/')) {
      const right = this.factor()
      if (sign.text === '/' && right.n === 0n) throw new Uncountable('zero', sign.at, sign.text)
      if (right.money && (left.money || sign.text === '/')) throw new Uncountable('unread', sign.at, sign.text)
      left =
        sign.text === '*'
          ? { n: left.n * right.n, d: left.d * right.d, money: left.money || right.money }
          : { n: left.n * right.d, d: left.d * right.n, money: left.money }
      if (left.d < 0n) left = { ...left, n: -left.n, d: -left.d }
    }
    return left
  }

  private factor(): Ratio {
    if (++this.depth > 100) throw new Uncountable('unread', this.length, '')
    const value = this.signed()
    this.depth--
    return this.take('%') ? { ...value, d: value.d * 100n } : value
  }

  private signed(): Ratio {
    if (this.take('-')) {
      const { n, d, money } = this.factor()
      return { n: -n, d, money }
    }
    if (this.take('(')) {
      const inside = this.sum()
      if (!this.take(')')) throw this.unread()
      return inside
    }
    const token = this.tokens[this.i]
    if (!token || token.kind === 'sign') throw this.unread()
    this.i++
    if (token.kind === 'name') {
      const value = this.values.get(token.text)
      if (value === undefined) throw new Uncountable('name', token.at, token.text)
      return { n: BigInt(value), d: 1n, money: true }
    }
    const { digits, scale } = decimal(token.text) ?? { digits: undefined, scale: 0 }
    if (digits === undefined) throw new Uncountable('too-large', token.at, token.text)
    return { n: digits, d: 10n ** BigInt(scale), money: false }
  }

  private take(...signs: string[]): Token | undefined {
    const token = this.tokens[this.i]
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined
    this.i++
    return token
  }

  private unread(): Uncountable {
    const token = this.tokens[this.i]
    return new Uncountable('unread', token?.at ?? this.length, token?.text ?? '')
  }
}

const asMoney = (r: Ratio): Ratio => (r.money ? r : { n: r.n * 100n, d: r.d, money: true })
