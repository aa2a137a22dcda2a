import type { Recomputed } from './recompute-chain.ts'

/** A head of the chain as somebody has it on paper, in a mail or under a report: the version, and the hash or its beginning. */
export type ToldHead = { ledgerVersion: number; hash: string }

/**
 * Reads `184-9f86d081884c7d65`, or a whole line such as "versjon 184 223, hode 9f86d081" or "version 184,223, head 9f86d081". Undefined
 * where either is missing: eight characters tell a hash from all others of a ledger.
 */
export function readHead(text: string): ToldHead | undefined {
  const hash = [...text.matchAll(/(?<![0-9a-z])[0-9a-f]{8,64}(?![0-9a-z])/gi)].at(-1)
  const before = hash && text.slice(0, hash.index)
  const version = before && /(?<!\d)(\d{1,3}(?:[\s.,]\d{3})+|\d+)\D*$/.exec(before)?.[1]
  const ledgerVersion = Number(version?.replace(/\D/g, ''))
  if (!hash || !ledgerVersion) return undefined
  return { ledgerVersion, hash: hash[0].toLowerCase() }
}

/** Whether the chain that was computed had that hash at that version; undefined when it is not so long. */
export function standsInChain({ hashes }: Pick<Recomputed, 'hashes'>, told: ToldHead): boolean | undefined {
  const own = hashes[told.ledgerVersion - 1]
  return own === undefined ? undefined : own.startsWith(told.hash)
}
