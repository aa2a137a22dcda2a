import * as z from 'zod/mini'

/** The archive's form; a new one is added beside the old, never in its place. */
export const FORMAT = 'hovedbok/archive/1'

/** An archive of this or a later form. */
export const AnyManifest = z.object({ format: z.string().check(z.regex(/^hovedbok\/archive\/\d+$/)) })

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const Whole = z.int().check(z.minimum(0))

/** What an archive says of itself, first in it: whose books, how far, and which tables in which form. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  createdAt: z.string(),
  /** `books` is the id under which the hash chain was computed (docs/hash-chain.md). */
  company: z.object({
    books: z.string(),
    name: z.string(),
    organisationNumber: z.nullable(z.string()),
    colour: z.string(),
    test: z.boolean(),
  }),
  ledgerVersion: Whole,
  chainHead: Sha256,
  /** The schema the rows are of. */
  migrations: z.array(z.object({ tag: z.string(), sha256: Sha256 })).check(z.minLength(1)),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: Whole })),
  documents: Whole,
})
export type Manifest = z.infer<typeof Manifest>

/** Last in it: size and SHA-256 of every other file. */
export const Sums = z.array(z.object({ name: z.string(), size: Whole, sha256: Sha256 }))
export type Sums = z.infer<typeof Sums>

export const MANIFEST = 'manifest.json'
export const SUMS = 'sums.json'
export const README = 'LES-MEG.txt'
/** One JSON array a line, in the order of the manifest's columns. */
export const tableFile = (table: string): string => `tables/${table}.jsonl`
export const documentFile = (sha256: string): string => `documents/${sha256}`
export const importFile = (job: string): string => `imports/${job}`

/** How an archive is named: whose, and when. */
export const archiveName = (company: string, at: string): string =>
  `hovedbok_${company}_${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z.zip`
