import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { NoAnswer, refusalOf } from '#worker/database/refusal.ts'
import type { Keeper } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import { unpacked, ZipArchive } from '#worker/saft/byte-chunks.ts'
import { archiveOf, filesOf, keeperOf, newImportId, type SaftFiles, type Uploaded } from '#worker/saft/open-source.ts'
import { readSaft } from '#worker/saft/saft-reader.ts'
import { readOwnParties } from '#worker/saft/store.ts'
import {
  deleteSwitch,
  insertSwitch,
  readLastBooked,
  readOpenSwitchOf,
  readSwitch,
  type SaftSwitch,
  type SwitchPart,
  updateAnswers,
} from './store.ts'
import { carriedOver, type SwitchAnswers } from './switch-answers.ts'
import { type Surveyed, SwitchSurvey } from './switch-survey.ts'

type Context = { env: Bindings; db: Database; by: string; at: Instant; fileName: string | null }

const NO_ANSWERS: SwitchAnswers = {
  accounts: {},
  parties: {},
  dimensions: {},
  taxCodes: {},
  partyNumbers: {},
  otherCompany: false,
  openItems: 'match',
}

/**
 * Reads SAF-T files through before anything is booked, and keeps what was found in them with the files: one as it comes, or several
 * that came in parts; a ZIP archive holds several. Files that are looked over already are not kept twice.
 * @throws Problem as the reader says, with the line in the file.
 */
export async function keepSwitch(ctx: Context & { company: string }, source: SaftFiles): Promise<SaftSwitch> {
  const { env, db } = ctx
  const id = newImportId()
  const body = 'body' in source ? keeperOf(env, `${ctx.company}/${id}`, source) : undefined
  try {
    const survey = new SwitchSurvey(await readOwnParties(db))
    const seen = body ? lookThrough(ctx, id, body, survey) : lookThroughAll(env, (source as Uploaded).uploads, survey)
    return await keepSeen(ctx, await seen, id)
  } catch (error) {
    if (!(error instanceof NoAnswer)) await body?.discard()
    throw error
  }
}

/** Keeps what was found in files that were read through. */
export async function keepSeen(
  { env, db, fileName, by, at }: Context,
  seen: Seen,
  id = newImportId(),
): Promise<SaftSwitch> {
  const last = await readLastBooked(db)
  const { answers, before: was } = last ? carriedOver(seen.found, last) : { answers: NO_ANSWERS, before: {} }
  const rest = { answers, mapping: null, begun: false, importJob: null, version: 1, by, at }
  const kept: SaftSwitch = {
    id,
    fileName,
    ...seen,
    found: { ...seen.found, before: was, numbersBefore: answers.partyNumbers },
    ...rest,
  }
  const before = await readOpenSwitchOf(db, kept.fileSha256)
  if (before) return await standing(before, kept.parts)
  try {
    await db.batch(insertSwitch(kept), 'write')
  } catch (cause) {
    const other = refusalOf(cause)?.kind === 'taken' && (await readOpenSwitchOf(db, kept.fileSha256))
    if (!other) throw cause
    return await standing(other, kept.parts)
  }
  return kept

  /** The same upload sent again is the very file that is kept; another copy goes. */
  async function standing(before: SaftSwitch, copies: readonly SwitchPart[]): Promise<SaftSwitch> {
    const own = new Set(before.parts.map((part) => part.fileKey))
    const spare = copies.map((part) => part.fileKey).filter((key) => !own.has(key))
    if (spare.length > 0) await env.FILES.delete(spare)
    return before
  }
}

type Seen = { fileSha256: string; parts: SwitchPart[]; found: Surveyed }

/** A body as it comes. */
async function lookThrough(
  { env, fileName }: Context,
  id: string,
  keeper: Keeper,
  survey: SwitchSurvey,
): Promise<Seen> {
  try {
    await surveyOne(survey, keeper, fileName ?? '')
  } catch (error) {
    if (!(error instanceof ZipArchive)) throw error
    await keeper.drain()
    for (const file of await archiveOf(env, keeper.file)) await surveyOne(survey, file.keeper, file.name)
  }
  const { sha256: fileSha256, size, key } = keeper.file
  return { fileSha256, parts: [{ id, fileName, fileKey: key, size }], found: survey.result() }
}

/** Files that lie kept, oldest first. @throws Problem as the reader says. */
export async function lookThroughAll(
  env: Bindings,
  uploads: Uploaded['uploads'],
  survey = new SwitchSurvey([]),
): Promise<Seen> {
  const hashes: string[] = []
  for (const file of await filesOf(env, uploads)) {
    await surveyOne(survey, file.keeper, file.name)
    hashes.push(file.keeper.file.sha256)
  }
  const parts = uploads.map(({ fileKey, size, fileName }) => ({ id: newImportId(), fileName, fileKey, size }))
  const [only, ...more] = hashes
  const fileSha256 = more.length === 0 ? only! : await sha256(hashes.sort().join('\n'))
  return { fileSha256, parts, found: survey.result() }
}

async function surveyOne(survey: SwitchSurvey, keeper: Keeper, name: string): Promise<void> {
  survey.begin()
  const reader = await readSaft(unpacked(keeper.passing()), (r) => survey.take(r))
  survey.end(reader, name)
}

/** A switch that is not booked yet. @throws Problem 404 saft-switch/unknown; 422 saft-switch/done. */
export async function findOpenSwitch(db: Database, id: string): Promise<SaftSwitch> {
  const found = await readSwitch(db, id)
  if (!found) throw new Problem(404, 'saft-switch/unknown')
  if (found.importJob !== null) throw new Problem(422, 'saft-switch/done')
  return found
}

/** Keeps answers; what is not named stays. @throws Problem 409 version/stale; 422 saft-switch/done once booking has begun. */
export async function answerSwitch(
  db: Database,
  before: SaftSwitch,
  change: Partial<SwitchAnswers>,
  version: number | undefined,
): Promise<SaftSwitch> {
  if (before.begun) throw new Problem(422, 'saft-switch/done')
  checkVersion(version, before.version)
  const named = ['accounts', 'parties', 'dimensions', 'taxCodes', 'partyNumbers'] as const
  const answers: SwitchAnswers = {
    ...before.answers,
    otherCompany: change.otherCompany ?? before.answers.otherCompany,
    openItems: change.openItems ?? before.answers.openItems,
  }
  for (const of of named) answers[of] = filled({ ...before.answers[of], ...change[of] })
  const done = await db.execute(updateAnswers(before.id, answers, before.version))
  if (done.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...before, answers, version: before.version + 1 }
}

const filled = (answers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ''))

/** Forgets a switch and its files. @throws Problem as `findOpenSwitch`; 422 saft-switch/done once booking has begun. */
export async function dropSwitch({ FILES }: Pick<Bindings, 'FILES'>, db: Database, id: string): Promise<void> {
  const { parts } = await findOpenSwitch(db, id)
  const { rowsAffected } = await db.execute(deleteSwitch(id))
  if (rowsAffected === 0) throw new Problem(422, 'saft-switch/done')
  await FILES.delete(parts.map((part) => part.fileKey))
}
