import { createHash } from 'node:crypto'
import { type OldAccount, type OldEntry, type OldParty, sealedAccount, sealedEntry, sealedParty } from './old-entry.ts'

/**
 * The hash that seals an old ledger: SHA-256 of its file's SHA-256, its entries in the order of the file, its accounts by number
 * and its parties by kind and number, each a line of JSON. What is stored can be held against it at any time.
 */
export class Seal {
  private readonly hash = createHash('sha256')

  constructor(fileSha256: string) {
    this.hash.update(`${fileSha256}\n`)
  }

  add(entries: readonly OldEntry[]): void {
    this.hash.update(entries.map(sealedEntry).join(''))
  }

  end(accounts: readonly OldAccount[], parties: readonly OldParty[]): string {
    this.hash.update(
      [...accounts]
        .sort(by((a) => a.number))
        .map(sealedAccount)
        .join(''),
    )
    this.hash.update(
      [...parties]
        .sort(by((p) => `${p.kind} ${p.number}`))
        .map(sealedParty)
        .join(''),
    )
    return this.hash.digest('hex')
  }
}

/** Order that no language changes. */
const by =
  <T>(key: (value: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
