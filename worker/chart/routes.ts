import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import { rateOn } from '#worker/vat/vat.ts'
import { NewMerge } from './account-merge.ts'
import { changeAccount } from './change-account.ts'
import { changeVoucherType, createVoucherType } from './change-voucher-types.ts'
import { AccountChange, NewAccount } from './chart-account.ts'
import { ChartImport } from './chart-import.ts'
import { NewVoucherType, VoucherTypeChange } from './chart-voucher-type.ts'
import { createAccount } from './create-account.ts'
import { groupingCodesOf } from './grouping-code.ts'
import { importChart } from './import-chart.ts'
import { mergeAccount } from './merge-account.ts'
import { readMerges } from './merge-store.ts'
import { removeAccount } from './remove-account.ts'
import { type KeptAccount, readChart, readChartAccount, readVatCodes, readVoucherTypes } from './store.ts'

const TextOrNull = z.nullable(z.string())
const AccountAnswer = z.object({
  number: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  type: z.enum(['asset', 'equity', 'liability', 'income', 'expense']),
  control: z.nullable(z.enum(['customer', 'supplier'])),
  defaultVatCode: TextOrNull,
  vatCodeRequired: z.boolean(),
  allowedVatCodes: z.nullable(z.array(z.string())),
  groupingCategory: TextOrNull,
  groupingCode: TextOrNull,
  externalNumber: TextOrNull,
  closedFrom: TextOrNull,
  version: z.int(),
  /** Whether it has entries, and in which months the first and last of them are. */
  used: z.boolean(),
  firstMonth: TextOrNull,
  lastMonth: TextOrNull,
})
const told = ({ account, version, firstMonth, lastMonth }: KeptAccount): z.infer<typeof AccountAnswer> => ({
  ...account,
  allowedVatCodes: account.allowedVatCodes && [...account.allowedVatCodes],
  version,
  used: firstMonth !== null,
  firstMonth,
  lastMonth,
})

const MergeAnswer = z.object({
  account: z.string(),
  into: z.string(),
  fromDate: z.string(),
  reason: z.string(),
  by: z.string(),
  recordedAt: z.string(),
})
const ImportAnswer = z.object({
  applied: z.boolean(),
  added: z.array(z.object({ number: z.string(), nameNb: z.string(), type: z.string() })),
  changed: z.array(z.object({ number: z.string(), changes: z.record(z.string(), z.array(z.unknown())) })),
  missing: z.array(z.string()),
  same: z.int(),
  issues: z.array(z.looseObject({ code: z.string(), pointer: z.string() })),
})
const GroupingQuery = z.strictObject({
  year: z.optional(z.pipe(z.string().check(z.regex(/^\d{4}$/, 'field/invalid')), z.transform(Number))),
  language: z.optional(z.string()),
})
const GroupingAnswer = z.object({
  category: z.string(),
  code: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  fromYear: z.int(),
})

const Rate = z.object({ validFrom: z.string(), rate: z.int() })
const VatCodeAnswer = z.object({
  code: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  direction: z.enum(['output', 'input', 'reverse', 'none']),
  rateClass: TextOrNull,
  deductible: z.boolean(),
  outputAccount: TextOrNull,
  inputAccount: TextOrNull,
  validFrom: TextOrNull,
  validTo: TextOrNull,
  specifications: z.array(z.string()),
  /** Today's rate and all of them, in basis points; null for a code without VAT. */
  rate: z.nullable(z.int()),
  rates: z.array(Rate),
})
const VoucherTypeAnswer = z.object({
  key: z.string(),
  series: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  active: z.boolean(),
  allowedRoles: z.nullable(z.array(z.string())),
  required: z.array(z.string()),
  proposedAccount: TextOrNull,
  proposedCounterAccount: TextOrNull,
  offeredForPayment: z.boolean(),
  used: z.boolean(),
  version: z.int(),
})

/** Chart of accounts, VAT codes and voucher types. Mounted at /companies/:company. */
export const chart = new Hono<Env>()
  .get(
    '/accounts',
    operation({
      summary: 'The chart of accounts',
      access: 'register:read',
      list: true,
      answer: {
        status: 200,
        schema: z.object({ accounts: z.array(AccountAnswer) }),
        description: 'By number, each with the months it was used in',
      },
    }),
    async (c) => {
      const read = async () => ({ accounts: (await readChart(c.var.db)).map(told) })
      return writeList(c, { name: 'accounts', row: AccountAnswer, read })
    },
  )
  .get(
    '/accounts/:account',
    operation({
      summary: 'An account',
      access: 'register:read',
      answer: { status: 200, schema: AccountAnswer, description: 'With its version as ETag' },
      problems: ['account/unknown'],
    }),
    async (c) => {
      const number = pathText(c, 'account')
      const found = await readChartAccount(c.var.db, number)
      if (!found) throw new Problem(404, 'account/unknown', { params: { account: number } })
      return c.json(told(found), 200, etagOf(found.version))
    },
  )
  .post(
    '/accounts',
    operation({
      summary: 'Add an account',
      access: 'register:write',
      body: NewAccount,
      answer: { status: 201, schema: AccountAnswer, description: 'May be posted on at once' },
      problems: ['account/exists', 'vat-code/unknown', 'vat-code/not-allowed'],
    }),
    async (c) => {
      const made = await createAccount(actingOf(c), await accept(c, NewAccount))
      return c.json(told(made), 201, etagOf(made.version))
    },
  )
  .patch(
    '/accounts/:account',
    operation({
      summary: 'Change an account',
      description: 'Send the version you read as If-Match. Number, type and control kind stay as they are.',
      access: 'register:write',
      body: AccountChange,
      answer: { status: 200, schema: AccountAnswer, description: 'As it is now' },
      problems: ['account/unknown', 'version/stale', 'vat-code/unknown', 'vat-code/not-allowed'],
    }),
    async (c) => {
      const change = await accept(c, AccountChange)
      const changed = await changeAccount(actingOf(c), pathText(c, 'account'), change, ifMatch(c))
      return c.json(told(changed), 200, etagOf(changed.version))
    },
  )
  .delete(
    '/accounts/:account',
    operation({
      summary: 'Take away an account that was never used',
      access: 'register:write',
      answer: { status: 204, description: 'Gone' },
      problems: ['account/unknown', 'account/in-use', 'version/stale'],
    }),
    async (c) => {
      await removeAccount(actingOf(c), pathText(c, 'account'), ifMatch(c))
      return c.body(null, 204)
    },
  )
  .get(
    '/account-merges',
    operation({
      summary: 'Accounts that were merged into another',
      access: 'register:read',
      answer: { status: 200, schema: z.object({ merges: z.array(MergeAnswer) }), description: 'By account' },
    }),
    async (c) => c.json({ merges: await readMerges(c.var.db) }),
  )
  .post(
    '/accounts/:account/merge',
    operation({
      summary: 'Merge an account into another from a day on',
      description:
        'Entries stay where they were booked. The account is closed from the day, and reports show the two as one where that is asked for.',
      access: 'register:write',
      body: NewMerge,
      answer: { status: 201, schema: MergeAnswer, description: 'Kept for ever' },
      problems: [
        'account/unknown',
        'account/merge-differs',
        'account/merged',
        'account/merge-open-items',
        'account/in-use',
      ],
    }),
    async (c) => c.json(await mergeAccount(actingOf(c), pathText(c, 'account'), await accept(c, NewMerge)), 201),
  )
  .post(
    '/accounts/import',
    operation({
      summary: 'Bring in a chart of one’s own',
      description:
        'All or nothing. With `dryRun` nothing is changed: the answer tells what is new, what is changed field by field, and which accounts the chart lacks.',
      access: 'register:write',
      body: ChartImport,
      answer: { status: 200, schema: ImportAnswer, description: 'The difference, and whether it was applied' },
      problems: [
        'account/exists',
        'account/in-use',
        'vat-code/unknown',
        'vat-code/not-allowed',
        'grouping-code/unknown',
      ],
    }),
    async (c) => {
      const done = await importChart(actingOf(c), await accept(c, ChartImport))
      return c.json({
        applied: done.applied,
        added: done.added.map(({ number, nameNb, type }) => ({ number, nameNb, type })),
        changed: done.changed.map(({ account, changes }) => ({
          number: account.number,
          changes: Object.fromEntries(Object.entries(changes).map(([field, pair]) => [field, [...pair]])),
        })),
        missing: done.missing,
        same: done.same,
        issues: done.issues.map((issue) => withText(issue, c.var.locale)),
      })
    },
  )
  .get(
    '/grouping-codes',
    operation({
      summary: 'The official list of SAF-T grouping codes of a year',
      access: 'register:read',
      query: GroupingQuery,
      answer: {
        status: 200,
        schema: z.object({ year: z.int(), codes: z.array(GroupingAnswer) }),
        description: 'Categories and codes of the year, this one unless told',
      },
    }),
    async (c) => {
      const year =
        acceptQuery(c, GroupingQuery).year ?? Number(dayInOslo(new Date().toISOString() as Instant).slice(0, 4))
      return c.json({ year, codes: [...groupingCodesOf(year)] })
    },
  )
  .get(
    '/vat-codes',
    operation({
      summary: 'VAT codes with their rates',
      access: 'register:read',
      answer: {
        status: 200,
        schema: z.object({ vatCodes: z.array(VatCodeAnswer) }),
        description: 'In the order of the codes; rates in basis points, 2500 is 25 %',
      },
    }),
    async (c) => {
      const today = dayInOslo(new Date().toISOString() as Instant)
      const { codes, rates } = await readVatCodes(c.var.db)
      return c.json({
        vatCodes: codes.map((code) => ({
          ...code,
          rate: rateOn(code, today, rates) ?? null,
          rates: rates
            .filter((r) => r.rateClass === code.rateClass)
            .map(({ validFrom, rate }) => ({ validFrom, rate })),
        })),
      })
    },
  )
  .get(
    '/voucher-types',
    operation({
      summary: 'Voucher types and their number series',
      access: 'register:read',
      answer: {
        status: 200,
        schema: z.object({ voucherTypes: z.array(VoucherTypeAnswer) }),
        description: 'By series',
      },
    }),
    async (c) => c.json({ voucherTypes: await readVoucherTypes(c.var.db) }),
  )
  .post(
    '/voucher-types',
    operation({
      summary: 'Add a voucher type',
      access: 'register:write',
      body: NewVoucherType,
      answer: { status: 201, schema: VoucherTypeAnswer, description: 'With a number series of its own' },
      problems: ['voucher-type/exists', 'account/unknown'],
    }),
    async (c) => {
      const made = await createVoucherType(actingOf(c), await accept(c, NewVoucherType))
      return c.json(made, 201, etagOf(made.version))
    },
  )
  .patch(
    '/voucher-types/:voucherType',
    operation({
      summary: 'Change a voucher type',
      description: 'Send the version you read as If-Match.',
      access: 'register:write',
      body: VoucherTypeChange,
      answer: { status: 200, schema: VoucherTypeAnswer, description: 'As it is now' },
      problems: ['voucher-type/unknown', 'version/stale', 'account/unknown'],
    }),
    async (c) => {
      const change = await accept(c, VoucherTypeChange)
      const changed = await changeVoucherType(actingOf(c), pathText(c, 'voucherType'), change, ifMatch(c))
      return c.json(changed, 200, etagOf(changed.version))
    },
  )
