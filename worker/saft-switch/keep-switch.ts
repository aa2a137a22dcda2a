import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { NoAnswer } from '#worker/database/refusal.ts'
import type { Keeper } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import { unpacked, ZipArchive } from '#worker/saft/byte-chunks.ts'
import { archiveOf, keeperOf, newImportId, type SaftSource } from '#worker/saft/open-source.ts'
import { readSaft } from '#worker/saft/saft-reader.ts'
import { deleteSwitch, insertSwitch, readOpenSwitchOf, readSwitch, type SaftSwitch, updateAnswers } from './store.ts'
import type { SwitchAnswers } from './switch-answers.ts'
import { SwitchSurvey } from './switch-survey.ts'

type Context = { env: Bindings; db: Database; by: string; at: Instant; fileName: string | null }

const NO_ANSWERS: SwitchAnswers = { accounts: {}, parties: {}, dimensions: {}, openItems: 'match' }

/**
 * Reads SAF-T files through before anything is booked, and keeps what was found in them with the file. A ZIP archive holds several.
 * A file that is looked over already is not kept twice.
 * @throws Problem as the reader says, with the line in the file.
 */
export async function keepSwitch(ctx: Context, source: SaftSource): Promise<SaftSwitch> {
  const id = newImportId()
  const keeper = keeperOf(ctx.env, id, source)
  const survey = new SwitchSurvey()
  try {
    try {
      await surveyOne(survey, keeper, ctx.fileName ?? '')
    } catch (error) {
      if (!(error instanceof ZipArchive)) throw error
      await keeper.drain()
      for (const file of await archiveOf(ctx.env, keeper)) await surveyOne(survey, file.keeper, file.name)
    }
    const { sha256, size, key } = keeper.file
    const before = await readOpenSwitchOf(ctx.db, sha256)
    if (before) {
      // The same upload sent again is the very file that is kept.
      if (before.fileKey !== key) await ctx.env.FILES.delete(key)
      return before
    }
    const { fileName, by, at } = ctx
    const rest = { answers: NO_ANSWERS, importJob: null, version: 1, by, at }
    const kept = { id, fileName, fileKey: key, fileSha256: sha256, fileSize: size, found: survey.result(), ...rest }
    await ctx.db.execute(insertSwitch(kept))
    return kept
  } catch (error) {
    if (!(error instanceof NoAnswer)) await keeper.discard()
    throw error
  }
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

/** Keeps answers; what is not named stays. @throws Problem as `findOpenSwitch`; 409 version/stale. */
export async function answerSwitch(
  db: Database,
  id: string,
  change: Partial<SwitchAnswers>,
  version: number | undefined,
): Promise<SaftSwitch> {
  const before = await findOpenSwitch(db, id)
  checkVersion(version, before.version)
  const { accounts, parties, dimensions, openItems } = before.answers
  const answers: SwitchAnswers = {
    accounts: filled({ ...accounts, ...change.accounts }),
    parties: filled({ ...parties, ...change.parties }),
    dimensions: filled({ ...dimensions, ...change.dimensions }),
    openItems: change.openItems ?? openItems,
  }
  const done = await db.execute(updateAnswers(id, answers, before.version))
  if (done.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...before, answers, version: before.version + 1 }
}

const filled = (answers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ''))

/** Forgets a switch and its file. @throws Problem as `findOpenSwitch`. */
export async function dropSwitch({ FILES }: Pick<Bindings, 'FILES'>, db: Database, id: string): Promise<void> {
  const { fileKey } = await findOpenSwitch(db, id)
  const { rowsAffected } = await db.execute(deleteSwitch(id))
  // Booked in the meantime: the books rest on the file.
  if (rowsAffected === 0) throw new Problem(422, 'saft-switch/done')
  await FILES.delete(fileKey)
}
