import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch, provingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { repeatable } from '#worker/ledger/repeat-request.ts'
import { addContact, changeContact } from './change-contacts.ts'
import { changeParty } from './change-party.ts'
import { BankConfirmation, confirmBankAccount, confirmingOf } from './confirm-bank-account.ts'
import { ContactChange, NewContact } from './contact.ts'
import { readContacts } from './contact-store.ts'
import { createParty } from './create-party.ts'
import { importParties } from './import-parties.ts'
import { NewParty, PartyChange } from './party.ts'
import { PartyImport } from './party-import.ts'
import { cursorAfter, PartyQuery } from './party-search.ts'
import { countParties, type KeptParty, readParties, readParty } from './store.ts'

const TextOrNull = z.nullable(z.string())
const PartyAnswer = z.object({
  kind: z.enum(['customer', 'supplier']),
  number: z.string(),
  name: z.string(),
  organisationNumber: TextOrNull,
  controlAccount: z.string(),
  address: TextOrNull,
  postalCode: TextOrNull,
  city: TextOrNull,
  country: TextOrNull,
  email: TextOrNull,
  phone: TextOrNull,
  bankAccount: TextOrNull,
  note: TextOrNull,
  paymentTermsDays: z.nullable(z.int()),
  defaultAccount: TextOrNull,
  defaultVatCode: TextOrNull,
  defaultDimensions: z.nullable(z.record(z.string(), z.string())),
  externalNumber: TextOrNull,
  active: z.boolean(),
  version: z.int(),
  createdAt: z.string(),
  /** Whether it has entries. */
  used: z.boolean(),
  /** Another bank account than before, that somebody else has not confirmed: not to be paid to. */
  bankAccountChange: z.nullable(z.object({ was: z.string(), by: z.string(), at: z.string() })),
})
const PartyImportAnswer = z.object({
  applied: z.boolean(),
  rows: z.array(
    z.object({
      status: z.enum(['new', 'changed', 'unchanged', 'refused']),
      kind: TextOrNull,
      number: TextOrNull,
      changes: z.record(z.string(), z.array(z.unknown())),
    }),
  ),
  issues: z.array(z.object({ code: z.string(), pointer: z.string(), message: z.string() })),
})
const ContactAnswer = z.object({
  id: z.string(),
  name: z.string(),
  role: TextOrNull,
  email: TextOrNull,
  phone: TextOrNull,
  active: z.boolean(),
  version: z.int(),
})
const told = ({ party, ...rest }: KeptParty) => ({ ...party, ...rest })

/** The kind and number of the path. @throws Problem 404 party/unknown for a kind there is none of. */
function partyIn(c: Context<Env>): { kind: PartyKind; number: string } {
  const kind = pathText(c, 'kind')
  const number = pathText(c, 'number')
  if (kind !== 'customer' && kind !== 'supplier')
    throw new Problem(404, 'party/unknown', { params: { party: number, kind: 'customer' } })
  return { kind, number }
}

/** Customers and suppliers. Mounted at /companies/:company. */
export const parties = new Hono<Env>()
  .get(
    '/parties',
    operation({
      summary: 'Customers and suppliers',
      description: 'Searched by the beginning of a number or organisation number, or any part of a name.',
      access: 'register:read',
      list: true,
      query: PartyQuery,
      answer: {
        status: 200,
        schema: z.object({ parties: z.array(PartyAnswer), cursor: TextOrNull }),
        description: 'By kind and number, and the cursor of the next page',
      },
    }),
    async (c) => {
      const query = acceptQuery(c, PartyQuery)
      const limit = Math.min(Math.max(query.limit ?? 500, 1), 5_000)
      const read = async (cursor = query.cursor) => {
        const found = await readParties(c.var.db, { ...query, cursor }, limit)
        const page = found.slice(0, limit)
        const following = found.length > limit ? cursorAfter(page.at(-1)!.party) : null
        return { parties: page.map(told), cursor: following }
      }
      return writeList(c, { name: 'parties', row: PartyAnswer, read, count: () => countParties(c.var.db, query) })
    },
  )
  .post(
    '/parties/import',
    operation({
      summary: 'Bring in customers and suppliers',
      description:
        'A row is the party with its organisation number, else the one with its number, else, where it has none, the one with its name; else a new one. What is left out stays as it is. All rows or none; with `dryRun` nothing is changed and each row tells what would become of it.',
      access: 'register:write',
      body: PartyImport,
      answer: { status: 200, schema: PartyImportAnswer, description: 'What became of each row, in order' },
      problems: [
        'organisation-number/invalid',
        'bank-account/invalid',
        'account/unknown',
        'vat-code/unknown',
        'party/several',
        'version/stale',
      ],
    }),
    async (c) => {
      const done = await importParties(provingOf(c), await accept(c, PartyImport))
      return c.json({
        applied: done.applied,
        rows: done.rows.map(({ status, party, changes }) => ({
          status,
          kind: party?.kind ?? null,
          number: party?.number ?? null,
          changes: Object.fromEntries(Object.entries(changes).map(([field, pair]) => [field, [...pair]])),
        })),
        issues: done.issues.map((issue) => withText(issue, c.var.locale)),
      })
    },
  )
  .get(
    '/parties/:kind/:number',
    operation({
      summary: 'A customer or supplier',
      access: 'register:read',
      answer: { status: 200, schema: PartyAnswer, description: 'With its version as ETag' },
      problems: ['party/unknown'],
    }),
    async (c) => {
      const { kind, number } = partyIn(c)
      const found = await readParty(c.var.db, kind, number)
      if (!found) throw new Problem(404, 'party/unknown', { params: { party: number, kind } })
      return c.json(told(found), 200, etagOf(found.version))
    },
  )
  .post(
    '/parties',
    operation({
      summary: 'Register a customer or supplier',
      repeats: 'itself',
      description: 'Without a number it gets the next of its series: customers from 10000, suppliers from 20000.',
      access: 'register:write',
      body: NewParty,
      answer: { status: 201, schema: PartyAnswer, description: 'May be posted on at once' },
      problems: [
        'party/exists',
        'party/wrong-kind',
        'organisation-number/invalid',
        'bank-account/invalid',
        'account/unknown',
        'vat-code/unknown',
      ],
    }),
    async (c) => {
      const wanted = await accept(c, NewParty)
      return repeatable(c, ['parties', wanted], async (keep) => ({
        status: 201,
        body: told(await createParty(actingOf(c), wanted, (made) => keep(told(made)))),
      }))
    },
  )
  .post(
    '/parties/:kind/:number/bank-account-confirmation',
    operation({
      summary: 'Confirm another bank account than before',
      description:
        'By somebody else than who changed it, and for the account that was seen. Until then it is not to be paid to.',
      access: 'register:write',
      body: BankConfirmation,
      answer: { status: 200, schema: PartyAnswer, description: 'As it is now' },
      problems: ['step-up/required', 'party/unknown', 'party/nothing-to-confirm', 'party/same-person', 'version/stale'],
    }),
    async (c) => c.json(told(await confirmBankAccount(confirmingOf(c), partyIn(c), await accept(c, BankConfirmation)))),
  )
  .patch(
    '/parties/:kind/:number',
    operation({
      summary: 'Change a customer or supplier',
      description: 'Send the version you read as If-Match. Kind and number stay as they are.',
      access: 'register:write',
      body: PartyChange,
      answer: { status: 200, schema: PartyAnswer, description: 'As it is now' },
      problems: [
        'step-up/required',
        'party/unknown',
        'party/wrong-kind',
        'version/stale',
        'organisation-number/invalid',
        'bank-account/invalid',
        'account/unknown',
        'vat-code/unknown',
      ],
    }),
    async (c) => {
      const change = await accept(c, PartyChange)
      const { kind, number } = partyIn(c)
      const changed = await changeParty(provingOf(c), kind, number, change, ifMatch(c))
      return c.json(told(changed), 200, etagOf(changed.version))
    },
  )
  .get(
    '/parties/:kind/:number/contacts',
    operation({
      summary: 'Contacts of a customer or supplier',
      access: 'register:read',
      answer: {
        status: 200,
        schema: z.object({ contacts: z.array(ContactAnswer) }),
        description: 'Those in use first',
      },
    }),
    async (c) => {
      const { kind, number } = partyIn(c)
      return c.json({ contacts: await readContacts(c.var.db, kind, number) })
    },
  )
  .post(
    '/parties/:kind/:number/contacts',
    operation({
      summary: 'Add a contact',
      access: 'register:write',
      body: NewContact,
      answer: { status: 201, schema: ContactAnswer, description: 'On the party’s card at once' },
      problems: ['party/unknown'],
    }),
    async (c) => {
      const { kind, number } = partyIn(c)
      const made = await addContact(actingOf(c), kind, number, await accept(c, NewContact))
      return c.json(made, 201, etagOf(made.version))
    },
  )
  .patch(
    '/parties/:kind/:number/contacts/:contact',
    operation({
      summary: 'Change a contact, or take it out of use',
      description: 'Send the version you read as If-Match.',
      access: 'register:write',
      body: ContactChange,
      answer: { status: 200, schema: ContactAnswer, description: 'As it is now' },
      problems: ['contact/unknown', 'version/stale'],
    }),
    async (c) => {
      const { kind, number } = partyIn(c)
      const which = { kind, party: number, id: pathText(c, 'contact') }
      const changed = await changeContact(actingOf(c), which, await accept(c, ContactChange), ifMatch(c))
      return c.json(changed, 200, etagOf(changed.version))
    },
  )
