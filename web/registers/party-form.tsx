import { fill } from '#i18n/format.ts'
import { plainAccount } from '#worker/core/identifiers.ts'
import { readDimensions } from '#worker/dimensions/store.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf, provingOf } from '#worker/http/acting.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { changeParty } from '#worker/parties/change-party.ts'
import { createParty } from '#worker/parties/create-party.ts'
import { NewParty, PartyChange } from '#worker/parties/party.ts'
import type { KeptParty } from '#worker/parties/store.ts'
import { CheckField, ErrorSummary, faultsOf, TextArea, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { partyIn } from './party-page.tsx'

const TEXTS = [
  'name',
  'organisationNumber',
  'address',
  'postalCode',
  'city',
  'country',
  'email',
  'phone',
  'bankAccount',
  'controlAccount',
  'defaultAccount',
  'defaultVatCode',
  'note',
] as const

const kindIn = (value: string | undefined): PartyKind => (value === 'supplier' ? 'supplier' : 'customer')

export const newPartyPage = (c: Page, tried?: Tried): Promise<Response> =>
  form(c, kindIn(tried?.fields.kind ?? c.req.query('kind')), undefined, tried)

/** @throws Problem 404 party/unknown. */
export async function editPartyPage(c: Page, tried?: Tried): Promise<Response> {
  const { kind, kept } = await partyIn(c)
  return form(c, kind, kept, tried)
}

async function form(
  c: Page,
  kind: PartyKind,
  kept: KeptParty | undefined,
  tried: Tried | undefined,
): Promise<Response> {
  const t = textsOf(c)
  const dimensions = await readDimensions(c.var.db)
  const words = t.registers.parties
  const { fields } = words
  const faults = faultsOf(tried, c.var.locale)
  const party = kept?.party
  const card = party && companyPath(c.var.access, `/parties/${kind}/${encodeURIComponent(party.number)}`)
  const title = party ? `${party.number} ${party.name}` : words.newOf[kind]
  const text = (name: (typeof TEXTS)[number], more: { help?: string; required?: boolean } = {}) => (
    <TextField
      label={fields[name]}
      name={name}
      value={tried ? tried.fields[name] : party?.[name]}
      faults={faults}
      {...more}
    />
  )
  return page(
    c,
    {
      title,
      area: 'parties',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{words.kind[kind]}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={[...TEXTS, 'number', 'paymentTermsDays']} />
      </div>
      <form class="hb-form" method="post" action={card ?? companyPath(c.var.access, '/parties')}>
        <input type="hidden" name="kind" value={kind} />
        {kept && <input type="hidden" name="version" value={String(kept.version)} />}
        {text('name', { required: true })}
        <div class="hb-form-row">
          {text('organisationNumber')}
          {!party && (
            <TextField
              label={fields.number}
              name="number"
              value={tried?.fields.number}
              help={fields.numberHelp}
              faults={faults}
            />
          )}
        </div>
        {text('address')}
        <div class="hb-form-row">
          {text('postalCode')}
          {text('city')}
          {text('country', { help: fields.countryHelp })}
        </div>
        <div class="hb-form-row">
          {text('email')}
          {text('phone')}
        </div>
        <div class="hb-form-row">
          {text('bankAccount', { help: fields.bankAccountHelp })}
          <TextField
            label={fields.paymentTermsDays}
            name="paymentTermsDays"
            value={tried ? tried.fields.paymentTermsDays : party?.paymentTermsDays?.toString()}
            faults={faults}
            inputmode="numeric"
          />
        </div>
        <div class="hb-form-row">
          {text('controlAccount')}
          {text('defaultAccount')}
          {text('defaultVatCode')}
        </div>
        <div class="hb-form-row">
          {dimensions.map((d) => {
            const name = c.var.locale === 'nb' ? d.nameNb : d.nameEn
            return (
              <TextField
                label={fill(fields.defaultDimension, { dimension: name.toLowerCase() }, c.var.locale)}
                name={`dimension-${d.key}`}
                value={tried ? tried.fields[`dimension-${d.key}`] : party?.defaultDimensions?.[d.key]}
                faults={new Map([...faults].map(([k, v]) => [k.replace('defaultDimensions/', 'dimension-'), v]))}
              />
            )
          })}
        </div>
        <TextArea label={fields.note} name="note" value={tried ? tried.fields.note : party?.note} faults={faults} />
        <CheckField
          label={fields.active}
          name="active"
          checked={tried ? tried.fields.active === 'yes' : (party?.active ?? true)}
        />
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {party ? t.registers.save : words.create[kind]}
          </button>
          <a
            class="ds-button"
            data-variant="tertiary"
            href={card ?? companyPath(c.var.access, `/parties?kind=${kind}`)}
            data-key="Escape"
          >
            {t.registers.cancel}
          </a>
        </div>
      </form>
    </>,
  )
}

/** What the form says, as the register takes it: digits without spaces, an empty field is nothing. */
function partyOf(fields: Fields) {
  const digits = (text: string | undefined) => text?.replace(/[\s.]/g, '') ?? null
  const days = fields.paymentTermsDays
  return {
    ...Object.fromEntries(TEXTS.map((name) => [name, fields[name] ?? null])),
    name: fields.name ?? '',
    organisationNumber: digits(fields.organisationNumber),
    bankAccount: fields.bankAccount === undefined ? null : plainAccount(fields.bankAccount),
    country: fields.country?.toUpperCase() ?? null,
    // A number that is none is refused by the register, in words.
    paymentTermsDays: days === undefined ? null : /^\d{1,6}$/.test(days) ? Number(days) : -1,
    active: fields.active === 'yes',
    defaultDimensions: dimensionsOf(fields),
  }
}

function dimensionsOf(fields: Fields): Record<string, string> | null {
  const given = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    name.startsWith('dimension-') && value ? [[name.slice('dimension-'.length), value]] : [],
  )
  return given.length === 0 ? null : Object.fromEntries(given)
}

export async function submitNewParty(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { controlAccount, ...rest } = partyOf(fields) as Record<string, unknown>
      const wanted = {
        ...rest,
        ...(controlAccount !== null && { controlAccount }),
        kind: kindIn(fields.kind),
        ...(fields.number !== undefined && { number: fields.number }),
      }
      const { party } = await createParty(actingOf(c), parse(wanted, NewParty))
      return c.redirect(companyPath(c.var.access, `/parties/${party.kind}/${encodeURIComponent(party.number)}`), 303)
    },
    (tried) => newPartyPage(c, tried),
  )
}

export async function submitParty(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const { kind, kept } = await partyIn(c)
  return tryForm(
    fields,
    async () => {
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      const { number } = kept.party
      // A party always has a control account: left empty, it keeps its own.
      const change = { ...partyOf(fields), controlAccount: fields.controlAccount ?? kept.party.controlAccount }
      await changeParty(provingOf(c), kind, number, parse(change, PartyChange), version)
      return c.redirect(companyPath(c.var.access, `/parties/${kind}/${encodeURIComponent(number)}`), 303)
    },
    (tried) => editPartyPage(c, tried),
  )
}
