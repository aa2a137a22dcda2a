import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { confirmed } from '#tests/support/approve.ts'
import { memberOf, textOf, visitor } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const year = new Date().getFullYear()

async function company() {
  const own = await app.company()
  return { ...own, page: `/companies/${own.id}`, browser: await memberOf(app, own.id, 'administrator', 'Ane Admin') }
}

/** The value of a form's field as the page shows it. */
const shownIn = (html: string, name: string): string | undefined =>
  new RegExp(`<input[^>]*name="${name}"[^>]*?value="([^"]*)"`).exec(html)?.[1]

describe('the chart of accounts', () => {
  test('gets a new account by form, which may be changed and taken away', async () => {
    const { page, browser, call } = await company()
    const made = await browser.submit(`${page}/accounts`, { number: '6341', nameNb: 'Fjernvarme', defaultVatCode: '1' })
    expect(textOf(made.html)).toContain('6341 Fjernvarme')
    const version = shownIn(made.html, 'version')!
    await browser.post(`${page}/accounts/6341`, {
      nameNb: 'Fjernvarme og kjøling',
      closedFrom: `31.12.${year}`,
      version,
    })
    const { json } = await call('/accounts/6341')
    expect(json).toMatchObject({
      nameNb: 'Fjernvarme og kjøling',
      nameEn: 'Fjernvarme',
      defaultVatCode: null,
      closedFrom: `${year}-12-31`,
    })
    const stale = await browser.post(`${page}/accounts/6341`, { nameNb: 'For sent', version })
    expect([stale.status, textOf(stale.html)]).toEqual([409, expect.stringContaining('Noen andre har endret dette.')])
    expect(shownIn(stale.html, 'nameNb')).toBe('For sent')
    expect((await browser.post(`${page}/accounts/6341/removal`, {})).status).toBe(303)
    expect((await call('/accounts/6341')).status).toBe(404)
  })
  test('says in each field what is wrong with it, and keeps what was typed', async () => {
    const { page, browser } = await company()
    const refused = await browser.post(`${page}/accounts`, {
      number: '19 20',
      closedFrom: '31.02.2026',
      groupingCode: '1',
    })
    expect(refused.status).toBe(422)
    for (const name of ['number', 'nameNb', 'closedFrom'])
      expect(refused.html).toMatch(
        new RegExp(`id="field-${name}"[^>]*aria-invalid="true"[^>]*aria-describedby="fault-${name}`),
      )
    expect(shownIn(refused.html, 'closedFrom')).toBe('31.02.2026')
    expect(refused.html).toContain('href="#field-nameNb"')
    const taken = await browser.post(`${page}/accounts`, { number: '1920', nameNb: 'Bank' })
    expect(textOf(taken.html)).toContain('Konto 1920 finnes allerede.')
  })
})

describe('parties', () => {
  test('are registered by form, with numbers as people write them', async () => {
    const { page, browser, call } = await company()
    const made = await browser.submit(`${page}/parties`, {
      kind: 'supplier',
      name: 'Tegnverk Norge AS',
      organisationNumber: '313 482 901',
      bankAccount: '1503.22.48176',
      paymentTermsDays: '30',
      country: 'no',
      active: 'yes',
    })
    expect(textOf(made.html)).toMatch(/Tegnverk Norge AS Leverandør 20000 · 313 482 901/)
    const { json } = await call('/parties/supplier/20000')
    expect(json).toMatchObject({
      bankAccount: '15032248176',
      paymentTermsDays: 30,
      country: 'NO',
      controlAccount: '2400',
    })
    const form = await browser.get(`${page}/parties/supplier/20000/edit`)
    expect(shownIn(form.html, 'name')).toBe('Tegnverk Norge AS')
    await browser.post(`${page}/parties/supplier/20000`, {
      name: 'Tegnverk AS',
      version: shownIn(form.html, 'version')!,
    })
    const changed = (await call('/parties/supplier/20000')).json
    expect(changed).toMatchObject({ name: 'Tegnverk AS', active: false, bankAccount: null, controlAccount: '2400' })
    expect(textOf((await browser.get(`${page}/parties?kind=supplier&q=tegn`)).html)).toContain(
      'Tegnverk AS Ikke i bruk',
    )
  })
  test('are refused in words', async () => {
    const { page, browser } = await company()
    const refused = await browser.post(`${page}/parties`, {
      kind: 'customer',
      name: 'Feil AS',
      organisationNumber: '313482902',
      bankAccount: '15032248175',
      paymentTermsDays: 'tretti',
      email: 'ingen',
    })
    expect(refused.status).toBe(422)
    expect(textOf(refused.html)).toContain('4 ting må rettes')
    expect(refused.html).toMatch(/id="field-paymentTermsDays"[^>]*aria-invalid="true"/)
  })
})

describe('periods', () => {
  test('are locked with a reason, sealed, logged, and opened again by an administrator only', async () => {
    const { id, page, browser } = await company()
    const accountant = await memberOf(app, id, 'accountant', 'Rune Regnskap')
    const lock = { fromMonth: `${year}-01`, toMonth: `${year}-02`, level: 'hard' }
    const without = await accountant.post(`${page}/periods`, lock)
    expect([without.status, without.html]).toEqual([
      422,
      expect.stringMatching(/id="field-reason"[^>]*aria-invalid="true"/),
    ])
    const locked = textOf((await accountant.submit(`${page}/periods`, { ...lock, reason: 'Avstemt' })).html)
    expect(locked).toMatch(/Låste januar \d{4} til februar \d{4} Rune Regnskap Avstemt/)
    const open = { ...lock, level: 'open', reason: 'Glemt bilag' }
    expect((await accountant.post(`${page}/periods`, open)).status).toBe(403)
    const opened = textOf((await browser.submit(`${page}/periods`, open)).html)
    expect(opened).toMatch(/Åpnet januar \d{4} til februar \d{4} Ane Admin Glemt bilag/)
  })
  test('get another fiscal year with one button, or a deviating one by its days', async () => {
    const { page, browser } = await company()
    expect((await browser.get(`${page}/periods`)).html).not.toContain(`/years/${year + 2}"`)
    expect((await browser.submit(`${page}/fiscal-years`, {})).html).toContain(`/years/${year + 2}"`)
    const short = { year: String(year + 3), firstDate: '', lastDate: `30.06.${year + 3}` }
    expect((await browser.submit(`${page}/fiscal-years`, short)).html).toContain(`/years/${year + 3}"`)
    const wrong = await browser.submit(`${page}/fiscal-years`, { lastDate: `15.06.${year + 4}` })
    expect(textOf(wrong.html)).toContain('Regnskapsåret må ha hele måneder')
  })
})

const control = () => controlDatabase(app.env)
/** The path of the link in the newest e-mail to an address. */
async function linkTo(email: string): Promise<string> {
  const { rows } = await control().execute({
    sql: 'select text from mailbox where recipient = ? order by at desc',
    args: [email],
  })
  return /\/invitation\/[\w-]+/.exec(String(rows[0]!.text))![0]
}

describe('settings', () => {
  test('change the company, and say what is wrong', async () => {
    const { page, browser, call } = await company()
    const form = await browser.get(`${page}/settings`)
    const sent = { name: 'Nytt Navn AS', vatRegistered: 'yes', vatAmountLimit: '2,50', cutOverDate: `01.01.${year}` }
    const done = await browser.submit(`${page}/settings/company`, { ...sent, version: shownIn(form.html, 'version')! })
    expect(textOf(done.html)).toContain('Nytt Navn AS')
    expect((await call('')).json).toMatchObject({
      name: 'Nytt Navn AS',
      vatAmountLimit: 250,
      cutOverDate: `${year}-01-01`,
      vatRegistered: true,
    })
    const refused = await browser.post(`${page}/settings/company`, {
      ...sent,
      vatAmountLimit: 'mye',
      organisationNumber: '1',
    })
    expect(refused.html).toMatch(/id="field-company-vatAmountLimit"[^>]*aria-invalid="true"/)
    expect(refused.html).toMatch(/id="field-company-organisationNumber"[^>]*aria-invalid="true"/)
  })
  test('tell a key once, and revoke it', async () => {
    const { id, page, browser } = await company()
    const made = await confirmed(app, browser, `${page}/settings/keys`, { name: 'Skript', scopes: 'ledger:read' })
    const key = /<code class="hb-secret">(hbk_\w+)</.exec(made.html)![1]!
    expect((await app.call(`/api/v1/companies/${id}/vouchers`, { key })).status).toBe(200)
    expect((await app.call(`/api/v1/companies/${id}/accounts`, { key })).status).toBe(403)
    const empty = await browser.post(`${page}/settings/keys`, { name: 'Uten rett' })
    expect([empty.status, textOf(empty.html)]).toEqual([422, expect.stringContaining('Hva nøkkelen kan gjøre')])
    const list = await browser.get(`${page}/settings/keys`)
    expect(list.html).not.toContain(key)
    const revoke = /action="([^"]+\/revocation)"/.exec(list.html)![1]!
    expect(textOf((await browser.submit(revoke, {})).html)).toContain('Trukket tilbake')
  })
  test('invite somebody new, who chooses a password by a link that works once', async () => {
    const { id, page, browser } = await company()
    const email = `ny-${id.slice(-6)}@kvist.example`
    const asked = await browser.post(`${page}/members`, { email, name: 'Nils Ny', role: 'accountant' })
    expect(textOf(asked.html)).toContain(`${email} inviteres med rollen regnskapsfører`)
    const made = await confirmed(app, browser, `${page}/members`, { email, name: 'Nils Ny', role: 'accountant' })
    expect(textOf(made.html)).toContain(`Invitasjonen er sendt til ${email}`)
    const link = await linkTo(email)
    expect(textOf((await browser.get(`${page}/members`)).html)).toContain('Venter på svar')
    const guest = visitor(app)
    const form = await guest.get(link)
    expect(textOf(form.html)).toMatch(/Ane Admin inviterer deg til .* som regnskapsfører\. Velg et passord for/)
    const short = await guest.post(link, { password: 'kort' })
    expect([short.status, textOf(short.html)]).toEqual([422, expect.stringContaining('minst 12 tegn')])
    const inside = await guest.submit(link, { password: 'fire tilfeldige ord nok' })
    expect(inside.status).toBe(303) // from the company to its first page
    expect((await guest.get(`${page}/vouchers/new`)).status).toBe(200)
    const late = await visitor(app).get(link)
    expect([late.status, textOf(late.html)]).toEqual([
      404,
      expect.stringContaining('Lenken er brukt, trukket tilbake eller for gammel.'),
    ])
    expect((await visitor(app).post(link, { password: 'en annens lange passord' })).status).toBe(404)
    expect((await visitor(app).post('/sign-in', { email, password: 'fire tilfeldige ord nok' })).status).toBe(303)
  })
  test('a link opens the place it is for and no other, also when others invite the same address', async () => {
    const [one, other] = [await company(), await company()]
    const invited = { email: `to-${one.id.slice(-6)}@kvist.example`, name: 'Eva', role: 'reader' }
    await confirmed(app, one.browser, `${one.page}/members`, invited)
    const link = await linkTo(invited.email)
    await confirmed(app, other.browser, `${other.page}/members`, invited)
    const second = await linkTo(invited.email)
    // Where no e-mail is sent, whoever made the first link may take it up themselves.
    await control().execute({ sql: 'update invitation set mailed = 0 where email = ?', args: [invited.email] })
    const guest = visitor(app)
    await guest.submit(link, { password: 'fire tilfeldige ord nok' })
    expect((await guest.get(`${one.page}/vouchers`)).status).toBe(200)
    expect((await guest.get(`${other.page}/vouchers`)).status).toBe(404)
    // The address is not known to be theirs, so nobody adds them without a link either.
    const added = await app.call(`/api/v1${other.page}/members`, { body: { email: invited.email, role: 'reader' } })
    expect(added.json.issues[0].code).toBe('user/email-unverified')
    // The other link asks whoever has it to sign in, and sets no password.
    const stranger = visitor(app)
    expect((await stranger.post(second, { password: 'en annens lange passord' })).html).toContain('type="password"')
    expect(
      (await visitor(app).post('/sign-in', { email: invited.email, password: 'en annens lange passord' })).status,
    ).toBe(401)
    expect((await guest.post(second, {})).status).toBe(303)
    expect((await guest.get(`${other.page}/vouchers`)).status).toBe(200)
  })
  test('withdraw an invitation, make a new link, and refuse somebody else’s', async () => {
    const { id, page, browser } = await company()
    const invited = { email: `tre-${id.slice(-6)}@kvist.example`, name: 'Tre', role: 'reader' }
    await confirmed(app, browser, `${page}/members`, invited)
    const first = await linkTo(invited.email)
    const again = /action="([^"]+\/link)"/.exec((await browser.get(`${page}/members`)).html)![1]!
    await confirmed(app, browser, again, {})
    const second = await linkTo(invited.email)
    expect((await visitor(app).get(first)).status).toBe(404)
    expect((await browser.post(second, {})).status).toBe(403)
    expect((await browser.post(again.replace(/link$/, 'withdrawal'), {})).status).toBe(200)
    expect((await visitor(app).get(second)).status).toBe(404)
  })
  test('give another role, take access away, and never leave a company without an administrator', async () => {
    const { id, page, browser } = await company()
    const reader = await memberOf(app, id, 'reader', 'Lise Leser')
    await confirmed(app, browser, `${page}/members/${reader.id}`, { role: 'accountant' })
    const rights = textOf((await browser.get(`${page}/members/${reader.id}`)).html)
    expect(rights).toMatch(/Lise Leser kan .*bokføre bilag.* Lise Leser kan ikke .*gi og fjerne tilgang/)
    const own = await browser.post(`${page}/members/${browser.id}`, { role: 'reader' })
    expect(own.status).toBe(422)
    expect((await reader.post(`${page}/members/${browser.id}/removal`, {})).status).toBe(403)
    const removed = await confirmed(app, browser, `${page}/members/${reader.id}/removal`, {})
    expect(textOf(removed.html)).toContain('Lise Leser har ikke tilgang lenger.')
    expect((await reader.get(`${page}/vouchers`)).status).toBe(404)
  })
  test('are read by those who may not change them', async () => {
    const { id, page } = await company()
    const reader = await memberOf(app, id, 'reader')
    const { html } = await reader.get(`${page}/settings`)
    expect(textOf(html)).toContain('Rollen din kan se dette, men ikke endre det.')
    expect(html).not.toContain('API-nøkler')
    for (const [path, form] of [
      ['/settings/company', { name: 'x' }],
      ['/settings/keys', { name: 'x', role: 'reader' }],
      ['/members', { email: 'a@b.example', role: 'reader' }],
      ['/accounts', { number: '6341', nameNb: 'x' }],
      ['/parties', { kind: 'customer', name: 'x' }],
      ['/periods', { fromMonth: `${year}-01`, toMonth: `${year}-01`, level: 'soft', reason: 'x' }],
      ['/fiscal-years', {}],
    ] as const)
      expect([path, (await reader.post(page + path, form as Record<string, string>)).status]).toEqual([path, 403])
  })
})

describe('a form', () => {
  test('is taken from our own pages only, and only as a form', async () => {
    const { page, browser } = await company()
    const form = { name: 'x', role: 'reader' }
    for (const origin of ['https://evil.example', 'null', null])
      expect((await browser.post(`${page}/settings/keys`, form, { origin })).status).toBe(403)
    const site = { headers: { 'sec-fetch-site': 'same-site' } }
    expect((await browser.post(`${page}/settings/keys`, form, site)).status).toBe(403)
    const json = { headers: { 'content-type': 'text/plain' } }
    expect((await browser.post(`${page}/settings/keys`, form, json)).status).toBe(415)
    expect((await browser.post(`${page}/settings/keys`, { name: 'x'.repeat(70_000) })).status).toBe(413)
    expect(textOf((await browser.get(`${page}/settings/keys`)).html)).toContain('Ingen nøkler ennå.')
  })
})

test('a VAT term that is over and settled is marked as filed, and a document that comes late goes to the next', async () => {
  const { page, browser, call } = await company()
  const [term, late] = [`${year - 1}-T1`, { voucherDate: `${year - 1}-05-05`, documentDate: `${year - 1}-02-20` }]
  const address = `${page}/vat-specification?term=${term}`
  expect((await browser.get(address)).html).toContain('Merk som levert')
  const filed = await browser.submit(`${page}/vat-filings`, { term })
  expect(textOf(filed.html)).toContain('Levert og låst')
  expect(filed.html).not.toContain('Merk som levert')
  const lines = [
    { rowKey: 'a', account: '6540', amount: 12_500, vatCode: '1' },
    { rowKey: 'b', account: '1920', amount: -12_500 },
  ]
  expect((await call('/vouchers', { body: simpleDraft({ lines, ...late }) })).status).toBe(201)
  const next = textOf((await browser.get(`${page}/vat-specification?term=${year - 1}-T2`)).html)
  expect(next).toContain('1 bilag er dokumentert i en tidligere termin som var levert')
  expect((await browser.post(`${page}/vat-filings`, { term: '2024-T9' })).status).toBe(422)
})
