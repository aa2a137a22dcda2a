import { roundedQuotient, TOO_LARGE } from '#worker/core/money.ts'

/** The mark before the decimals. */
export type Decimal = ',' | '.'

/** What a text says as an amount, in øre. One that can be read in two ways is never chosen between here. */
export type ReadAmount =
  | { kind: 'empty' }
  | { kind: 'amount'; ore: number }
  /** `475,962`: three decimals, or 475 962. */
  | { kind: 'ambiguous'; asDecimal: number; asThousands: number }
  /** More than two decimals that are not noise. */
  | { kind: 'too-fine'; rounded: number }
  | { kind: 'too-large' }
  | { kind: 'unreadable' }

const UNREADABLE: ReadAmount = { kind: 'unreadable' }
const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g
const MINUSES = /[\u2010-\u2015\u2212\uff0d]/g

/**
 * An amount as it stands in a Norwegian or English sheet: `1 234,50`, `1.234,50`, `1,234.50`, `(1 234)`, `1234,50-`, `kr 1 250,-`,
 * `1 234,50 K`. `decimal` is the mark the column is known to use; without it `1.234` and `475,962` are ambiguous.
 */
export function readAmount(text: string, decimal?: Decimal): ReadAmount {
  let body = text.replace(MINUSES, '-').replace(SPACES, ' ').trim()
  if (body === '') return { kind: 'empty' }
  body = body
    .replace(/^(kr\.?|nok)\s*/i, '')
    .replace(/\s*(kr\.?|nok)$/i, '')
    .replace(/,-$/, '')
  let negative = false
  const side = /\s(k|c|cr|d|dr)\.?$/i.exec(body)
  if (side) {
    negative = /^[kc]/i.test(side[1]!)
    body = body.slice(0, side.index)
  }
  const signed = /^\((.+)\)$/.exec(body) ?? /^-\s*(.+)$/.exec(body) ?? /^(.+?)\s*-$/.exec(body)
  if (signed) {
    negative = !negative
    body = signed[1]!.trim()
  } else if (body.startsWith('+')) body = body.slice(1).trim()
  body = body.replace(/^(kr\.?|nok)\s*/i, '')
  return signOf(unsigned(body, decimal), negative)
}

function signOf(read: ReadAmount, negative: boolean): ReadAmount {
  if (!negative) return read
  const minus = (n: number) => (n === 0 ? 0 : -n)
  if (read.kind === 'amount') return { kind: 'amount', ore: minus(read.ore) }
  if (read.kind === 'too-fine') return { kind: 'too-fine', rounded: minus(read.rounded) }
  if (read.kind !== 'ambiguous') return read
  return { kind: 'ambiguous', asDecimal: minus(read.asDecimal), asThousands: minus(read.asThousands) }
}

/** Digits in groups of three, with the same mark between them. */
const GROUPED = /^\d{1,3}([ .,'’])\d{3}(\1\d{3})*$/

function unsigned(body: string, decimal: Decimal | undefined): ReadAmount {
  if (!/^[\d.,][\d .,'’]*$/.test(body) || !/\d/.test(body)) return UNREADABLE
  const marks = [...body.matchAll(/[.,]/g)]
  const last = marks.at(-1)
  if (!last) return wholeOf(body)
  const [mark, at] = [last[0] as Decimal, last.index]
  const [before, after] = [body.slice(0, at), body.slice(at + 1)]
  if (!/^\d*$/.test(after)) return UNREADABLE
  if (marks.length > 1 && marks.every((m) => m[0] === mark)) return wholeOf(body) // 1.234.567
  if (marks.length > 1 || after.length !== 3) return withDecimals(before, after) // 1.234,50 and 12,5
  // One mark and three digits after it: thousands, or three decimals.
  const couldGroup = /^[1-9]\d{0,2}$/.test(before)
  if (!couldGroup) return withDecimals(before, after)
  if (decimal) return mark === decimal ? withDecimals(before, after) : wholeOf(body)
  const fine = withDecimals(before, after)
  const whole = wholeOf(body)
  if (whole.kind !== 'amount') return whole
  const asDecimal = fine.kind === 'amount' ? fine.ore : fine.kind === 'too-fine' ? fine.rounded : 0
  return { kind: 'ambiguous', asDecimal, asThousands: whole.ore }
}

function wholeOf(body: string): ReadAmount {
  if (!/^\d+$/.test(body) && !GROUPED.test(body)) return UNREADABLE
  return amount(body.replace(/\D/g, ''), '')
}

function withDecimals(before: string, after: string): ReadAmount {
  if (before !== '' && !/^\d+$/.test(before) && !GROUPED.test(before)) return UNREADABLE
  return amount(before.replace(/\D/g, ''), after)
}

/** Below this many ten-thousandths of an øre a fraction is a computer's noise (features.md 4.8). */
const NOISE = 1

function amount(whole: string, fraction: string): ReadAmount {
  const ore = Number(whole || '0') * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'))
  if (whole.length > 15 || ore >= TOO_LARGE) return { kind: 'too-large' }
  const rest = Number(fraction.slice(2, 10).padEnd(8, '0')) / 1e4 // ten-thousandths of an øre
  if (rest <= NOISE) return { kind: 'amount', ore }
  if (rest >= 10_000 - NOISE) return { kind: 'amount', ore: ore + 1 }
  return { kind: 'too-fine', rounded: rest >= 5_000 ? ore + 1 : ore }
}

const TIMES = /([*×/÷])/

/** An amount as one types it: as above, or reckoned from such: `1249,50+300-12`, `12*15000`, `180000/12`, `100*11,6543`. */
export function readTypedAmount(text: string): ReadAmount {
  const body = text.replace(MINUSES, '-').trim().replace(/^=/, '')
  const parts = body.match(/[+-]?[^+-]+/g)
  if (!parts || parts.join('') !== body || (parts.length < 2 && !TIMES.test(body))) return readAmount(body)
  return together(parts.map(productOf))
}

/** The sum; one part that reads in two ways makes the whole read in two ways. */
function together(parts: readonly ReadAmount[]): ReadAmount {
  let [decimal, thousands, isTwo, isFine] = [0, 0, false, false]
  for (const part of parts) {
    if (part.kind === 'empty' || part.kind === 'unreadable') return UNREADABLE
    if (part.kind === 'too-large') return part
    isTwo ||= part.kind === 'ambiguous'
    isFine ||= part.kind === 'too-fine'
    const one = part.kind === 'amount' ? part.ore : part.kind === 'too-fine' ? part.rounded : undefined
    decimal += one ?? (part as { asDecimal: number }).asDecimal
    thousands += one ?? (part as { asThousands: number }).asThousands
  }
  if (Math.max(Math.abs(decimal), Math.abs(thousands)) >= TOO_LARGE) return { kind: 'too-large' }
  if (isTwo) return { kind: 'ambiguous', asDecimal: decimal, asThousands: thousands }
  return isFine ? { kind: 'too-fine', rounded: decimal } : { kind: 'amount', ore: decimal }
}

/** `12*15000*1,025/4`: rates and quantities with all their decimals, the product rounded once, half away from zero. */
function productOf(text: string): ReadAmount {
  const [first, ...rest] = text.split(TIMES)
  if (rest.length === 0) return readAmount(text)
  let decimal: Fraction = [1n, 1n]
  let thousands: Fraction = [1n, 1n]
  for (const [i, factor] of [first!, ...rest.filter((_, at) => at % 2 === 1)].entries()) {
    const read = readFactor(factor)
    if (!read) return UNREADABLE
    const isOver = i > 0 && (rest[(i - 1) * 2] === '/' || rest[(i - 1) * 2] === '÷')
    if (isOver && (read.decimal[0] === 0n || read.thousands[0] === 0n)) return UNREADABLE
    decimal = times(decimal, read.decimal, isOver)
    thousands = times(thousands, read.thousands, isOver)
  }
  const [asDecimal, asThousands] = [oreIn(decimal), oreIn(thousands)]
  if (Math.max(Math.abs(asDecimal), Math.abs(asThousands)) >= TOO_LARGE) return { kind: 'too-large' }
  return asDecimal === asThousands ? { kind: 'amount', ore: asDecimal } : { kind: 'ambiguous', asDecimal, asThousands }
}

type Fraction = readonly [over: bigint, under: bigint]
const times = (a: Fraction, [over, under]: Fraction, isOver: boolean): Fraction =>
  isOver ? [a[0] * under, a[1] * over] : [a[0] * over, a[1] * under]

const oreIn = ([over, under]: Fraction): number => Number(roundedQuotient(over * 100n, under))

/** A number one multiplies or divides by, in both ways it may be read; undefined when it is none. */
function readFactor(text: string): { decimal: Fraction; thousands: Fraction } | undefined {
  const read = readAmount(text)
  const exact = exactly(text)
  const ofOre = (ore: number): Fraction => [BigInt(ore), 100n]
  if (read.kind === 'ambiguous') return exact && { decimal: exact, thousands: ofOre(read.asThousands) }
  const one = exact ?? (read.kind === 'amount' ? ofOre(read.ore) : undefined)
  return one && { decimal: one, thousands: one }
}

/** A plain decimal with one mark, more than two decimals and all: `11,6543`. */
function exactly(text: string): Fraction | undefined {
  const [, minus, whole, fraction] = /^([+-]?)(\d{0,15})[.,](\d{3,12})$/.exec(text.replace(SPACES, '')) ?? []
  if (fraction === undefined) return undefined
  const digits = BigInt(`${whole}${fraction}`)
  return [minus === '-' ? -digits : digits, 10n ** BigInt(fraction.length)]
}

/** The decimal mark that a column's own values prove; undefined when none does, or they contradict each other. */
export function decimalOf(texts: Iterable<string>): Decimal | undefined {
  const proved = new Set<Decimal>()
  for (const text of new Set(texts)) {
    const marks = text.replace(/,-\s*$/, '').match(/[.,]/g)
    const last = marks?.at(-1) as Decimal | undefined
    if (!marks || !last) continue
    const other = last === ',' ? '.' : ','
    const after = /[.,](\d*)\D*$/.exec(text)?.[1] ?? ''
    if (marks.length > 1 && marks.every((mark) => mark === last)) proved.add(other)
    else if (marks.length > 1 || after.length !== 3 || !/^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/.test(text)) proved.add(last)
  }
  return proved.size === 1 ? [...proved][0] : undefined
}
