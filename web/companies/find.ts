import { day, kroner, organisationNumber, voucherName } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readCompanies } from '#worker/access/store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { findInBooks } from '#worker/ledger/find-in-books.ts'
import { numberOrText } from '../ledger/voucher-query.ts'
import { type Page, textsOf } from '../page.tsx'
import { colourOf, companyPath } from '../shell.tsx'
import { doingsOf, type Place, placesFor, placesOf } from './places.ts'

type Item = { text: string; detail?: string; href: string; colour?: string }
type Group = { title: string; items: Item[] }

const CLIENTS = 8

/** What the command line offers for a text: what one does, pages, vouchers by whatever stands in them, parties, accounts, and clients. */
export async function find(c: Page): Promise<Response> {
  const text = (c.req.query('text') ?? '').trim().slice(0, 100)
  const groups = [...pages(c, text), ...(c.var.access ? await inBooks(c, text) : [])]
  return c.json({ groups: [...groups, ...(await clients(c, text))].filter((group) => group.items.length > 0) })
}

/** By part of its name, or of its organisation number however that is spaced. */
export function isNamed(company: { name: string; organisationNumber: string | null }, text: string): boolean {
  const digits = text.replace(/\s/g, '')
  const isNumber = /^\d+$/.test(digits) && (company.organisationNumber ?? '').includes(digits)
  return isNumber || company.name.toLowerCase().includes(text.toLowerCase())
}

/** What one does and where one goes; until one types, the pages of the menu alone. */
function pages(c: Page, text: string): Group[] {
  const t = textsOf(c)
  const itemOf = ({ name, path, go }: Place): Item => ({ text: name, ...(go && { detail: `G ${go}` }), href: path })
  const places = placesFor(text, placesOf(t, c.var.access)).filter(({ go }) => text !== '' || go)
  return [
    { title: t.shell.palette.does, items: placesFor(text, doingsOf(t, c.var.access)).map(itemOf) },
    { title: t.shell.palette.pages, items: places.map(itemOf) },
  ]
}

async function inBooks(c: Page, text: string): Promise<Group[]> {
  if (text === '') return []
  const t = textsOf(c)
  const { locale, access } = c.var
  const types = await readVoucherTypes(c.var.db)
  const named = numberOrText(
    text,
    types.map((type) => type.series),
  )
  const books = companyDatabase(c.env, access.database)
  const found = await findInBooks(c.var.db, text, named, { books })
  const nameOf = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
  const vouchers = mayDo(access, 'ledger:read') ? found.vouchers : []
  const registers = mayDo(access, 'register:read')
  return [
    {
      title: t.shell.palette.vouchers,
      items: vouchers.map((v) => ({
        text: [voucherName(v), v.text].filter(Boolean).join(' '),
        detail: `${day(v.voucherDate)}  ${kroner(v.amount, locale)}`,
        href: companyPath(access, `/vouchers/${v.id}`),
      })),
    },
    {
      title: t.shell.palette.parties,
      items: (registers ? found.parties : []).map((p) => ({
        text: `${p.number} ${p.name}`,
        detail: t.vouchers.page[p.kind],
        href: companyPath(access, `/parties/${p.kind}/${encodeURIComponent(p.number)}`),
      })),
    },
    {
      title: t.shell.palette.accounts,
      items: (registers ? found.accounts : []).map((a) => ({
        text: `${a.number} ${nameOf(a)}`,
        href: companyPath(access, `/general-ledger?account=${encodeURIComponent(a.number)}`),
      })),
    },
  ]
}

async function clients(c: Page, text: string): Promise<Group[]> {
  const companies = await readCompanies(c.var.control, c.var.principal)
  const items = companies
    .filter((company) => company.id !== c.var.access?.id && isNamed(company, text))
    .slice(0, CLIENTS)
    .map((company) => ({
      text: company.name,
      detail: company.organisationNumber ? organisationNumber(company.organisationNumber) : '',
      href: companyPath(company),
      colour: colourOf(company),
    }))
  return [{ title: textsOf(c).shell.palette.clients, items }]
}
