import { beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '#addin/audit/audit-books.ts'
import { type Recomputed, recomputeChain } from '#addin/audit/recompute-chain.ts'
import { booksHold } from '#addin/audit/verdict.ts'
import { computedLines } from '#addin/pane/audit-lines.ts'
import { testApp } from '#tests/support/app.ts'
import { AUDIT_TEXTS, auditedBooks, openAudit, VOUCHERS } from './support/audit-desk.ts'
import { thisYear as year } from './support/desk.ts'

const app = testApp()
let books: Awaited<ReturnType<typeof auditedBooks>>
let company: (typeof books)['company']

beforeAll(async () => {
  books = await auditedBooks(app)
  company = books.company
})

const opened = () => openAudit(app, books)

describe('the books, computed in the add-in', () => {
  /** The same API, whose chain was altered on the way. */
  const told = async (
    alter: (links: [string, any[]][], page: { ledgerVersion: number; chainHead: string }) => void,
    partly = false,
  ) => {
    const { desk } = await opened()
    const get = async (...args: Parameters<typeof desk.api.get>) => {
      const page: any = await desk.api.get(...args)
      if (args[1] === 'chain') alter(page.links, page)
      return page
    }
    return recomputeChain({ ...desk.api, get } as typeof desk.api, company.id, { partly })
  }

  test('they hold: chain, numbers and balances, without the server’s word', async () => {
    const { audit, window } = await opened()
    const found = await audit()
    expect(booksHold(found)).toBe(true)
    expect(found.found).toMatchObject({
      ledgerVersion: VOUCHERS,
      entries: 2 * VOUCHERS + 1,
      gaps: [],
      broken: undefined,
    })
    expect(found.found.balances.get('6800')).toBe(100_00 * 78)
    expect([...window.host.missing]).toEqual([])
  })
  test('contents that are withheld are told of, and are a fault where all years are granted', async () => {
    const withhold = (links: [string, any][]) => (links[4]![1] = null)
    expect((await told(withhold)).broken).toEqual({ ledgerVersion: 5, voucher: '', fault: 'withheld' })
    const found = await told(withhold, true)
    expect([found.broken, found.withheld]).toEqual([undefined, 1])
    const lines = computedLines({ found, differing: [], blocks: [] }, AUDIT_TEXTS, 'nb')
    expect(lines.map(({ holds, title }) => [holds, title])).toEqual([
      [true, 'Kjeden er hel så langt du har tilgang'],
      [false, 'Nummer mangler eller står to ganger'],
      [undefined, 'Saldobalansen er ikke kontrollert'],
    ])
    expect(lines[0]!.detail).toContain('1 bilag er utenfor tilgangen')
  })
  test('any single field changed in any voucher or entry is found, and the voucher is named', async () => {
    let fields = 0
    await told((links) => (fields = links[0]![1].length))
    for (let at = 1; at < fields - 1; at++) {
      const found = await told((links) => (links[4]![1][at] = `${links[4]![1][at]}x`))
      expect([at, found.broken?.ledgerVersion, found.broken?.fault]).toEqual([at, 5, 'hash'])
    }
    let width = 0
    await told((links) => (width = links[0]![1].at(-1)[0].length))
    for (let at = 0; at < width; at++) {
      const found = await told((links) => (links[6]![1].at(-1)[1][at] = 7))
      expect([at, found.broken?.ledgerVersion]).toEqual([at, 7])
    }
  })
  test.each<[string, Parameters<typeof told>[0], Recomputed['broken']]>([
    ['a voucher removed', (links) => links.splice(4, 1), { ledgerVersion: 5, voucher: `HB ${year}-6`, fault: 'order' }],
    [
      'two that changed places',
      (links) => links.splice(4, 2, links[5]!, links[4]!),
      { ledgerVersion: 5, voucher: `HB ${year}-6`, fault: 'order' },
    ],
    ['the tail cut', (links) => links.splice(10), { ledgerVersion: 10, voucher: '', fault: 'head' }],
    [
      'the tail cut, and the count with it',
      (links, page) => (links.splice(10), (page.ledgerVersion = 10)),
      { ledgerVersion: 10, voucher: '', fault: 'head' },
    ],
  ])('%s is found', async (_, alter, broken) => expect((await told(alter)).broken).toEqual(broken))
  test('a trial balance that is not the sum of the entries is found', async () => {
    const { desk, run } = await opened()
    const get = async (...args: Parameters<typeof desk.api.get>) => {
      const page: any = await desk.api.get(...args)
      if (args[1] === 'reports/trial-balance') page.rows[0].closing += 1
      return page
    }
    const api = { ...desk.api, get } as typeof desk.api
    expect((await auditBooks({ run, api, company: company.id })).differing).toHaveLength(1)
  })
})
