import { counted, day, fill, kroner, organisationNumber, whole } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { otherCompany } from '#worker/saft/file-fits.ts'
import { NO_VAT } from '#worker/saft/saft-vat.ts'
import { bookSwitch, mappedOf, type ReadSwitch, readMapped } from '#worker/saft-switch/book-switch.ts'
import { answerSwitch, dropSwitch, findOpenSwitch } from '#worker/saft-switch/keep-switch.ts'
import { readSwitch } from '#worker/saft-switch/store.ts'
import type { MappedAccount, MappedParty, SwitchAnswers } from '#worker/saft-switch/switch-answers.ts'
import { CheckField, ErrorSummary, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { type Fields, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Several hundred accounts, each with its field. */
const FORM_BYTES = 1_000_000
/** Parties that meet ours, answered one by one; those beyond are answered together. */
const MET_SHOWN = 300
/** An import stands in open periods only. */
const OPEN_ONLY = { softLock: false }

/**
 * Files of another system before they are booked: where each account goes and why, what the files leave open, and the button that
 * books and proves them. @throws Problem 404 saft-switch/unknown.
 */
export async function switchPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.saftSwitch
  const { access, db, locale } = c.var
  const kept = await readSwitch(db, pathText(c, 'switch'))
  if (!kept) throw new Problem(404, 'saft-switch/unknown')
  if (kept.importJob) return c.redirect(companyPath(access, `/imports/${kept.importJob}`), 303)
  const read = await readMapped(db, kept)
  const [first] = kept.found.files
  const other = kept.found.files.flatMap((f) => otherCompany(f.organisationNumber, access.organisationNumber) ?? [])[0]
  const path = companyPath(access, `/saft-switches/${kept.id}`)
  return page(
    c,
    {
      title: fill(words.title, { company: first?.company ?? '' }, locale),
      area: 'imports',
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1 class="hb-break">{fill(words.title, { company: first?.company ?? '' }, locale)}</h1>
          <p>{words.lead}</p>
        </div>
        <form class="hb-actions" method="post" action={`${path}/removal`}>
          <button class="ds-button" data-variant="tertiary" type="submit">
            {words.drop}
          </button>
        </form>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} />
      </div>
      <Files c={c} read={read} />
      <form class="hb-section" method="post" action={path}>
        <input type="hidden" name="version" value={kept.version} />
        {other && (
          <div class="hb-notice" data-level="warning">
            <p>{fill(words.otherCompany, other, locale)}</p>
            <CheckField label={words.otherWanted} name="otherCompany" checked={kept.answers.otherCompany} />
          </div>
        )}
        <Accounts c={c} read={read} />
        <MetParties c={c} read={read} />
        <Questions c={c} read={read} />
        <div class="hb-form-actions">
          <button class="ds-button" type="submit" name="deed" value="book" aria-describedby="book-note">
            {words.book}
          </button>
          <button class="ds-button" data-variant="secondary" type="submit" name="deed" value="save">
            {words.save}
          </button>
          <span class="hb-small hb-quiet" id="book-note">
            {read.open > 0 ? counted(read.open, words.left, locale) : words.bookNote}
          </span>
        </div>
        <datalist id="chart">
          {read.chart.map((a) => (
            <option value={a.number}>{locale === 'nb' ? a.nameNb : a.nameEn}</option>
          ))}
        </datalist>
      </form>
      <a href={companyPath(access, '/imports')} data-key="Escape" hidden>
        {t.imports.title}
      </a>
    </>,
  )
}

function Files({ c, read }: { c: Page; read: ReadSwitch }) {
  const words = textsOf(c).saftSwitch
  const { locale } = c.var
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th data-width="wide">{words.file}</th>
          <th>{words.days}</th>
          <th>{words.software}</th>
          <th class="hb-num">{words.transactions}</th>
          <th class="hb-num">{words.lines}</th>
        </tr>
      </thead>
      <tbody>
        {read.kept.found.files.map((f) => (
          <tr>
            <td class="hb-break">{f.name}</td>
            <td class="hb-nowrap" data-line="2">
              {f.fromDate && f.toDate && `${day(f.fromDate)}–${day(f.toDate)}`}
            </td>
            <td data-line="2">
              {f.software} · SAF-T {f.version}
            </td>
            <td class="hb-num" data-label={words.transactions}>
              {whole(f.transactions, locale)}
            </td>
            <td class="hb-num" data-label={words.lines}>
              {whole(f.lines, locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Accounts({ c, read: { accounts, chart } }: { c: Page; read: ReadSwitch }) {
  const words = textsOf(c).saftSwitch
  const of = (holds: (a: MappedAccount) => boolean) => accounts.filter(holds)
  const asked = of((a) => a.to === null)
  const same = of((a) => a.reason === 'number')
  const kept = of((a) => a.reason === 'kept')
  const mapped = of((a) => a.to !== null && a.reason !== 'number' && a.reason !== 'kept')
  return (
    <>
      {asked.length > 0 && (
        <section class="hb-section">
          <h2>{words.asked}</h2>
          <p class="hb-quiet">{words.askedLead}</p>
          <AccountTable c={c} accounts={asked} chart={chart} />
        </section>
      )}
      {mapped.length > 0 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.mapped}</h2>
          </div>
          <AccountTable c={c} accounts={mapped} chart={chart} />
        </section>
      )}
      {kept.length > 0 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.kept}</h2>
          </div>
          <AccountTable c={c} accounts={kept} chart={chart} />
        </section>
      )}
      {same.length > 0 && (
        <details class="hb-section">
          <summary>{counted(same.length, words.same, c.var.locale)}</summary>
          <AccountTable c={c} accounts={same} chart={chart} />
        </details>
      )}
    </>
  )
}

type TableProps = { c: Page; accounts: readonly MappedAccount[]; chart: ReadSwitch['chart'] }

function AccountTable({ c, accounts, chart }: TableProps) {
  const words = textsOf(c).saftSwitch
  const { locale } = c.var
  const ours = new Map(chart.map((a) => [a.number, locale === 'nb' ? a.nameNb : a.nameEn]))
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.account}</th>
          <th data-width="wide">{words.name}</th>
          <th class="hb-num">{words.lines}</th>
          <th class="hb-num">{words.closing}</th>
          <th>{words.becomes}</th>
          <th>{words.why}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((a) => (
          <tr>
            <td class="hb-accno">{a.number}</td>
            <td>{a.name}</td>
            <td class="hb-num" data-line="2" data-label={words.lines}>
              {whole(a.lines, locale)}
            </td>
            <td class="hb-num" data-line="2" data-label={words.closing}>
              {kroner(a.closing, locale)}
            </td>
            <td data-line="2">
              <input
                class="ds-input"
                type="text"
                list="chart"
                name={`account.${a.number}`}
                value={a.to ?? ''}
                size={8}
                autocomplete="off"
                aria-label={fill(words.becomesOf, { account: a.number, name: a.name }, locale)}
              />
              <small class="hb-quiet"> {a.to !== null && ours.get(a.to)}</small>
            </td>
            <td data-line="2">
              <span class="hb-chip">{words.reasons[a.reason]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Parties that meet one of ours under another name or number: the same one, or somebody new. */
function MetParties({ c, read: { met } }: { c: Page; read: ReadSwitch }) {
  const words = textsOf(c).saftSwitch
  const { locale } = c.var
  if (met.length === 0) return null
  return (
    <section class="hb-section hb-form">
      <h2>{words.met}</h2>
      <p class="hb-quiet">{words.metLead}</p>
      {met.some(({ to }) => to === null) && (
        <SelectField label={words.metRest} name="metRest" options={Object.entries(words.metRests)} />
      )}
      {met.slice(0, MET_SHOWN).map(({ kind, number, name, organisationNumber: own, ...party }) => {
        const [same, fresh] = [party.own.number, freshOf({ number, ...party })]
        const other = party.to !== null && party.to !== same && party.to !== fresh ? party.to : undefined
        const as = { name: party.own.name, number: same }
        return (
          <SelectField
            label={[`${words.kinds[kind]} ${number}`, name, own && organisationNumber(own)].filter(Boolean).join(' · ')}
            name={`met.${kind} ${number}`}
            value={party.to}
            options={[
              ['', words.metOpen],
              [same, fill(words.metSame, as, locale)],
              [fresh, fill(words.metNew, { number: fresh }, locale)],
              ...(other === undefined ? [] : [[other, other] as const]),
            ]}
            help={words.reasons[party.reason]}
          />
        )
      })}
    </section>
  )
}

/** What number a party gets that is none of ours: its own, where nobody here has it. */
const freshOf = ({ number, own, free }: Pick<MappedParty, 'number' | 'own' | 'free'>): string =>
  number === own.number ? free : number

function Questions({ c, read: { kept, vatCodes } }: { c: Page; read: ReadSwitch }) {
  const words = textsOf(c).saftSwitch
  const { locale } = c.var
  const { found, answers } = kept
  return (
    <>
      {found.parties.length > 0 && (
        <section class="hb-section hb-form">
          <h2>{words.parties}</h2>
          <p class="hb-quiet">{words.partiesLead}</p>
          {found.parties.map(({ kind, number, lines }) => (
            <TextField
              label={`${words.kinds[kind]} ${number}`}
              name={`party.${kind} ${number}`}
              value={answers.parties[`${kind} ${number}`]}
              help={counted(lines, words.linesOf, locale)}
            />
          ))}
        </section>
      )}
      {found.dimensions.length > 0 && (
        <section class="hb-section hb-form">
          <h2>{words.dimensions}</h2>
          {found.dimensions.map(({ type, lines }) => (
            <TextField
              label={type}
              name={`dimension.${type}`}
              value={answers.dimensions[type]}
              help={counted(lines, words.linesOf, locale)}
            />
          ))}
        </section>
      )}
      {found.taxCodes && found.taxCodes.length > 0 && (
        <section class="hb-section hb-form">
          <h2>{words.taxCodes}</h2>
          <p class="hb-quiet">{words.taxCodesLead}</p>
          {found.taxCodes.map(({ code, description, lines, base, tax }) => (
            <SelectField
              label={[code, description].filter(Boolean).join(' ')}
              name={`tax.${code}`}
              value={answers.taxCodes[code]}
              options={[
                ['', words.taxCodeOpen],
                [NO_VAT, words.noVat],
                ...vatCodes.map((v): [string, string] => [
                  v.code,
                  `${v.code} ${locale === 'nb' ? v.nameNb : v.nameEn}`,
                ]),
              ]}
              help={fill(
                words.taxCodeOf,
                { lines: counted(lines, words.linesOf, locale), base: kroner(base, locale), tax: kroner(tax, locale) },
                locale,
              )}
            />
          ))}
        </section>
      )}
      <section class="hb-section hb-form">
        <SelectField
          label={words.openItems}
          name="openItems"
          value={answers.openItems}
          options={Object.entries(words.openChoices)}
          help={words.openItemsHelp}
        />
      </section>
    </>
  )
}

/** Keeps the answers, and books where that was asked for. */
export async function submitSwitch(c: Page): Promise<Response> {
  const fields = await readForm(c, FORM_BYTES)
  const { access, db, control, principal } = c.var
  const id = pathText(c, 'switch')
  return tryForm(
    fields,
    async () => {
      const read = await readMapped(db, await findOpenSwitch(db, id))
      // One that was cut off midway goes on as it was answered.
      const kept = read.kept.begun
        ? read.kept
        : await answerSwitch(db, read.kept, answersIn(fields, read), Number(fields.version))
      if (fields.deed !== 'book') return c.redirect(companyPath(access, `/saft-switches/${id}`), 303)
      const ctx = { env: c.env, control, principal, access, db, rights: OPEN_ONLY }
      const receipt = await bookSwitch(ctx, mappedOf(kept, read))
      return c.redirect(companyPath(access, `/imports/${receipt.importJob}`), 303)
    },
    (tried) => switchPage(c, tried),
  )
}

/** What the form says that is not so already; a field that was emptied takes its answer back. */
function answersIn(fields: Fields, { accounts, met, kept }: ReadSwitch): Partial<SwitchAnswers> {
  const { found, answers } = kept
  const named = (prefix: string, keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, fields[`${prefix}.${key}`] ?? '']))
  const changed = accounts.flatMap(({ number, to, reason }): [string, string][] => {
    const given = fields[`account.${number}`] ?? ''
    if (given === (to ?? '')) return []
    return given !== '' || reason === 'chosen' ? [[number, given]] : []
  })
  return {
    accounts: Object.fromEntries(changed),
    partyNumbers: Object.fromEntries(met.flatMap((party) => metAnswer(fields, party))),
    otherCompany: fields.otherCompany === 'yes',
    parties: named(
      'party',
      found.parties.map(({ kind, number }) => `${kind} ${number}`),
    ),
    dimensions: named(
      'dimension',
      found.dimensions.map(({ type }) => type),
    ),
    taxCodes: named(
      'tax',
      (found.taxCodes ?? []).map(({ code }) => code),
    ),
    openItems: (fields.openItems as SwitchAnswers['openItems'] | undefined) ?? answers.openItems,
  }
}

/** What the form says of a party that meets one of ours, where that is not so already. */
function metAnswer(fields: Fields, party: MappedParty): [string, string][] {
  const key = `${party.kind} ${party.number}`
  const given = fields[`met.${key}`] ?? party.to ?? ''
  const rest = { same: party.own.number, new: freshOf(party) }[fields.metRest ?? '']
  const answer = given === '' && party.reason === 'asked' ? (rest ?? '') : given
  return answer === (party.to ?? '') ? [] : [[key, answer]]
}

export async function submitSwitchRemoval(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      await dropSwitch(c.env, c.var.db, pathText(c, 'switch'))
      return c.redirect(companyPath(c.var.access, '/imports'), 303)
    },
    (tried) => switchPage(c, tried),
  )
}
