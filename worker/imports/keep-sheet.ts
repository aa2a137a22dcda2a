import type { Instant } from '#worker/core/dates.ts'
import { hex } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { unguarded } from '#worker/reports/csv.ts'
import { readSheetFile, SHEET_BYTES, type SheetFile } from '#worker/sheets/read-sheet-file.ts'
import type { ImportContext } from './import-context.ts'
import type { Register } from './import-field.ts'
import { NO_CHOICES } from './import-reading.ts'
import { insertSheetImport, readSheetImport, type SheetImport } from './store.ts'

const newId = (): string => idOf('imp', crypto.getRandomValues(new Uint8Array(17)))

/**
 * Keeps a file of sheets, so that it can be read again with other choices. A file that cannot be read is not kept.
 * @throws Problem as `readSheetFile`.
 */
export async function keepSheet(
  { env, access, db, by, at }: Pick<ImportContext, 'env' | 'access' | 'db' | 'by'> & { at: Instant },
  bytes: Uint8Array<ArrayBuffer>,
  of: { register: Register; fileName: string | null; options: Record<string, string> },
): Promise<SheetImport> {
  await readSheetFile(bytes)
  const id = newId()
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const fileKey = `imports/${access.id}/${id}`
  await env.FILES.put(fileKey, bytes)
  const { register, fileName } = of
  const choices = { ...NO_CHOICES, options: of.options }
  const rest = { tried: null, state: 'open' as const, by, at, undoneBy: null, undoneAt: null, version: 1 }
  await db.execute(insertSheetImport({ id, register, fileName, fileKey, sha256, size: bytes.length, choices, ...rest }))
  return (await readSheetImport(db, id))!
}

/** The kept file as it was read. @throws Problem 404 import/unknown when it is gone. */
export async function readKeptSheet(
  { env }: Pick<ImportContext, 'env'>,
  { fileKey }: Pick<SheetImport, 'fileKey'>,
): Promise<SheetFile> {
  const kept = await env.FILES.get(fileKey)
  if (!kept || kept.size > SHEET_BYTES) throw new Problem(404, 'import/unknown')
  const file = await readSheetFile(new Uint8Array(await kept.arrayBuffer()))
  if (file.kind !== 'text') return file
  // Our own CSV has an apostrophe before what a sheet would run.
  return { ...file, sheets: file.sheets.map((s) => ({ ...s, rows: s.rows.map((row) => row.map(unguarded)) })) }
}
