import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { type Account, accountTypeOf, allowsVatCode } from '#worker/ledger/account.ts'
import type { VatCode } from '#worker/vat/vat.ts'
import { isGroupingCode } from './grouping-code.ts'

/** An account as the chart keeps it: what posting needs, and its number in the system it was taken over from. */
export type ChartAccount = Account & { externalNumber: string | null }

/** Text without spaces or colon: a colon parts account and party on a voucher line. */
const AccountNumber = FilledText(70).check(z.regex(/^[^\s:]+$/, 'field/invalid'))
const Code = FilledText(20)

const own = {
  nameNb: FilledText(256),
  nameEn: FilledText(256),
  defaultVatCode: z.nullable(Code),
  vatCodeRequired: z.boolean(),
  allowedVatCodes: z.nullable(z.array(Code).check(z.maxLength(100, 'field/invalid'))),
  groupingCategory: z.nullable(Text(100)),
  groupingCode: z.nullable(Text(100)),
  externalNumber: z.nullable(Text(70)),
  closedFrom: z.nullable(IsoDate),
}

/** A new account. Without `type` its nature follows from the SAF-T grouping, else from the number. */
export const NewAccount = z.strictObject({
  ...z.partial(z.object(own)).shape,
  number: AccountNumber,
  nameNb: own.nameNb,
  type: z.optional(z.enum(['asset', 'equity', 'liability', 'income', 'expense'], 'field/invalid')),
  control: z.optional(z.nullable(z.enum(['customer', 'supplier'], 'field/invalid'))),
})
export type NewAccount = z.infer<typeof NewAccount>

/** What may change whenever. Number, type and control kind decide booked figures and do not. */
export const AccountChange = z.strictObject(z.partial(z.object(own)).shape)
export type AccountChange = z.infer<typeof AccountChange>

export const accountFrom = (wanted: NewAccount): ChartAccount => ({
  number: wanted.number,
  nameNb: wanted.nameNb,
  nameEn: wanted.nameEn ?? wanted.nameNb,
  type: wanted.type ?? accountTypeOf(wanted.number, wanted.groupingCategory ?? null),
  control: wanted.control ?? null,
  defaultVatCode: wanted.defaultVatCode ?? null,
  vatCodeRequired: wanted.vatCodeRequired ?? false,
  allowedVatCodes: wanted.allowedVatCodes ?? null,
  groupingCategory: wanted.groupingCategory ?? null,
  groupingCode: wanted.groupingCode ?? null,
  externalNumber: wanted.externalNumber ?? null,
  closedFrom: wanted.closedFrom ?? null,
})

/**
 * What keeps an account from standing like this in the chart: VAT codes that do not exist, a default that the account itself
 * refuses, half a grouping or one that no year's list has. `before`: as it stands, whose grouping is not judged again.
 * Source: features.md VAT-04, COA-01.
 */
export function checkAccount(
  account: ChartAccount,
  vatCodes: readonly VatCode[],
  before?: Pick<ChartAccount, 'groupingCategory' | 'groupingCode'>,
): Issue[] {
  const issues: Issue[] = []
  const codes = new Map(vatCodes.map((code) => [code.code, code]))
  account.allowedVatCodes?.forEach((code, i) => {
    if (!codes.has(code)) issues.push(error('vat-code/unknown', `#/allowedVatCodes/${i}`, { vatCode: code }))
  })
  if (account.defaultVatCode !== null) {
    const code = codes.get(account.defaultVatCode)
    const params = { vatCode: account.defaultVatCode, account: account.number }
    if (!code) issues.push(error('vat-code/unknown', '#/defaultVatCode', params))
    else if (!allowsVatCode(account, code))
      issues.push(
        error('vat-code/not-allowed', '#/defaultVatCode', {
          ...params,
          allowed: vatCodes.filter((v) => allowsVatCode(account, v)).map((v) => v.code),
        }),
      )
  }
  const { groupingCategory: category, groupingCode: code } = account
  const kept = before && before.groupingCategory === category && before.groupingCode === code
  // What another system grouped it by is left alone until somebody changes it.
  if (!kept && category !== null && code !== null && !isGroupingCode(category, code))
    issues.push(error('grouping-code/unknown', '#/groupingCode', { category, code }))
  if (account.groupingCategory !== null && account.groupingCode === null)
    issues.push(error('field/required', '#/groupingCode', {}))
  if (account.groupingCategory === null && account.groupingCode !== null)
    issues.push(error('field/required', '#/groupingCategory', {}))
  return issues
}
