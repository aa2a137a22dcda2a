import { fill } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { changeAccount } from '#worker/chart/change-account.ts'
import { AccountChange, NewAccount } from '#worker/chart/chart-account.ts'
import { createAccount } from '#worker/chart/create-account.ts'
import { groupingCodesOf } from '#worker/chart/grouping-code.ts'
import { removeAccount } from '#worker/chart/remove-account.ts'
import { type KeptAccount, readChartAccount, readVatCodes } from '#worker/chart/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { readOldAccountNumber } from '#worker/old-ledger/store.ts'
import type { VatCode } from '#worker/vat/vat.ts'
import { dayIn, today } from '../day-field.tsx'
import { CheckField, ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { oldLedgerPath } from '../old-ledger/old-entries.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { AccountHistoryPart } from './account-history.tsx'

const NAMES = ['number', 'nameNb', 'nameEn', 'defaultVatCode', 'groupingCategory', 'groupingCode', 'closedFrom']

/** A new account. */
export async function newAccountPage(c: Page, tried?: Tried): Promise<Response> {
  const words = textsOf(c).registers.accounts
  return form(c, words.new, undefined, tried)
}

/** An account with what may be changed of it. @throws Problem 404 account/unknown. */
export async function accountPage(c: Page, tried?: Tried): Promise<Response> {
  const number = pathText(c, 'account')
  const kept = await readChartAccount(c.var.db, number)
  if (!kept) throw new Problem(404, 'account/unknown', { params: { account: number } })
  const name = c.var.locale === 'nb' ? kept.account.nameNb : kept.account.nameEn
  return form(c, `${number} ${name}`, kept, tried)
}

async function form(
  c: Page,
  title: string,
  kept: KeptAccount | undefined,
  tried: Tried | undefined,
): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.accounts
  const { access } = c.var
  const [{ codes }, old] = await Promise.all([
    readVatCodes(c.var.db),
    kept && mayDo(access, 'ledger:read') ? readOldAccountNumber(c.var.db, kept.account) : undefined,
  ])
  const mayWrite = mayDo(access, 'register:write')
  const list = companyPath(access, '/accounts')
  const own = kept && companyPath(access, `/accounts/${encodeURIComponent(kept.account.number)}`)
  return page(
    c,
    {
      title,
      area: 'accounts',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{kept && words.types[kept.account.type]}</p>
        </div>
        <div class="hb-actions">
          {old !== undefined && (
            <a class="ds-button" data-variant="tertiary" href={oldLedgerPath(c, { account: old })}>
              {t.oldLedger.accountLink}
            </a>
          )}
          {kept && (
            <a
              class="ds-button"
              data-variant="tertiary"
              href={companyPath(access, `/general-ledger?account=${encodeURIComponent(kept.account.number)}`)}
            >
              {words.ledger}
            </a>
          )}
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={NAMES} />
      </div>
      <form class="hb-form" method="post" action={own ?? list}>
        <AccountFields c={c} kept={kept} tried={tried} codes={codes} />
        {kept && <input type="hidden" name="version" value={String(kept.version)} />}
        {mayWrite && (
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {kept ? t.registers.save : words.create}
            </button>
            <a class="ds-button" data-variant="tertiary" href={list} data-key="Escape">
              {t.registers.cancel}
            </a>
          </div>
        )}
      </form>
      {mayWrite && kept?.firstMonth === null && (
        <form class="hb-form hb-section" method="post" action={`${own}/removal`}>
          <p class="hb-quiet">{words.removeNote}</p>
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.remove}
            </button>
          </div>
        </form>
      )}
      {kept && <AccountHistoryPart c={c} kept={kept} tried={tried} />}
    </>,
  )
}

type FieldsProps = {
  c: Page
  kept: KeptAccount | undefined
  tried: Tried | undefined
  codes: readonly VatCode[]
}

function AccountFields({ c, kept, tried, codes }: FieldsProps) {
  const t = textsOf(c)
  const words = t.registers.accounts
  const { fields } = words
  const { locale } = c.var
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  const account = kept?.account
  const value = (name: keyof typeof fields & keyof NonNullable<typeof account>) =>
    sent ? sent[name] : (account?.[name] as string | null | undefined)
  return (
    <>
      {!kept && (
        <div class="hb-form-row">
          <TextField
            label={fields.number}
            name="number"
            value={sent?.number}
            help={fields.numberHelp}
            faults={faults}
            inputmode="numeric"
            maxlength={70}
            required
          />
          <SelectField
            label={fields.type}
            name="type"
            value={sent?.type}
            help={fields.typeHelp}
            faults={faults}
            options={[['', ''], ...Object.entries(words.types)]}
          />
        </div>
      )}
      <TextField label={fields.nameNb} name="nameNb" value={value('nameNb')} faults={faults} maxlength={256} required />
      <TextField label={fields.nameEn} name="nameEn" value={value('nameEn')} faults={faults} maxlength={256} />
      {!kept && (
        <SelectField
          label={fields.control}
          name="control"
          value={sent?.control}
          faults={faults}
          options={[['', t.registers.none], ...Object.entries(words.control)]}
        />
      )}
      <SelectField
        label={fields.defaultVatCode}
        name="defaultVatCode"
        value={value('defaultVatCode')}
        faults={faults}
        options={[
          ['', t.registers.none],
          ...codes.map((v) => [v.code, `${v.code} ${locale === 'nb' ? v.nameNb : v.nameEn}`] as const),
        ]}
      />
      <VatLock c={c} account={account} tried={tried} />
      <CheckField
        label={fields.vatCodeRequired}
        name="vatCodeRequired"
        checked={sent ? sent.vatCodeRequired === 'yes' : (account?.vatCodeRequired ?? false)}
      />
      <div class="hb-form-row">
        <TextField
          label={fields.groupingCategory}
          name="groupingCategory"
          value={value('groupingCategory')}
          help={fill(words.grouping.help, { year: thisYear() }, locale)}
          faults={faults}
          list="grouping-categories"
        />
        <TextField
          label={fields.groupingCode}
          name="groupingCode"
          value={value('groupingCode')}
          faults={faults}
          list="grouping-codes"
        />
      </div>
      <GroupingLists c={c} category={value('groupingCategory') ?? undefined} />
      <TextField
        label={fields.closedFrom}
        name="closedFrom"
        value={shownDay(value('closedFrom'))}
        help={fields.closedFromHelp}
        faults={faults}
        placeholder={t.shell.dayHint}
        day
      />
    </>
  )
}

/** Which VAT codes may stand on the account: those of its nature, some of them, or the usual one alone. */
function VatLock({
  c,
  account,
  tried,
}: {
  c: Page
  account: KeptAccount['account'] | undefined
  tried: Tried | undefined
}) {
  const words = textsOf(c).registers.accounts.vatLock
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  const allowed = account?.allowedVatCodes
  const locked = allowed?.length === 1 && allowed[0] === account?.defaultVatCode && account?.vatCodeRequired
  const standing = !allowed ? 'free' : locked ? 'locked' : 'listed'
  return (
    <div class="hb-form-row">
      <SelectField
        label={words.label}
        name="vatLock"
        value={sent?.vatLock ?? standing}
        options={[
          ['free', words.free],
          ['listed', words.listed],
          ['locked', words.locked],
        ]}
      />
      <TextField
        label={words.codes}
        name="allowedVatCodes"
        value={sent ? sent.allowedVatCodes : allowed?.join(' ')}
        help={words.codesHelp}
        faults={new Map([...faults].map(([k, v]) => [k.replace(/^allowedVatCodes\/.*/, 'allowedVatCodes'), v]))}
      />
    </div>
  )
}

const thisYear = (): number => Number(today().slice(0, 4))

/** The official list of the year, to choose from while one types. */
function GroupingLists({ c, category }: { c: Page; category: string | undefined }) {
  const codes = groupingCodesOf(thisYear())
  const name = ({ nameNb, nameEn }: { nameNb: string; nameEn: string }) => (c.var.locale === 'nb' ? nameNb : nameEn)
  return (
    <>
      <datalist id="grouping-categories">
        {[...new Set(codes.map((one) => one.category))].map((one) => (
          <option value={one} />
        ))}
      </datalist>
      <datalist id="grouping-codes">
        {codes
          .filter((one) => !category || one.category === category)
          .map((one) => (
            <option value={one.code}>{name(one)}</option>
          ))}
      </datalist>
    </>
  )
}

const shownDay = (value: string | null | undefined): string | null | undefined =>
  value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value.slice(8)}.${value.slice(5, 7)}.${value.slice(0, 4)}` : value

/** What the form says, as the register takes it: an empty field is nothing, a day is read as it was typed. */
const changeOf = (fields: Fields) => ({
  ...(fields.vatLock !== undefined && { allowedVatCodes: allowedIn(fields) }),
  nameNb: fields.nameNb ?? '',
  ...(fields.nameEn !== undefined && { nameEn: fields.nameEn }),
  defaultVatCode: fields.defaultVatCode ?? null,
  vatCodeRequired:
    fields.vatCodeRequired === 'yes' || (fields.vatLock === 'locked' && fields.defaultVatCode !== undefined),
  groupingCategory: fields.groupingCategory ?? null,
  groupingCode: fields.groupingCode ?? null,
  closedFrom: fields.closedFrom === undefined ? null : (dayIn(fields.closedFrom) ?? fields.closedFrom),
})

function allowedIn({ vatLock, defaultVatCode, allowedVatCodes }: Fields): string[] | null {
  if (vatLock === 'listed') return allowedVatCodes?.split(/[\s,;]+/).filter(Boolean) ?? []
  return vatLock === 'locked' && defaultVatCode !== undefined ? [defaultVatCode] : null
}

export async function submitAccount(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const version = /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined
      await changeAccount(actingOf(c), pathText(c, 'account'), parse(changeOf(fields), AccountChange), version)
      return c.redirect(companyPath(c.var.access, '/accounts'), 303)
    },
    (tried) => accountPage(c, tried),
  )
}

export async function submitNewAccount(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { closedFrom, ...rest } = changeOf(fields)
      const wanted = {
        ...rest,
        ...(closedFrom !== null && { closedFrom }),
        number: fields.number ?? '',
        ...(fields.type !== undefined && { type: fields.type }),
        control: fields.control ?? null,
      }
      const { account } = await createAccount(actingOf(c), parse(wanted, NewAccount))
      return c.redirect(companyPath(c.var.access, `/accounts/${encodeURIComponent(account.number)}`), 303)
    },
    (tried) => newAccountPage(c, tried),
  )
}

export async function submitAccountRemoval(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      await removeAccount(actingOf(c), pathText(c, 'account'), undefined)
      return c.redirect(companyPath(c.var.access, '/accounts'), 303)
    },
    (tried) => accountPage(c, tried),
  )
}
