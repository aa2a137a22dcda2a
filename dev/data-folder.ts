// The folder with everything an instance keeps: databases/, objects/ (workerd's), secrets.json, operator.key.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import { StartError } from './start-error.ts'

export interface Secrets {
  DATABASE_TOKEN: string
  SIGNING_KEY: string
  PASSWORD_PEPPER: string
  OPERATOR_KEY: string
}

export interface DataFolder {
  readonly path: string
  readonly databases: string
  readonly objects: string
  readonly secrets: Secrets
  /** Tells the next one who asks for the folder where this instance is. */
  announce(url: string): void
  release(): void
}

/**
 * Takes the folder for this process, making it when there is none. The lock is one that SQLite holds on a file, so the
 * system lets go of it however the process ends.
 * @throws StartError when another instance has the folder.
 */
export function takeDataFolder(dir: string): DataFolder {
  const path = resolve(dir)
  mkdirSync(path, { recursive: true })
  const about = join(path, 'instance.json')
  const lock = lockFile(join(path, 'lock'))
  if (lock === undefined) {
    const other = existsSync(about) ? JSON.parse(readFileSync(about, 'utf8')) : {}
    const who = other.url ? ` (${other.url}, process ${other.pid})` : ''
    throw new StartError(
      `The data folder ${path} is used by another Hovedbok${who}. Stop that one, or choose another folder: npm start -- --data DIR`,
    )
  }
  rmSync(about, { force: true })
  return {
    path,
    databases: join(path, 'databases'),
    objects: join(path, 'objects'),
    secrets: readSecrets(path),
    announce: (url) => writeFileSync(about, `${JSON.stringify({ pid: process.pid, url })}\n`),
    release() {
      rmSync(about, { force: true })
      lock.close()
    },
  }
}

function lockFile(file: string): Database.Database | undefined {
  const database = new Database(file)
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive')
    return database
  } catch (error) {
    if (!/^SQLITE_BUSY/.test(String((error as { code?: string }).code))) throw error
    return undefined
  }
}

/** Made once for a folder: whoever can read them is the instance's operator. */
function readSecrets(path: string): Secrets {
  const file = join(path, 'secrets.json')
  if (!existsSync(file)) {
    const secret = () => randomBytes(32).toString('base64url')
    const secrets: Secrets = {
      DATABASE_TOKEN: secret(),
      SIGNING_KEY: secret(),
      PASSWORD_PEPPER: secret(),
      OPERATOR_KEY: `operator_${secret()}`,
    }
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  }
  const secrets: Secrets = JSON.parse(readFileSync(file, 'utf8'))
  const operatorKey = join(path, 'operator.key')
  writeFileSync(operatorKey, secrets.OPERATOR_KEY, { mode: 0o600 })
  // A folder that was copied may have come with other rights.
  for (const each of [file, operatorKey]) chmodSync(each, 0o600)
  return secrets
}
