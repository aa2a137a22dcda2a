import * as z from 'zod/mini'
import { type Ore, ore, roundedQuotient, TOO_LARGE } from './money.ts'

/** An exact decimal number: digits / 10^scale. "11.6543" is { digits: 116543n, scale: 4 }. */
export type Decimal = { readonly digits: bigint; readonly scale: number }

/** Reads "11.6543" or "-3"; undefined when it is not a plain decimal with at most 18 decimals. */
export function decimal(s: string): Decimal | undefined {
  const m = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(s)
  if (!m) return undefined
  const digits = BigInt(m[2]! + (m[3] ?? ''))
  return { digits: m[1] ? -digits : digits, scale: m[3]?.length ?? 0 }
}

/** The shortest text that `decimal` reads as the same number. */
export function decimalText({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = scale ? text.slice(0, -scale) : text
  const decimals = scale ? text.slice(-scale).replace(/0+$/, '') : ''
  return `${digits < 0n ? '-' : ''}${whole}${decimals && `.${decimals}`}`
}

/**
 * An amount in minor units of a currency at a rate of NOK per `unit` of it, in øre, rounded half away from zero.
 * Minor units and øre are both hundredths. Undefined when it leaves the range of `ore`.
 */
export function oreAtRate(minorUnits: number, rate: Decimal, unit: number): Ore | undefined {
  const amount = Number(roundedQuotient(BigInt(minorUnits) * rate.digits, BigInt(unit) * 10n ** BigInt(rate.scale)))
  return Math.abs(amount) < TOO_LARGE ? ore(amount) : undefined
}

/** The rate, with six decimals, that turns `minorUnits` into `amount` øre; NOK per `unit`. */
export function rateBetween(amount: Ore, minorUnits: number, unit: number): Decimal {
  return { digits: roundedQuotient(BigInt(amount) * BigInt(unit) * 1_000_000n, BigInt(minorUnits)), scale: 6 }
}

/** Schema of a decimal kept as text. */
export const DecimalText = z.string().check(z.refine((s) => decimal(s) !== undefined, 'field/invalid'))
