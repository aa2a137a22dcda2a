import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The text of a file of this repository, by its path there. In the Worker's bundle read-text-file.ts stands here instead
 * (package.json, "imports"): such texts are fetched when they are asked for, and the Worker starts without them.
 */
export const textFile = async (path: string): Promise<string> =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
