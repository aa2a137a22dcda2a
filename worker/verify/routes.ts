import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { checkText } from '#i18n/verify-text.ts'
import type { Instant } from '#worker/core/dates.ts'
import { VoucherId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { linkOf } from '#worker/ledger/hash-chain.ts'
import { MatchId } from '#worker/ledger/item-match.ts'
import { forgetLostPosts } from './forget-lost-posts.ts'
import { keepVerification, verifyCompany } from './keep-verification.ts'
import { type ReadVoucher, readChainHead, readHashes, readLinks } from './store.ts'
import { readAnchors, readVerifications } from './verification-store.ts'
import type { Verified as Found } from './verify-ledger.ts'

const Flag = z.pipe(
  z.enum(['', 'true', 'false', '1', '0'], { error: 'field/invalid' }),
  z.transform((s) => s === '' || s === 'true' || s === '1'),
)
const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))
const VerifyQuery = z.strictObject({
  full: z.optional(Flag),
  since: z.optional(Whole),
  language: z.optional(z.string()),
})

const Invariant = z.object({ invariant: z.int(), key: z.string(), name: z.string() })
const Check = z.extend(Invariant, {
  holds: z.boolean(),
  rows: z.int(),
  violations: z.int(),
  ms: z.number(),
  offenders: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
})
/** How far a company's events are sealed, and with what. */
const Seal = z.object({ sealedTo: z.int(), hash: z.string() })
const Verified = z.object({
  ok: z.boolean(),
  ledgerVersion: z.int(),
  chainHead: z.string(),
  seal: Seal,
  chainFrom: z.int(),
  full: z.boolean(),
  checks: z.array(Check),
  notBuilt: z.array(Invariant),
})

const Verifications = z.object({
  verifications: z.array(
    z.object({
      recordedAt: z.string(),
      whole: z.boolean(),
      ok: z.boolean(),
      ledgerVersion: z.int(),
      chainHead: z.string(),
      findings: z.array(z.object({ invariant: z.int(), key: z.string(), name: z.string(), violations: z.int() })),
      /** Each check that was made; null of those from before this was kept. */
      checks: z.nullable(
        z.array(
          z.object({ invariant: z.int(), key: z.string(), name: z.string(), rows: z.int(), violations: z.int() }),
        ),
      ),
    }),
  ),
  /** The chain's head of each day, kept apart from the books. */
  anchors: z.array(
    z.object({ day: z.string(), ledgerVersion: z.int(), chainHead: z.string(), seal: z.optional(z.nullable(Seal)) }),
  ),
})
/** Kept checks an answer holds. */
const TOLD_CHECKS = 100

/** Lost posts an administrator answers for at a time, by id. */
const LostPosts = z.strictObject({
  vouchers: z
    .array(z.union([VoucherId, MatchId]))
    .check(z.minLength(1, 'field/invalid'), z.maxLength(500, 'field/invalid')),
})

const ChainQuery = z.strictObject({ after: z.optional(Whole), limit: z.optional(Whole) })
const Chain = z.object({
  company: z.string(),
  ledgerVersion: z.int(),
  chainHead: z.string(),
  /** The hash of each voucher, and its part of the canonical form (docs/hash-chain.md) after the hash before it. */
  links: z.array(z.tuple([z.string(), z.nullable(z.array(z.unknown()))])),
  next: z.nullable(z.int()),
})
/** Vouchers a page holds unless told, and at most. */
const [PAGE, MOST] = [1_000, 2_000]

const askedOf = (c: Context<Env>) => ({
  env: c.env,
  control: c.var.control,
  company: c.var.access,
  at: new Date().toISOString() as Instant,
})

/**
 * With each check's name in the caller's language. The books hold or do not as a whole, so an auditor's checks go through all
 * years; which rows offend is told to those who may read them.
 */
function told(found: Found, c: Context<Env>) {
  const named = <T extends { key: string }>(about: T) => ({ ...about, name: checkText(about.key, c.var.locale) })
  const checks = found.checks.map(named)
  return {
    ...found,
    checks: c.var.access.audit ? checks.map((check) => ({ ...check, offenders: [] })) : checks,
    notBuilt: found.notBuilt.map(named),
  }
}

/** Each voucher's hash, with what it covers where that may be read. */
function linksAmong(hashes: readonly [number, string][], found: readonly [ReadVoucher, Entry[]][]) {
  const read = new Map(found.map(([voucher, entries]) => [voucher.ledgerVersion, linkOf(voucher, entries)]))
  return hashes.map(([ledgerVersion, hash]) => [hash, read.get(ledgerVersion) ?? null])
}

/** The books held against what must always be true of them, and the chain for who wants to compute it. Mounted at /companies/:company. */
export const verify = new Hono<Env>()
  .get(
    '/verify',
    operation({
      summary: 'Check the books against their invariants',
      description:
        'Each check tells how many rows it read and what does not hold. `full` computes every voucher’s hash again and has the file checked; without it the newest 5,000, or those after `since`.',
      access: 'verify:run',
      query: VerifyQuery,
      answer: { status: 200, schema: Verified, description: 'Also when something does not hold; see `ok`' },
    }),
    async (c) => {
      const { full = false, since } = acceptQuery(c, VerifyQuery)
      return c.json(told(await verifyCompany(askedOf(c), { full, chainSince: since }), c))
    },
  )
  .get(
    '/verifications',
    operation({
      summary: 'Checks that were kept, newest first',
      description: 'Each hour what is new, each night everything, and whenever somebody asks.',
      access: 'verify:run',
      answer: { status: 200, schema: Verifications, description: 'The newest hundred, and the heads of each day' },
    }),
    async (c) => {
      const [kept, anchors] = await Promise.all([
        readVerifications(c.var.control, c.var.access.id, TOLD_CHECKS),
        readAnchors(c.var.control, c.var.access.id),
      ])
      const named = <T extends { key: string }>(about: T) => ({ ...about, name: checkText(about.key, c.var.locale) })
      const verifications = kept.map((v) => ({
        ...v,
        findings: v.findings.map((f) => named(c.var.access.audit ? { ...f, offenders: [] } : f)),
        checks: v.checks?.map(named) ?? null,
      }))
      return c.json({ verifications, anchors })
    },
  )
  .post(
    '/verifications',
    operation({
      summary: 'Check everything now, and keep what is found',
      access: 'verify:run',
      answer: { status: 201, schema: Verified, description: 'Also when something does not hold; see `ok`' },
    }),
    async (c) => c.json(told(await keepVerification(askedOf(c), true), c), 201),
  )
  .post(
    '/lost-posts',
    operation({
      summary: 'Answer for posts and matches that were acknowledged and are lost',
      description:
        'What check 12 finds and nobody can send again is missed no longer: these, by the ids it names. For a person, not for a key. It is written in the log of access; the next check of everything says whether the books hold.',
      access: 'company:backup',
      body: LostPosts,
      answer: {
        status: 200,
        schema: z.object({ vouchers: z.array(z.string()) }),
        description: 'Those of them that were missed',
      },
      problems: ['permission/missing'],
    }),
    async (c) => {
      const { db, principal } = c.var
      const { vouchers } = await accept(c, LostPosts)
      if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a script does not answer for a loss
      return c.json({ vouchers: await forgetLostPosts({ ...askedOf(c), db, principal, vouchers }) }, 200)
    },
  )
  .get(
    '/chain',
    operation({
      summary: 'The hash chain, to be computed by the reader',
      description:
        'Every voucher in order, as the array its hash covers; null for an auditor where the year was not granted. See docs/hash-chain.md.',
      access: 'verify:run',
      query: ChainQuery,
      answer: { status: 200, schema: Chain, description: 'A page of the chain; `next` is the place to go on after' },
    }),
    async (c) => {
      const { after = 0, limit } = acceptQuery(c, ChainQuery)
      const count = Math.min(Math.max(limit ?? PAGE, 1), MOST)
      const [found, { ledgerVersion, chainHead }, hashes] = await Promise.all([
        readLinks(c.var.db, after, count),
        readChainHead(c.var.db),
        c.var.access.audit ? readHashes(c.var.db, after, count) : [],
      ])
      const links = c.var.access.audit
        ? linksAmong(hashes, found)
        : found.map(([voucher, entries]) => [voucher.hash, linkOf(voucher, entries)])
      return c.json({
        company: c.var.access.books,
        ledgerVersion,
        chainHead,
        links,
        next: after + count < ledgerVersion ? after + count : null,
      })
    },
  )
