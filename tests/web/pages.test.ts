import { describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, textOf, visitor } from '#tests/support/visitor.ts'
import { ROLES } from '#worker/access/permission.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const year = new Date().getFullYear()
const HOSTILE = `<img src=x onerror=alert(1)>"'&<script>alert(2)</script>{{7*7}}\u202e`

/** A company with some vouchers, and its administrator at a browser. */
async function books() {
  const company = await app.company()
  const path = `/companies/${company.id}`
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Hotell Fossen AS' } })
  const post = async (draft: Record<string, unknown> = {}) => {
    const posted = await company.call('/vouchers', { body: simpleDraft(draft) })
    if (posted.status !== 201) throw new Error(posted.text)
    return posted.json as { id: string; series: string; number: number; hash: string }
  }
  return { company, path, post, browser: await memberOf(app, company.id, 'administrator') }
}
const line = (account: string, amount: number, more: object = {}) => ({ account, amount, ...more })
const spaced = (text: string) => text.replaceAll('\u00a0', ' ')

describe('every page', () => {
  test('says its language and appearance, brings nothing from elsewhere and runs nothing inline', async () => {
    const { path, browser } = await books()
    for (const page of [
      '/vouchers',
      '/trial-balance',
      '/general-ledger',
      '/reports',
      '/reports/income-statement?columns=by:department',
      '/reports/balance-sheet',
      '/reports/key-figures',
      '/reports/liquidity',
      '/reports/voucher-journal',
      '/reports/party-specification',
      '/reports/number-series',
      '/reports/changes?since=0',
      '/reports/explanation',
      '/reports/layouts',
      '/reports/layouts/new?from=income-statement',
      '/reports/saved/new?report=income-statement',
      '/exports',
      '/accounts',
      '/imports',
      '/old-ledgers',
      '/accounts/1920',
      '/parties',
      '/open-items',
      '/open-items/ageing',
      '/open-items/automatic',
      '/periods',
      '/currency',
      '/dimensions',
      '/dimensions/project',
      '/settings/profile',
      '/currency/revaluation',
      '/settings',
    ]) {
      const { status, html, headers } = await browser.get(path + page)
      expect([page, status]).toEqual([page, 200])
      expect(html).toMatch(/^<!doctype html><html lang="nb" data-color-scheme="auto" data-size="sm">/)
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html).toContain('<a class="ds-skip-link" href="#main">')
      const policy = headers.get('content-security-policy')!
      const nonce = /'nonce-([\w-]+)'/.exec(policy)![1]
      expect(policy).toContain("default-src 'none'; script-src 'self' 'nonce-")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe-eval')
      for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
        expect(body).toBe('')
        expect(attributes).toContain(`nonce="${nonce}"`)
      }
      expect(html).not.toMatch(/\s(on\w+|style)="/)
      expect([...html.matchAll(/(?:src|href)="(https?:)?\/\//g)]).toEqual([])
      expect(headers.get('cache-control')).toBe('no-store')
    }
  })
  test('remembers language and appearance in cookies, by forms that need no script', async () => {
    const { path, browser } = await books()
    const here = `${path}/vouchers?text=a`
    expect((await browser.post('/preferences', { language: 'en', return: here })).location).toBe(here)
    await browser.post('/preferences', { scheme: 'dark', return: here })
    const { html } = await browser.get(here)
    expect(html).toContain('<html lang="en" data-color-scheme="dark"')
    expect(textOf(html)).toContain('Trial balance')
    expect(textOf(html)).toContain('Save the selection') // a list that is narrowed can be kept under a name
    expect((await browser.post('/preferences', { scheme: 'pink', return: '//evil.example' })).location).toBe('/')
    expect((await browser.get(here)).html).toContain('data-color-scheme="dark"')
    expect((await browser.post('/preferences', { language: 'nb' }, { origin: 'https://evil.example' })).status).toBe(
      403,
    )
  })
  test('shows in its menu what the role may see, and refuses the rest', async () => {
    const { company, path } = await books()
    const seen: Record<string, string> = {}
    for (const role of ROLES) {
      const browser = await memberOf(app, company.id, role)
      const statuses = await Promise.all(
        [
          '/vouchers',
          '/vouchers/new',
          '/trial-balance',
          '/accounts',
          '/accounts/new',
          '/open-items',
          '/open-items/automatic',
          '/periods',
          '/settings',
        ].map(async (page) => (await browser.get(path + page)).status),
      )
      const { html } = await browser.get(`${path}/settings`)
      const menu = [...html.matchAll(/data-go="([A-Z])"/g)].map((m) => m[1]).join('')
      seen[role] = `${menu} ${statuses.join(' ')}`
    }
    expect(seen).toMatchInlineSnapshot(`
      {
        "accountant": "KGBDFNQTEASHUXMRPOJVCZLWI 200 200 200 200 200 200 200 200 200",
        "administrator": "KGBDFNQTEASHUXMRPOJVCZLWIY 200 200 200 200 200 200 200 200 200",
        "approver": "KGBDFNQTEASHUXMRPOJVCZLWI 200 403 200 200 403 200 403 200 200",
        "auditor": "KGBDFNQTEASHUXMRPOJVCZLWIY 200 403 200 200 403 200 403 200 200",
        "employee": "KI 403 403 403 403 403 403 403 403 200",
        "payer": "KNRPOJVI 403 403 403 200 403 200 403 403 200",
        "reader": "KGBDFNQTEASHUXMRPOJVCZLWI 200 403 200 200 403 200 403 200 200",
      }
    `)
  })
  test('tells people what is wrong on a page, and programs in JSON', async () => {
    const { path, browser } = await books()
    const lost = await browser.get(`${path}/nothing-here`)
    expect(lost.status).toBe(404)
    expect(textOf(lost.html)).toContain('Siden finnes ikke')
    const others = await browser.get('/companies/cmp_00000000000000000000000000/vouchers')
    expect(others.status).toBe(404)
    expect(textOf(others.html)).not.toContain('Lofthus')
    const api = await app.call('/api/v1/nothing', { key: null, headers: { accept: 'text/html' } })
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    const program = await app.call(`${path}/nothing-here`, { key: null, headers: { accept: 'application/json' } })
    expect(program.json.code).toBe('request/not-found')
    const outside = await visitor(app).get(`${path}/vouchers`)
    expect([outside.status, outside.html.includes('name="password"')]).toEqual([401, true])
  })
  test('shows what people wrote as text, whatever it is', async () => {
    const { company, path, post, browser } = await books()
    await company.call('/parties', { body: { kind: 'customer', number: '10066', name: HOSTILE } })
    await company.call('', { method: 'PATCH', body: { name: HOSTILE } })
    const { id } = await post({
      text: HOSTILE,
      lines: [line('1500:10066', 10_000, { text: HOSTILE }), line('3000', -10_000, { text: HOSTILE, vatCode: '3' })],
    })
    await company.call(`/vouchers/${id}/reversal`, {
      body: { id: voucherId(), voucherDate: `${year}-02-01`, reason: HOSTILE },
    })
    for (const page of [
      '/vouchers',
      `/vouchers/${id}`,
      `/trial-balance?account=3000&voucher=${id}`,
      '/general-ledger?account=1500',
      '/parties',
      '/parties/customer/10066',
      `/vouchers?text=${encodeURIComponent(HOSTILE)}&fromDate=${encodeURIComponent(HOSTILE)}`,
      `/general-ledger?account=${encodeURIComponent(HOSTILE)}`,
      '/settings',
    ]) {
      const { html, status } = await browser.get(path + page)
      expect([page, status]).toEqual([page, 200])
      expect(html).not.toMatch(/<img|<script>alert|onerror=alert\(1\)>/)
      expect(textOf(html)).toContain('<img src=x onerror=alert(1)>"\'&')
    }
    const found = await browser.get(`${path}/find?text=${encodeURIComponent('<img')}`)
    expect(found.headers.get('content-type')).toMatch(/^application\/json/)
  })
})

describe('the status line', () => {
  test('has two strokes while the balances sum to zero, and says what is left when they do not', async () => {
    const { company, path, post, browser } = await books()
    const state = async () => textOf((await browser.get(`${path}/periods`)).html.split('class="hb-bottom"')[1]!)
    expect(await state()).toContain('Ingen bilag ennå')
    await post()
    expect(await state()).toMatch(/I balanse\s+Hovedbokversjon 1\s+Ingen låste perioder/)
    await company.call('/locks', {
      body: { fromMonth: `${year - 1}-01`, toMonth: `${year - 1}-12`, level: 'hard', reason: 'Ferdig' },
    })
    expect(await state()).toContain(`Låst til og med 31.12.${year - 1}`)
    await company.db.execute("update balance set debit = debit + 12345 where account = '1920'")
    expect(await state()).toContain('Ikke i balanse, 123,45 igjen')
  })
})

describe('the list of clients', () => {
  test('counts them, and says which are not in balance', async () => {
    const one = await books()
    await one.post()
    const heading = async () => /<h1>(.*?)<\/h1>/.exec((await one.browser.get('/')).html)![1]
    expect(await heading()).toBe('1 klient, i balanse')
    const other = await app.company({ name: 'Ånde AS', organisationNumber: '974760673' })
    await app.call(`${other.path}/members`, { body: { email: one.browser.email, role: 'reader' } })
    expect(await heading()).toBe('2 klienter, alle i balanse')
    const listed = async (query: string) =>
      [...(await one.browser.get(`/?${query}`)).html.matchAll(/hb-row-link"[^>]*>([^<]+)</g)].map((m) => m[1])
    expect(await listed('text=%C3%85NDE')).toEqual(['Ånde AS'])
    for (const none of ['ingen', 'nu', 'null']) expect([none, await listed(`text=${none}`)]).toEqual([none, []])
    expect(await listed('text=974%20760')).toEqual(['Ånde AS'])
    expect(await listed('mine=yes')).toHaveLength(2) // nobody's clients are mine: all are shown
    const office = (await app.call('/api/v1/offices', { body: { name: 'Tall AS' } })).json.id
    for (const [sql, ...args] of [
      ['update company set office = ? where id = ?', office, other.id],
      ["insert into office_member values (?, ?, 'administrator', '2026-01-01')", office, one.browser.id],
      [
        "insert into client_assignment values (?, ?, 'responsible', 'reader', 'x', '2026-01-01')",
        other.id,
        one.browser.id,
      ],
    ] as [string, ...string[]][])
      await controlDatabase(app.env).execute({ sql, args })
    expect(await listed('mine=yes')).toEqual(['Ånde AS'])
    await one.company.db.execute("update balance set debit = debit + 1 where account = '1920'")
    expect(await heading()).toBe('2 klienter, 1 ikke i balanse')
  })
  test('opens a company by form, and says what is wrong in the form', async () => {
    const browser = await memberOf(app, (await app.company()).id, 'administrator')
    const wrong = await browser.post('/companies/new', {
      name: 'Nye AS',
      organisationNumber: '313482902',
      fromYear: '2025',
      toYear: '2026',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toMatch(/id="field-organisationNumber"[^>]*aria-invalid="true"/)
    expect(wrong.html).toContain('value="Nye AS"')
    const made = await browser.submit('/companies/new', {
      name: 'Nye AS',
      organisationNumber: '313 482 901',
      fromYear: '2025',
      toYear: '2026',
      vatRegistered: 'yes',
    })
    const vouchers = await browser.get(made.location!)
    expect(textOf(vouchers.html)).toContain('Oversikt')
    expect(textOf((await browser.get('/')).html)).toContain('Nye AS 313 482 901')
  })
})

describe('vouchers', () => {
  test('are listed newest first, and found by number, text, type and day', async () => {
    const { path, post, browser } = await books()
    for (let day = 1; day <= 5; day++)
      await post({ text: `Husleie ${day}`, voucherDate: `${year}-01-0${day}`, type: day === 5 ? 'bank' : 'general' })
    const names = async (query: string) =>
      [...(await browser.get(`${path}/vouchers?${query}`)).html.matchAll(/hb-row-link"[^>]*>([^<]+)</g)].map((m) =>
        spaced(m[1]!).replace(`${year}-`, ''),
      )
    expect(await names('')).toEqual(['BK 1', 'HB 4', 'HB 3', 'HB 2', 'HB 1'])
    expect(await names('text=HB+2')).toEqual(['HB 2'])
    // A number alone: the vouchers of that number, then those it stands in, as kroner and the rest.
    await post({
      text: 'Overnatting',
      lines: [line('1500:10001', 300, { invoiceNumber: '884213' }), line('3900', -300)],
    })
    expect(await names('text=3')).toEqual(['HB 3', 'HB 5'])
    expect(await names('text=884213')).toEqual(['HB 5'])
    expect(await names('text=10001')).toEqual(['HB 5'])
    expect(await names(`text=${year}-1`)).toEqual(['BK 1', 'HB 1'])
    expect(await names('text=husleie+3')).toEqual(['HB 3'])
    expect(await names('type=bank')).toEqual(['BK 1'])
    expect(await names(`fromDate=02.01.${year}&toDate=0301${String(year).slice(2)}`)).toEqual(['HB 3', 'HB 2'])
    const none = await browser.get(`${path}/vouchers?text=strøm&type=bank`)
    expect(textOf(none.html)).toContain('Søkte etter «strøm», Bank.')
  })
  test('show entries, VAT, trail and place in the chain', async () => {
    const { path, post, browser } = await books()
    await post()
    const { id, hash } = await post({
      text: 'Strøm mars',
      lines: [line('6340', 125_000, { vatCode: '1', text: 'Strøm' }), line('1920', -125_000)],
    })
    const { html } = await browser.get(`${path}/vouchers/${id}`)
    const text = textOf(html)
    expect(text).toContain('6340 Lys og varme 1 Strøm 1 000,00')
    expect(text).toContain('2710 Inngående mva, høy sats 1 Inngående mva 25 % 250,00')
    expect(text).toContain('Debet = kredit 1 250,00 1 250,00')
    expect(text).toContain('Drift bokførte Fikk nummer HB ')
    expect(html).toContain(hash)
    expect(html).toMatch(/data-key="K"/)
    expect((await browser.get(`${path}/vouchers/vch_00000000000000000000000000`)).status).toBe(404)
  })
  test('are reversed by a form, once, and both say so', async () => {
    const { path, post, browser } = await books()
    const { id } = await post()
    const page = await browser.get(`${path}/vouchers/${id}`)
    const form = {
      id: /name="id" value="(vch_\w+)"/.exec(page.html)![1]!,
      voucherDate: `20.02.${year}`,
      reason: 'Feil konto',
    }
    const done = await browser.submit(`${path}/vouchers/${id}/reversal`, form)
    expect(textOf(done.html)).toMatch(/HB \d{4}-2 .*Tilbakefører HB \d{4}-1/)
    const original = textOf((await browser.get(`${path}/vouchers/${id}`)).html)
    expect(original).toContain(`Med HB ${year}-2, datert 20.02.${year}. Grunn: «Feil konto»`)
    expect(original).not.toContain('Tilbakefør bilaget')
    const again = await browser.submit(`${path}/vouchers/${id}/reversal`, form)
    expect(textOf(again.html)).toMatch(/HB \d{4}-2/)
    const other = await browser.post(`${path}/vouchers/${id}/reversal`, { ...form, id: voucherId() })
    expect([other.status, textOf(other.html)]).toEqual([
      422,
      expect.stringContaining('Bilaget er allerede tilbakeført.'),
    ])
  })
  test('keep what was typed when a reversal is refused, and say the cure', async () => {
    const { company, path, post, browser } = await books()
    const { id } = await post()
    await company.call('/locks', {
      body: { fromMonth: `${year}-01`, toMonth: `${year}-01`, level: 'hard', reason: 'Avstemt' },
    })
    const page = await browser.get(`${path}/vouchers/${id}`)
    expect(page.html).toContain(`value="01.02.${year}"`)
    expect(textOf(page.html)).toContain(`Januar ${year} er låst. En tilbakeføring får dato fra 01.02.${year}`)
    for (const [voucherDate, message] of [
      [`15.01.${year}`, `Januar ${year} er låst. Velg en dato fra 01.02.${year}.`],
      ['31.02.', 'Datoen finnes ikke.'],
    ] as const) {
      const refused = await browser.post(`${path}/vouchers/${id}/reversal`, {
        id: voucherId(),
        voucherDate,
        reason: 'Derfor',
      })
      expect(refused.status).toBeGreaterThanOrEqual(422)
      expect(textOf(refused.html)).toContain(message)
      expect(refused.html).toMatch(/id="reverse"[^>]*data-open-now/)
      expect(refused.html).toContain('value="Derfor"')
    }
    const reader = await memberOf(app, company.id, 'reader')
    expect(
      (await reader.post(`${path}/vouchers/${id}/reversal`, { reason: 'x', voucherDate: `20.02.${year}` })).status,
    ).toBe(403)
    expect((await reader.get(`${path}/vouchers/${id}`)).html).not.toContain('id="reverse"')
  })
})

describe('reports', () => {
  test('the trial balance shows what the API answers, with its proof', async () => {
    const { company, path, post, browser } = await books()
    await post({ lines: [line('1500:10001', 250_000), line('3000', -250_000, { vatCode: '3' })] })
    await post({ lines: [line('6300', 40_000), line('1920', -40_000)] })
    const report = (await company.call('/reports/trial-balance')).json
    const { html } = await browser.get(`${path}/trial-balance`)
    for (const row of report.rows) {
      const own = html.slice(html.indexOf(`<td class="hb-accno">${row.account}</td>`))
      expect(spaced(own.slice(0, own.indexOf('</tr>')))).toContain(spaced(kroner(row.closing, 'nb')))
    }
    expect(textOf(html)).toContain('Bevist')
    expect(textOf(html)).toContain('1500 = kundereskontro 2 500,00')
    expect(html).toContain('class="hb-total"')
    expect(textOf(html)).toMatch(/Resultat, overskudd 400,00 2 000,00 −1 600,00 Sum alle konti/)
    const verify = /href="(\/api\/v1\/[^"]+reports\/trial-balance[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&')
    expect((await app.call(verify)).json.hash).toBe(
      (await company.call('/reports/trial-balance?atVersion=2')).json.hash,
    )
  })
  test('a failing check stands first, in words, and takes the two strokes away', async () => {
    const { company, path, post, browser } = await books()
    await post({ lines: [line('1500:10001', 250_000), line('3000', -250_000, { vatCode: '3' })] })
    await company.db.execute("update party_balance set debit = debit - 100 where account = '1500'")
    const { html } = await browser.get(`${path}/trial-balance`)
    expect(textOf(html)).toContain('Ikke bevist 1500 avviker 1,00 fra kundereskontro 2 499,00')
    expect(html).toMatch(/<tr class="hb-total" data-broken/)
  })
  test('drills from a figure to its entries and to the voucher', async () => {
    const { path, post, browser } = await books()
    const first = await post({ lines: [line('6300', 40_000, { text: 'Leie januar' }), line('1920', -40_000)] })
    await post({ voucherDate: `${year}-02-15`, lines: [line('6300', 41_000), line('1920', -41_000)] })
    const drilled = await browser.get(`${path}/trial-balance?account=6300`)
    const aside = textOf(drilled.html.split('<aside')[1]!)
    expect(aside).toMatch(
      /Leie januar 400,00 400,00 15\.02\. HB \d{4}-2 Prøve 410,00 810,00 Sum = utgående saldo 810,00/,
    )
    expect(drilled.html).toMatch(/<tr data-chosen[^>]*><td class="hb-accno">6300/)
    const peek = await browser.get(`${path}/trial-balance?account=6300&voucher=${first.id}`)
    expect(textOf(peek.html.split('class="hb-peek"')[1]!)).toMatch(
      /Åpne bilag V 6300 Leie lokaler.* 400,00 1920 Bankinnskudd −400,00 0,00/,
    )
    const unknown = await browser.get(`${path}/trial-balance?account=0000`)
    expect(unknown.status).toBe(422)
  })
  test('show another day’s knowledge, and say when a day does not exist', async () => {
    const { path, post, browser } = await books()
    await post()
    const before = await browser.get(`${path}/trial-balance?knownAt=01.01.${year - 1}`)
    expect(textOf(before.html)).toContain('Ingen posteringer i disse dagene')
    expect(textOf(before.html)).toContain(`slik kjent 01.01.${year - 1}`)
    const wrong = await browser.get(`${path}/trial-balance?toDate=31.02.2026`)
    expect(textOf(wrong.html)).toContain('Datoen finnes ikke. Skriv den som dag.måned.år')
    expect(wrong.html).toMatch(/name="toDate"[^>]*value="31\.02\.2026"[^>]*aria-invalid="true"/)
  })
  test('the general ledger opens, runs and closes, and goes on where a page ended', async () => {
    const { path, post, browser } = await books()
    await post({ voucherDate: `${year - 1}-12-31` })
    await post({ lines: [line('1920', 5_000), line('2900', -5_000)] })
    const { html } = await browser.get(`${path}/general-ledger?account=1920`)
    expect(textOf(html)).toMatch(
      /1920 Bankinnskudd .* Inngående saldo 100,00 HB \d{4}-1 15\.01\.\d{4} Prøve 50,00 150,00 Utgående saldo 50,00 0,00 150,00/,
    )
    expect(html).toContain(
      '<dt>forrige periode</dt><dd><kbd>P</kbd></dd></div><div><dt>neste periode</dt><dd><kbd>N</kbd>',
    )
    expect(html).not.toContain('<dt>Før bilag</dt><dd><kbd>N</kbd>') // here N is the next period
    const range = await browser.get(`${path}/general-ledger?account=1900-2999`)
    expect(range.html).toContain('<kbd>N</kbd>')
    expect(textOf(range.html)).toMatch(/1920 Bankinnskudd Inngående saldo.*2900 .* Inngående saldo −100,00/)
    const unknown = await browser.get(`${path}/general-ledger?account=0001`)
    expect(textOf(unknown.html)).toContain('Konto 0001 finnes ikke.')
  })
})

describe('the command line', () => {
  test('finds pages, vouchers by number and amount, parties, accounts and clients', async () => {
    const { company, path, post, browser } = await books()
    await post({ text: 'Kontorpakke', lines: [line('6420', 587_250), line('1920', -587_250)] })
    const find = async (text: string) => {
      const { html } = await browser.get(`${path}/find?text=${encodeURIComponent(text)}`)
      const { groups } = JSON.parse(html) as { groups: { title: string; items: { text: string }[] }[] }
      return Object.fromEntries(groups.map((g) => [g.title, g.items.map((i) => spaced(i.text))]))
    }
    expect(await find('saldo')).toEqual({ Sider: ['Saldobalanse'] })
    expect(await find('før bilag')).toEqual({ Gjør: ['Nytt bilag'] })
    expect((await find('aldersf')).Sider).toEqual(['Aldersfordelt'])
    expect(await find('roller')).toEqual({ Sider: ['Roller'] })
    expect((await find('5 872,50')).Bilag).toEqual([`HB ${year}-1 Kontorpakke`])
    await company.call('/parties', { body: { kind: 'customer', number: '10002', name: 'Øvrige Ånå AS' } })
    const lines = [line('1500:10002', 24_000, { invoiceNumber: '884213' }), line('3900', -24_000)]
    await post({ text: 'Overnatting', lines })
    for (const text of ['884213', 'øvrige ånå', '10002', '240', 'HB 2'])
      expect([text, (await find(text)).Bilag]).toEqual([text, [`HB ${year}-2 Overnatting`]])
    expect((await find('ØVRIGE'))['Kunder og leverandører']).toEqual(['10002 Øvrige Ånå AS'])
    expect((await find(`HB ${year}-1`)).Bilag).toEqual([`HB ${year}-1 Kontorpakke`])
    expect((await find('fossen'))['Kunder og leverandører']).toEqual(['10001 Hotell Fossen AS'])
    expect((await find('6420')).Konti).toEqual(['6420 Leie datasystem og programvare'])
    expect(await find('%_\\')).toEqual({})
  })
})
