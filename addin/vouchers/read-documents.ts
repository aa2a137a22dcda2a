import type { Desk } from './desk.ts'

/** Stamp numbers this near each other are asked for together. */
const NEAR = 200
const PAGE = 1_000

type Page = { documents: { id: string; stamp: number }[]; cursor: string | null }

/**
 * Looks up documents by their stamp numbers, and keeps their ids at the desk: a stamp never becomes another document's. One that
 * is not found is kept as such until the books are read again; when nobody answers nothing is kept.
 */
export async function readDocuments(desk: Desk, stamps: readonly string[]): Promise<void> {
  const { api, binding, documents } = desk
  const wanted = stamps.map(Number).sort((a, b) => a - b)
  while (wanted.length > 0) {
    const end = wanted.findIndex((stamp, i) => i > 0 && stamp - wanted[i - 1]! > NEAR)
    const together = wanted.splice(0, end < 0 ? wanted.length : end)
    const query = { fromStamp: together[0]!, toStamp: together.at(-1)!, limit: PAGE }
    const found = new Map<number, string>()
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Page = await api.get<Page>(binding.company, 'documents', { ...query, ...(cursor && { cursor }) })
      for (const { id, stamp } of page.documents) found.set(stamp, id)
      cursor = page.cursor
    }
    for (const stamp of together) documents.set(String(stamp), found.get(stamp) ?? '')
  }
}
