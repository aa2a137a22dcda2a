import { expect, test } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { testDatabases } from '#tests/support/database.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'

/** What the database alone keeps, whatever code does. */
const databases = testDatabases()

const GROUND = [
  "insert into company (id, name, vat_registered, created_at) values ('cmp_1', 'A', 0, '')",
  "insert into fiscal_year values (2026, '2026-01-01', '2026-12-31')",
  "insert into period (month, year) values ('2026-01', 2026)",
  `insert into account (number, name_nb, name_en, type, control) values ('1500', '', '', 'asset', 'customer'),
     ('1510', '', '', 'asset', 'customer'), ('2050', '', '', 'equity', null)`,
  `insert into party (kind, number, name, control_account, created_at) values ('customer', '1', 'A', '1500', ''),
     ('customer', '2', 'B', '1500', '')`,
  "insert into voucher_type (key, series, name_nb, name_en) values ('general', 'HB', '', '')",
]

/** A voucher of one party entry and its counter-entry, at this version. */
const voucher = (version: number, party: string, amount: number, currency = 'null, null'): string[] => [
  `insert into entry (ledger_version, line, row_key, origin, voucher_date, account, party_kind, party, amount, text, currency, currency_amount)
    values (${version}, 1, 'a', 'line', '2026-01-1${version}', '1500', 'customer', '${party}', ${amount}, '', ${currency}),
      (${version}, 2, 'b', 'line', '2026-01-1${version}', '2050', null, null, ${-amount}, '', null, null)`,
  `insert into voucher (ledger_version, id, type, series, fiscal_year, number, voucher_date, document_date, vat_date, text,
     recorded_at, by, entry_count, facts_version, content_hash, prev_hash, hash)
    select ${version}, 'vch_${version}', 'general', 'HB', 2026, ${version}, '2026-01-1${version}', '2026-01-01', '2026-01-01', '',
      '2026-02-0${version}', '', 2,
      facts_version, '${'0'.repeat(64)}', '${String(version - 1).padStart(64, '0')}', '${String(version).padStart(64, '0')}' from company`,
]

type Line = [version: number, amount: number, currencyAmount?: number | null]
const match = (id: string, lines: Line[], over: Partial<Record<string, string | number>> = {}): InStatement[] => {
  const m = { party: '1', account: '1500', day: '2026-01-12', at: '2026-03-01', version: 3, ...over }
  return [
    ...lines.map(
      ([v, amount, currency]) =>
        `insert into item_match_line values ('${id}', ${v}, 1, ${amount}, ${currency ?? 'null'})`,
    ),
    `insert into item_match (id, party_kind, party, account, match_date, rule, recorded_at, by, ledger_version)
      values ('${id}', 'customer', '${m.party}', '${m.account}', '${m.day}', 'manual', '${m.at}', 'x', ${m.version})`,
  ]
}
const undo = (id: string, at = '2026-03-02'): string =>
  `update item_match set undone_date = match_date, undone_at = '${at}', undone_by = 'x', undone_version = 3 where id = '${id}'`

/** A company with an invoice of 100 and a payment of 60 from customer 1, and an invoice of 60 to customer 2. */
async function books(name: string, migrations: number = companyMigrations.length): Promise<Database> {
  const db = await databases.create(name)
  await migrate(db, `${name}-first`, companyMigrations.slice(0, migrations))
  await db.batch(GROUND, 'write')
  const all = [...voucher(1, '1', 100), ...voucher(2, '1', -60), ...voucher(3, '2', 60)]
  await db.batch(all, 'write')
  return db
}
const rests = async (db: Database) =>
  (await db.execute('select rest from open_item order by ledger_version')).rows.map((r) => Number(r.rest))

test('every entry with a party is an open item, and so are those from before the migration', async () => {
  const db = await books('items')
  expect(await rests(db)).toEqual([100, -60, 60])
  const old = await books('items-before', 2)
  await migrate(old, 'items-before', companyMigrations)
  expect(await rests(old)).toEqual([100, -60, 60])
  const all = (d: Database) => d.execute('select * from open_item')
  expect((await all(old)).rows.map((r) => ({ ...r }))).toEqual((await all(db)).rows.map((r) => ({ ...r })))
})

test('rests follow matches and what is undone, in øre and in currency', async () => {
  const db = await books('rests')
  await db.batch(
    match('mch_1', [
      [1, 60],
      [2, -60],
    ]),
    'write',
  )
  expect(await rests(db)).toEqual([40, 0, 60])
  await db.execute(undo('mch_1'))
  expect(await rests(db)).toEqual([100, -60, 60])
  const euro = voucher(4, '1', -50, "'EUR', -4").concat(voucher(5, '1', 9, "'EUR', -4"))
  await db.batch(euro, 'write')
  const inEuro = async () =>
    (await db.execute('select currency_rest from open_item where ledger_version > 3')).rows.map((r) => r.currency_rest)
  expect(await inEuro()).toEqual([-4, null]) // a currency amount of the other sign cannot be settled
  const some = (share: number | null) =>
    match(
      'mch_2',
      [
        [1, 25],
        [4, -25, share],
      ],
      { day: '2026-01-14', at: '2026-03-03', version: 5 },
    )
  await expect(db.batch(some(null), 'write')).rejects.toThrow('match/over')
  await expect(db.batch(some(-5), 'write')).rejects.toThrow('match/over')
  await db.batch(some(-3), 'write')
  expect(await inEuro()).toEqual([-1, null])
})

test.each<[string, InStatement[], string]>([
  [
    'more than there is',
    match('mch_1', [
      [1, 61],
      [2, -61],
    ]),
    'match/over',
  ],
  [
    'the other way',
    match('mch_1', [
      [1, -60],
      [2, 60],
    ]),
    'match/over',
  ],
  [
    'what does not sum to zero',
    match('mch_1', [
      [1, 60],
      [2, -59],
    ]),
    'match/unbalanced',
  ],
  ['nothing', match('mch_1', []), 'match/unbalanced'],
  [
    'another party',
    match(
      'mch_1',
      [
        [2, -60],
        [3, 60],
      ],
      { day: '2026-01-13' },
    ),
    'match/wrong-party',
  ],
  [
    'another account',
    match(
      'mch_1',
      [
        [1, 60],
        [2, -60],
      ],
      { account: '1510' },
    ),
    'match/wrong-party',
  ],
  [
    'a currency that the item does not have',
    match('mch_1', [
      [1, 60, 5],
      [2, -60],
    ]),
    'match/over',
  ],
  [
    'another day than its newest item’s',
    match(
      'mch_1',
      [
        [1, 60],
        [2, -60],
      ],
      { day: '2026-01-11' },
    ),
    'ledger/behind',
  ],
  [
    'a time before its version',
    match(
      'mch_1',
      [
        [1, 60],
        [2, -60],
      ],
      { at: '2026-01-01' },
    ),
    'ledger/behind',
  ],
  [
    'a version that is not there',
    match(
      'mch_1',
      [
        [1, 60],
        [2, -60],
      ],
      { version: 9 },
    ),
    'ledger/behind',
  ],
  [
    'lines without a match',
    match('mch_1', [
      [1, 60],
      [2, -60],
    ]).slice(0, 2),
    'FOREIGN KEY',
  ],
])('a match is refused for %s', async (name, statements, reason) => {
  const db = await books(`refused-${name.replace(/\W/g, '-')}`)
  await expect(db.batch(statements, 'write')).rejects.toThrow(reason)
  expect(await rests(db)).toEqual([100, -60, 60])
})

test('an item and a match change in no other way, and never go', async () => {
  const db = await books('final')
  await db.batch(
    match('mch_1', [
      [1, 60],
      [2, -60],
    ]),
    'write',
  )
  const attempts: [string, string][] = [
    ['update open_item set rest = 50 where ledger_version = 1', 'open-item/is-final'],
    ['update open_item set rest = 0', 'open-item/is-final'],
    ["update open_item set party = '2'", 'open-item/is-final'],
    ["update open_item set due_date = '2027-01-01'", 'open-item/is-final'],
    ['delete from open_item', 'open-item/is-final'],
    [
      `insert into open_item (ledger_version, line, party_kind, party, account, voucher_date, amount, rest)
        values (1, 2, 'customer', '1', '1500', '2026-01-11', 5, 5)`,
      'open-item/is-final',
    ],
    ['insert or replace into open_item select * from open_item', 'open-item/is-final'],
    ["update item_match set match_date = '2026-01-20'", 'match/is-final'],
    ["update item_match set reason = 'x'", 'match/is-final'],
    ["update item_match set undone_at = '2026-03-02'", 'ledger/behind'],
    [undo('mch_1', '2026-02-15'), 'ledger/behind'],
    ['delete from item_match', 'match/is-final'],
    ['insert or replace into item_match select * from item_match', 'match/is-final'],
    ['update item_match_line set amount = 1', 'match/is-final'],
    ['delete from item_match_line', 'match/is-final'],
    ["insert into item_match_line values ('mch_1', 3, 1, 60, null)", 'match/is-final'],
    [
      'insert or replace into item_match_line select match_id, ledger_version, line, amount * 2, null from item_match_line',
      'match/is-final',
    ],
  ]
  for (const [sql, reason] of attempts) await expect(db.execute(sql), sql).rejects.toThrow(reason)
  expect(await rests(db)).toEqual([40, 0, 60])
  await db.execute(undo('mch_1'))
  await expect(db.execute(undo('mch_1', '2026-03-03'))).rejects.toThrow('match/is-final')
  await expect(
    db.execute('update item_match set undone_at = null, undone_by = null, undone_version = null, undone_date = null'),
  ).rejects.toThrow('match/is-final')
})

test('an item freed by a reversal is free from that day: it is never settled twice on a day before', async () => {
  const db = await books('freed')
  await db.batch(
    match('mch_1', [
      [1, 60],
      [2, -60],
    ]),
    'write',
  )
  await db.execute(undo('mch_1').replace('undone_date = match_date', "undone_date = '2026-01-20'"))
  const again = (day: string) =>
    match(
      'mch_2',
      [
        [1, 60],
        [2, -60],
      ],
      { day, at: '2026-03-03' },
    )
  await expect(db.batch(again('2026-01-12'), 'write')).rejects.toThrow('ledger/behind')
  await db.batch(again('2026-01-20'), 'write')
  expect(await rests(db)).toEqual([40, 0, 60])
})
