import { addMonths, type Month, month } from '#worker/core/dates.ts'
import { decimal } from '#worker/core/decimal.ts'

/** A month as a script names it: by day of the calendar, or as a period of the voucher's fiscal year. */
export type ScriptMonth = { period: number } | { month: Month }
export type Share = { code: string; weight: number }

/**
 * What a line's script asks for. `SPRE` spreads income or cost over months through a balance account, `AVSKR` depreciates an
 * asset, `FORDEL` shares the line out over the values of a dimension, `GJENTA` repeats the voucher in later months.
 * `gather` is the first month that is booked in; what belongs to months before it falls there.
 */
export type Script =
  | { name: 'SPRE'; from: ScriptMonth; months: number; through: string; gather: ScriptMonth | undefined }
  | {
      name: 'AVSKR'
      months: number
      asset: string
      cost: string
      from: ScriptMonth | undefined
      gather: ScriptMonth | undefined
    }
  | { name: 'FORDEL'; key: string }
  | { name: 'FORDEL'; dimension: string | undefined; shares: readonly Share[] }
  | { name: 'GJENTA'; times: number; every: number }
export type ScriptName = Script['name']
export type ScriptOf<N extends ScriptName> = Extract<Script, { name: N }>

/** Why a script cannot be read: what was found at which character, counted from 1. */
export type ScriptFault = { reason: string; at: number; found: string; form: string }
export type ReadScript = { scripts: readonly Script[]; fault: ScriptFault | undefined }

/** How each function is written; shown where one was not. */
export const FORMS: Record<ScriptName, string> = {
  SPRE: 'SPRE(10;3;1749)',
  AVSKR: 'AVSKR(60;1200;6010)',
  FORDEL: 'FORDEL(10=70;20=30)',
  GJENTA: 'GJENTA(11)',
}
/** Fifty years: more months, or larger steps, are slips of the hand. */
const LONGEST = 600
/** Shares may have six decimals: 33.333333. */
const SHARE_SCALE = 6
const LARGEST_SHARE = 1e12

type Argument = { text: string; at: number }
type Found = { name: string; at: number; args: Argument[]; end: number }

class Unreadable extends Error {
  readonly fault: ScriptFault
  constructor(reason: string, at: number, found: string, form: string) {
    super(reason)
    this.fault = { reason, at: at + 1, found, form }
  }
}

/**
 * Reads a line's script: one function, or several with a space or `+` between. Arguments stand between semicolons or commas,
 * months as periods of the fiscal year (0 is the month before it, 13 the month after) or as 2026-09. Two short forms are read
 * too: `2:10,3,1749` of 24SevenOffice, and a range of months with a balance account, `2026-03:2026-12;1749`.
 */
export function readScript(text: string): ReadScript {
  const scripts: Script[] = []
  try {
    const short = readShort(text)
    if (short) return { scripts: [short], fault: undefined }
    for (let at = skipped(text, 0); at < text.length; ) {
      const found = readCall(text, at)
      const script = scriptOf(found)
      if (scripts.some((s) => s.name === script.name)) throw new Unreadable('twice', at, found.name, FORMS[script.name])
      scripts.push(script)
      at = skipped(text, found.end)
    }
    if (scripts.length === 0) throw new Unreadable('empty', 0, '', FORMS.SPRE)
    return { scripts, fault: undefined }
  } catch (error) {
    if (error instanceof Unreadable) return { scripts, fault: error.fault }
    throw error
  }
}

/** The script of that name among a line's; undefined where there is none or the script cannot be read. */
export function scriptNamed<N extends ScriptName>(text: string | undefined, name: N): ScriptOf<N> | undefined {
  if (!text) return undefined
  const { scripts, fault } = readScript(text)
  return fault ? undefined : (scripts.find((s) => s.name === name) as ScriptOf<N> | undefined)
}

const skipped = (text: string, from: number): number => {
  let at = from
  while (at < text.length && /[\s+]/.test(text[at]!)) at++
  return at
}

const RANGE = /^\s*(\d{4}-\d{2})\s*:\s*(\d{4}-\d{2})\s*[;,]\s*([^;,]+?)\s*$/
const SHORT = /^\s*(\d+)\s*:\s*/

function readShort(text: string): Script | undefined {
  const range = RANGE.exec(text)
  if (range) {
    const { from, months } = monthRange(range[1]!, range[2]!, text, 0)
    return { name: 'SPRE', from, months, through: range[3]!, gather: undefined }
  }
  const short = SHORT.exec(text)
  if (!short) return undefined
  // 24SevenOffice numbers its scripts; 2 is the one that spreads.
  if (short[1] !== '2') throw new Unreadable('short-form', text.indexOf(short[1]!), short[1]!, '2:10,3,1749')
  return spread({ name: 'SPRE', at: 0, args: argumentsOf(text, short[0].length, text.length), end: text.length })
}

function readCall(text: string, at: number): Found {
  const name = /^\p{L}+/u.exec(text.slice(at))?.[0] ?? ''
  const form = FORMS[name.toUpperCase() as ScriptName]
  if (!form) throw new Unreadable('name', at, name || text[at]!, FORMS.SPRE)
  const open = skipped(text, at + name.length)
  if (text[open] !== '(') throw new Unreadable('open', open, text[open] ?? '', form)
  const close = text.indexOf(')', open)
  if (close < 0) throw new Unreadable('close', text.length, '', form)
  return { name: name.toUpperCase(), at, args: argumentsOf(text, open + 1, close), end: close + 1 }
}

function argumentsOf(text: string, from: number, to: number): Argument[] {
  const args: Argument[] = []
  for (let start = from, at = from; at <= to; at++) {
    if (at < to && text[at] !== ';' && text[at] !== ',') continue
    const piece = text.slice(start, at)
    args.push({ text: piece.trim(), at: start + (piece.length - piece.trimStart().length) })
    start = at + 1
  }
  return args.length === 1 && args[0]!.text === '' ? [] : args
}

function scriptOf(found: Found): Script {
  switch (found.name as ScriptName) {
    case 'SPRE':
      return spread(found)
    case 'AVSKR':
      return depreciation(found)
    case 'FORDEL':
      return allocation(found)
    case 'GJENTA':
      return repetition(found)
  }
}

function spread(found: Found): Script {
  const { args } = found
  const range = /^(\d{4}-\d{2})\s*:\s*(\d{4}-\d{2})$/.exec(args[0]?.text ?? '')
  if (range) {
    countArguments(found, 2, 3)
    const { from, months } = monthRange(range[1]!, range[2]!, args[0]!.text, args[0]!.at)
    return { name: 'SPRE', from, months, through: account(found, 1), gather: optionalMonth(found, 2) }
  }
  countArguments(found, 3, 4)
  const months = count(found, 1)
  return { name: 'SPRE', from: monthAt(found, 0), months, through: account(found, 2), gather: optionalMonth(found, 3) }
}

function depreciation(found: Found): Script {
  countArguments(found, 3, 5)
  const [asset, cost] = [account(found, 1), account(found, 2)]
  const months = count(found, 0)
  return { name: 'AVSKR', months, asset, cost, from: optionalMonth(found, 3), gather: optionalMonth(found, 4) }
}

function allocation(found: Found): Script {
  const { args } = found
  countArguments(found, 1, 200)
  if (args.length === 1 && !args[0]!.text.includes('=')) return { name: 'FORDEL', key: args[0]!.text }
  const named = !args[0]!.text.includes('=')
  return { name: 'FORDEL', dimension: named ? args[0]!.text : undefined, shares: args.slice(named ? 1 : 0).map(share) }
}

function share({ text, at }: Argument, _: number, all: readonly Argument[]): Share {
  const [code, size, more] = text.split('=').map((part) => part.trim())
  const read = decimal((size ?? '').replace(/\s*%$/, ''))
  if (!code || !size || more !== undefined) throw new Unreadable('share', at, text, FORMS.FORDEL)
  if (!read || read.digits <= 0n || read.scale > SHARE_SCALE) throw new Unreadable('share', at, text, FORMS.FORDEL)
  const weight = Number(read.digits * 10n ** BigInt(SHARE_SCALE - read.scale))
  if (weight > LARGEST_SHARE) throw new Unreadable('share', at, text, FORMS.FORDEL)
  if (all.some((other) => other.at < at && other.text.split('=')[0]!.trim() === code))
    throw new Unreadable('share-twice', at, code, FORMS.FORDEL)
  return { code, weight }
}

function repetition(found: Found): Script {
  countArguments(found, 1, 2)
  return { name: 'GJENTA', times: count(found, 0), every: found.args.length > 1 ? count(found, 1) : 1 }
}

function countArguments({ name, args, end }: Found, least: number, most: number) {
  const form = FORMS[name as ScriptName]
  if (args.length < least) throw new Unreadable('too-few', Math.max(0, end - 1), '', form)
  if (args.length > most) throw new Unreadable('too-many', args[most]!.at, args[most]!.text, form)
}

function count({ name, args }: Found, i: number): number {
  const { text, at } = args[i]!
  const n = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (n < 1 || n > LONGEST) throw new Unreadable('count', at, text, FORMS[name as ScriptName])
  return n
}

function account({ name, args }: Found, i: number): string {
  const { text, at } = args[i]!
  if (!/^[0-9A-Za-z.-]{1,70}$/.test(text)) throw new Unreadable('account', at, text, FORMS[name as ScriptName])
  return text
}

function monthAt({ name, args }: Found, i: number): ScriptMonth {
  const { text, at } = args[i]!
  if (/^\d{1,2}$/.test(text)) return { period: Number(text) }
  const named = month(text)
  if (!named) throw new Unreadable('month', at, text, FORMS[name as ScriptName])
  return { month: named }
}

const optionalMonth = (found: Found, i: number): ScriptMonth | undefined =>
  found.args[i] && found.args[i].text !== '' ? monthAt(found, i) : undefined

function monthRange(from: string, to: string, text: string, at: number): { from: ScriptMonth; months: number } {
  const [first, last] = [month(from), month(to)]
  if (!first) throw new Unreadable('month', at + text.indexOf(from), from, '2026-03:2026-12;1749')
  if (!last) throw new Unreadable('month', at + text.lastIndexOf(to), to, '2026-03:2026-12;1749')
  let months = 1
  while (months <= LONGEST && addMonths(first, months - 1) < last) months++
  if (first > last || months > LONGEST)
    throw new Unreadable('range', at + text.lastIndexOf(to), to, '2026-03:2026-12;1749')
  return { from: { month: first }, months }
}

/** The script as text, months by the calendar: how a remedy is offered. */
export function scriptText(script: Extract<Script, { name: 'SPRE' | 'AVSKR' }>): string {
  const named = (m: ScriptMonth | undefined) => (m === undefined ? '' : 'month' in m ? m.month : String(m.period))
  const { name, months, from, gather } = script
  const args =
    name === 'SPRE'
      ? [named(from), months, script.through, ...(gather ? [named(gather)] : [])]
      : [
          months,
          script.asset,
          script.cost,
          ...(from || gather ? [named(from)] : []),
          ...(gather ? [named(gather)] : []),
        ]
  return `${name}(${args.join(';')})`
}
