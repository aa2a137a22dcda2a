/** Norwegian identifiers with check digits. Source: norway.md section 9. */

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)

/** Organisation number: 9 digits, weights 3 2 7 6 5 4 3 2, modulus 11. */
export function isOrganisationNumber(s: string): boolean {
  if (!/^\d{9}$/.test(s)) return false
  const control = (11 - (weighted(s, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return control === Number(s[8])
}

/** Norwegian bank account: 11 digits, weights 5 4 3 2 7 6 5 4 3 2, modulus 11. */
export function isBankAccount(s: string): boolean {
  if (!/^\d{11}$/.test(s)) return false
  const control = (11 - (weighted(s, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return control === Number(s[10])
}

/** IBAN: country, two check digits and up to 30 letters and digits, modulus 97. Source: ISO 13616. */
export function isIban(s: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(s)) return false
  const digits = (s.slice(4) + s.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1
}

/** An account one can pay to: Norwegian, or an IBAN. */
export const isPayableAccount = (s: string): boolean => isBankAccount(s) || isIban(s)

/** An account as it is kept: without spaces, points and the IBAN that only wraps a Norwegian number. */
export const plainAccount = (text: string): string =>
  text
    .replace(/[\s.\u00a0]/g, '')
    .toUpperCase()
    .replace(/^NO\d\d(?=\d{11}$)/, '')

function isLuhn(s: string): boolean {
  if (!/^\d+$/.test(s)) return false
  let total = 0
  for (let i = 0; i < s.length; i++) {
    const digit = Number(s[s.length - 1 - i])
    const value = i % 2 === 0 ? digit : digit * 2
    total += value > 9 ? value - 9 : value
  }
  return total % 10 === 0
}

function isMod11Reference(s: string): boolean {
  const body = s.slice(0, -1)
  const total = [...body].reverse().reduce((sum, digit, i) => sum + Number(digit) * ((i % 6) + 2), 0)
  const rest = 11 - (total % 11)
  return s.slice(-1) === (rest === 11 ? '0' : rest === 10 ? '-' : String(rest))
}

/** Payment reference (KID): 2 to 25 characters, modulus 10 or modulus 11; a modulus 11 of 10 is written "-". */
export const isPaymentReference = (s: string): boolean =>
  /^\d{1,24}[\d-]$/.test(s) && (isLuhn(s) || isMod11Reference(s))
