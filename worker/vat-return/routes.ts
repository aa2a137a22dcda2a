import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { settlementText } from '#i18n/vat-text.ts'
import { mayPassSoftLock } from '#worker/access/permission.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { PostedVoucher } from '#worker/ledger/voucher-answer.ts'
import { KnownAt } from '#worker/reports/report-query.ts'
import { VAT_TERM_KINDS } from '#worker/vat/vat-term.ts'
import { postVatSettlement } from './post-vat-settlement.ts'
import { readVatEntries, readVatSpecification } from './read-vat-specification.ts'

const Term = FilledText(10)
const Version = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))
const SpecificationQuery = z.strictObject({
  term: z.optional(Term),
  asKnownAt: z.optional(KnownAt),
  atVersion: z.optional(Version),
  language: z.optional(z.string()),
})
const EntriesQuery = z.strictObject({
  ...SpecificationQuery.shape,
  of: z.enum(['line', 'later', 'earlier', 'other', 'settled'], { error: 'field/invalid' }),
  kind: z.optional(z.enum(['due', 'deduction'], { error: 'field/invalid' })),
  vatCode: z.optional(FilledText(3)),
  rate: z.optional(Version),
  specification: z.optional(z.string()),
  account: z.optional(FilledText(70)),
})
const Settlement = z.strictObject({ term: Term })

const nullable = z.nullable(z.string())
const head = {
  ledgerVersion: z.int(),
  atVersion: z.int(),
  chainHead: nullable,
  fromDate: z.string(),
  toDate: z.string(),
  term: z.object({
    key: z.string(),
    kind: z.enum(VAT_TERM_KINDS),
    fromDate: z.string(),
    toDate: z.string(),
    dueDate: z.string(),
  }),
}
const SpecificationAnswer = z.object({
  ...head,
  kind: z.enum(VAT_TERM_KINDS),
  groups: z.array(
    z.object({
      key: z.string(),
      lines: z.array(
        z.object({
          kind: z.enum(['due', 'deduction']),
          vatCode: z.string(),
          specification: nullable,
          rate: z.nullable(z.int()),
          base: z.nullable(z.int()),
          vat: z.int(),
          baseKroner: z.nullable(z.int()),
          vatKroner: z.int(),
          overridden: z.int(),
          moved: z.int(),
          notes: z.array(z.enum(['rate-differs', 'opposite-sign'])),
        }),
      ),
    }),
  ),
  toPay: z.int(),
  rest: z.int(),
  accounts: z.array(
    z.object({
      account: z.string(),
      nameNb: z.string(),
      nameEn: z.string(),
      specified: z.int(),
      booked: z.int(),
      later: z.int(),
      earlier: z.int(),
      other: z.int(),
      settled: z.int(),
    }),
  ),
  registered: z.boolean(),
  agrees: z.boolean(),
  explained: z.boolean(),
  hash: z.string(),
})
const EntriesAnswer = z.object({
  ...head,
  entries: z.array(
    z.object({
      voucherId: z.string(),
      series: z.string(),
      fiscalYear: z.int(),
      number: z.int(),
      voucherDate: z.string(),
      documentDate: z.string(),
      account: z.string(),
      text: z.string(),
      vatCode: nullable,
      base: z.int(),
      vat: z.int(),
      overridden: z.boolean(),
      reason: nullable,
    }),
  ),
})

const now = () => ({ today: dayInOslo(new Date().toISOString() as Instant) })
const KNOWN = '`asKnownAt` or `atVersion` shows the term as it was then.'

/** The VAT specification of a term, what it consists of, and its settlement. Mounted at /companies/:company. */
export const vatReturn = new Hono<Env>()
  .get(
    '/reports/vat-specification',
    operation({
      summary: 'VAT specification of a term',
      description: `In the groups of the VAT return: base and VAT by code, rate and specification in øre and in the whole kroner that are sent, and each VAT account beside it with what parts the two. \`term\` is 2026-T2 or 2026; without it the last one that is over. ${KNOWN}`,
      access: 'report:read',
      query: SpecificationQuery,
      answer: { status: 200, schema: SpecificationAnswer, description: 'The specification, from one ledger version' },
      problems: ['request/invalid', 'vat-term/unknown', 'ledger-version/unknown'],
    }),
    async (c) => c.json(await readVatSpecification(c.var.db, { ...acceptQuery(c, SpecificationQuery), ...now() })),
  )
  .get(
    '/reports/vat-specification/entries',
    operation({
      summary: 'What a figure of the VAT specification consists of',
      description: `\`of=line\` with \`vatCode\` (and \`kind\`, \`rate\`, \`specification\`) gives the voucher lines of a line of the return; \`later\`, \`earlier\`, \`other\` and \`settled\` what parts a VAT account from it. At most 1,000. ${KNOWN}`,
      access: 'report:read',
      query: EntriesQuery,
      answer: { status: 200, schema: EntriesAnswer, description: 'In order of posting' },
      problems: ['request/invalid', 'vat-term/unknown', 'ledger-version/unknown'],
    }),
    async (c) => {
      const { of, kind, vatCode, rate, specification, account, ...asked } = acceptQuery(c, EntriesQuery)
      if (of === 'line' && vatCode === undefined)
        throw new Problem(422, 'request/invalid', {
          issues: [{ code: 'field/required', severity: 'error', pointer: '#/vatCode' }],
        })
      const selection =
        of === 'line' ? ({ of, kind, vatCode: vatCode!, rate, specification } as const) : ({ of, account } as const)
      return c.json(await readVatEntries(c.var.db, { ...asked, ...now() }, selection))
    },
  )
  .post(
    '/vat-settlements',
    operation({
      summary: 'Settle a term against account 2740',
      description:
        'Posts what is not settled yet of the term’s VAT, on its last day: each VAT account is emptied of the term, whole kroner go to 2740. Asking twice moves nothing twice.',
      access: 'ledger:post',
      body: Settlement,
      answer: { status: 201, schema: PostedVoucher, description: 'The voucher' },
      problems: ['vat-term/unknown', 'vat-term/not-over', 'vat-term/settled', 'voucher/invalid', 'period/locked'],
    }),
    async (c) => {
      const { term } = await accept(c, Settlement)
      const { access, principal, locale, db } = c.var
      const settler = {
        env: c.env,
        access,
        by: principal.id,
        name: principal.name,
        rights: { softLock: mayPassSoftLock(access) },
      }
      const posted = await postVatSettlement(db, settler, { term, ...now() }, settlementText(term, 'nb'))
      return c.json({ ...posted, issues: posted.issues.map((issue) => withText(issue, locale)) }, 201)
    },
  )
