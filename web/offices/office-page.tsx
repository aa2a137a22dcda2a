import { counted, fill, organisationNumber } from '#i18n/format.ts'
import { NewOfficeInvitation } from '#worker/access/invitation.ts'
import { mayInOffice, OFFICE_ROLES, type OfficeRole } from '#worker/access/permission.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import {
  answerMove,
  changeOffice,
  changeStaff,
  inviteStaff,
  inviteStaffAgain,
  openOffice,
  readStaffInvitations,
  removeStaff,
  withdrawStaffInvitation,
} from '#worker/offices/change-office.ts'
import { type OfficeClient, OfficeDetails, type Staff, StaffChange } from '#worker/offices/office.ts'
import { readMovesTo, readOfficeClients, readStaff } from '#worker/offices/office-store.ts'
import { inOffice, officingOf } from '#worker/offices/routes.ts'
import { InvitationTable, InviteForm, invitationIn, toldInvitation } from '../access/members-page.tsx'
import { type Outcome, OutcomeNotice, statusOf } from '../access/outcome.tsx'
import { faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { colourOf, companyPath } from '../shell.tsx'

export const officePath = (c: Page, rest = ''): string => `/offices/${c.var.office.id}${rest}`

/** The office: its clients with who is responsible, its staff, invitations, and clients that want to come. */
export async function officePage(c: Page, outcome: Outcome = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.office
  const { office, control, locale } = c.var
  const mayWrite = mayInOffice(office.role, 'office:write')
  const [staff, clients, moves, invitations] = await Promise.all([
    readStaff(control, office.id),
    readOfficeClients(control, office.id),
    readMovesTo(control, office.id),
    mayWrite ? readStaffInvitations(inOffice(c)) : [],
  ])
  const unassigned = clients.filter((client) => !client.staff.some((one) => one.duty === 'responsible')).length
  return page(
    c,
    { title: office.name, status: statusOf(outcome), keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{office.name}</h1>
          <p>
            {office.organisationNumber && `${organisationNumber(office.organisationNumber)} · `}
            {counted(clients.length, words.clientCount, locale)}
            {unassigned > 0 && `, ${counted(unassigned, words.unassigned, locale)}`}
            {' · '}
            {counted(staff.length, words.staffCount, locale)}
          </p>
        </div>
        <div class="hb-actions">
          {mayInOffice(office.role, 'office-client:write') && (
            <a class="ds-button" href={`/companies/new?office=${office.id}`}>
              {words.newClient}
            </a>
          )}
          {mayInOffice(office.role, 'office-key:write') && (
            <a class="ds-button" data-variant="secondary" href={officePath(c, '/keys')}>
              {t.keys.title}
            </a>
          )}
          {mayInOffice(office.role, 'office-log:read') && (
            <a class="ds-button" data-variant="secondary" href={officePath(c, '/log')}>
              {t.logPage.access.link}
            </a>
          )}
          <a class="ds-button" data-variant="tertiary" href="/" data-key="Escape">
            {t.shell.allClients}
          </a>
        </div>
      </div>
      <OutcomeNotice c={c} outcome={outcome} fields={['name', 'email', 'role', 'days']} form="invite" />
      {moves.length > 0 && (
        <section>
          <div class="hb-section-head">
            <h2>{words.moves}</h2>
          </div>
          {moves.map((move) => (
            <form class="hb-form-actions" method="post" action={officePath(c, `/moves/${move.id}`)}>
              <strong>{move.companyName}</strong>
              {move.fromName && <span class="hb-quiet">{fill(words.moveFrom, { office: move.fromName }, locale)}</span>}
              {mayWrite && (
                <>
                  <button class="ds-button" type="submit" name="answer" value="yes">
                    {words.accept}
                  </button>
                  <button class="ds-button" data-variant="tertiary" type="submit" name="answer" value="no">
                    {words.decline}
                  </button>
                </>
              )}
            </form>
          ))}
        </section>
      )}
      <section class={moves.length > 0 ? 'hb-section' : undefined}>
        <div class="hb-section-head">
          <h2>{words.clients}</h2>
        </div>
        <ClientTable c={c} clients={clients} mayWrite={mayWrite} />
      </section>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.staff}</h2>
        </div>
        <StaffTable c={c} staff={staff} mayWrite={mayWrite} />
      </section>
      {invitations.length > 0 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{t.members.invited}</h2>
          </div>
          <InvitationTable
            c={c}
            invitations={invitations}
            action={(id) => officePath(c, `/invitations/${id}`)}
            roleOf={(one) => words.roles[one.role as OfficeRole]}
          />
        </section>
      )}
      {mayWrite && (
        <InviteForm
          c={c}
          tried={outcome.tried?.fields.email === undefined ? undefined : outcome.tried}
          action={officePath(c, '/invitations')}
          place={office.name}
          title={words.invite}
          roles={OFFICE_ROLES.map((role) => [role, `${words.roles[role]}: ${words.roleNotes[role]}`])}
        />
      )}
      {mayWrite && <Details c={c} tried={outcome.tried?.fields.form === 'details' ? outcome.tried : undefined} />}
    </>,
  )
}

function ClientTable({ c, clients, mayWrite }: { c: Page; clients: readonly OfficeClient[]; mayWrite: boolean }) {
  const words = textsOf(c).members.office
  return (
    <table class="hb-table hb-clients" data-rows data-list>
      <thead>
        <tr>
          <th>{words.column.client}</th>
          <th>{words.column.responsible}</th>
          <th>{words.column.team}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {clients.map((client) => {
          const responsible = client.staff.find((one) => one.duty === 'responsible')
          const team = client.staff.filter((one) => one.duty === 'team')
          return (
            <tr>
              <td>
                <span class="hb-client">
                  <i data-company-color={colourOf(client)} />
                  <span>
                    <a class="hb-opens hb-row-link" href={companyPath({ id: client.id as never })}>
                      {client.name}
                    </a>{' '}
                    {client.organisationNumber && (
                      <small class="hb-faint hb-nowrap">{organisationNumber(client.organisationNumber)}</small>
                    )}
                  </span>
                </span>
              </td>
              <td data-line="2">
                {responsible?.name ?? (
                  <span class="hb-chip" data-state="warning">
                    {words.noResponsible}
                  </span>
                )}
              </td>
              <td class="hb-quiet" data-line="2">
                {team.map((one) => one.name).join(', ')}
              </td>
              <td class="hb-num">
                {mayWrite && (
                  <a class="ds-button" data-variant="tertiary" href={officePath(c, `/clients/${client.id}`)}>
                    {words.assign}
                  </a>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function StaffTable({ c, staff, mayWrite }: { c: Page; staff: readonly Staff[]; mayWrite: boolean }) {
  const t = textsOf(c)
  const words = t.members.office
  const { principal } = c.var
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.column.name}</th>
          <th>{words.column.email}</th>
          <th>{words.column.role}</th>
          <th class="hb-num">{words.column.clients}</th>
          <th class="hb-num">{words.column.responsibleFor}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {staff.map((one) => (
          <tr>
            <td>
              {one.name} {one.user === principal.id && <span class="hb-faint">({t.members.you})</span>}
            </td>
            <td class="hb-break" data-line="2">
              {one.email}
            </td>
            <td data-line="2">{mayWrite ? <StaffRole c={c} one={one} /> : words.roles[one.role]}</td>
            <td class="hb-num hb-only-wide">{one.clients}</td>
            <td class="hb-num hb-only-wide">{one.responsibleFor}</td>
            <td class="hb-num" data-line="2">
              {mayWrite && one.user !== principal.id && (
                <form method="post" action={officePath(c, `/staff/${one.user}/removal`)}>
                  <button class="ds-button" data-variant="tertiary" type="submit">
                    {words.remove}
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StaffRole({ c, one }: { c: Page; one: Staff }) {
  const words = textsOf(c).members.office
  return (
    <form class="hb-picks hb-inline" method="post" action={officePath(c, `/staff/${one.user}`)}>
      <span class="hb-pick">
        <select name="role" aria-label={`${words.column.role}, ${one.name}`}>
          {OFFICE_ROLES.map((role) => (
            <option value={role} selected={role === one.role}>
              {words.roles[role]}
            </option>
          ))}
        </select>
      </span>
      <button class="ds-button" data-variant="tertiary" type="submit">
        {words.save}
      </button>
    </form>
  )
}

function Details({ c, tried }: { c: Page; tried: Tried | undefined }) {
  const { office } = c.var
  return (
    <DetailsForm c={c} tried={tried} action={officePath(c)} name={office.name} number={office.organisationNumber} />
  )
}

type DetailsProps = {
  c: Page
  tried: Tried | undefined
  action: string
  name: string
  number: string | null
  /** The office does not stand yet: this is what the page is for. */
  create?: true
}

function DetailsForm({ c, tried, action, name, number, create }: DetailsProps) {
  const words = textsOf(c).members.office
  const faults = faultsOf(tried, c.var.locale)
  return (
    <form class="hb-form hb-section" method="post" action={action}>
      <h2>{words.details}</h2>
      <input type="hidden" name="form" value="details" />
      <TextField
        label={words.name}
        name="name"
        form="office"
        value={tried?.fields.name ?? name}
        faults={faults}
        maxlength={100}
        required
      />
      <TextField
        label={words.number}
        name="organisationNumber"
        form="office"
        value={tried?.fields.organisationNumber ?? number}
        help={words.numberNote}
        faults={faults}
        inputmode="numeric"
      />
      <div class="hb-form-actions">
        <button class="ds-button" data-variant={create ? 'primary' : 'secondary'} type="submit">
          {create ? words.create : words.save}
        </button>
      </div>
    </form>
  )
}

/** Where an office is made. */
export async function newOfficePage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.office
  return page(
    c,
    {
      title: words.create,
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.create}</h1>
          <p>{words.createNote}</p>
        </div>
      </div>
      <OutcomeNotice c={c} outcome={tried ? { tried } : {}} fields={['name', 'organisationNumber']} form="office" />
      <DetailsForm c={c} tried={tried} action="/offices/new" name="" number={null} create />
    </>,
  )
}

const detailsIn = (fields: Readonly<Record<string, string | undefined>>) =>
  parse(
    { name: fields.name ?? '', organisationNumber: fields.organisationNumber?.replace(/\s/g, '') ?? null },
    OfficeDetails,
  )

export async function submitNewOffice(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => c.redirect(`/offices/${(await openOffice(officingOf(c), detailsIn(fields))).id}`, 303),
    (tried) => newOfficePage(c, tried),
  )
}

/** A command of the office's page: what it did, or what must be put right. */
const command =
  (work: (c: Page, fields: Readonly<Record<string, string | undefined>>) => Promise<Outcome>) =>
  async (c: Page): Promise<Response> => {
    const fields = c.req.header('content-type') === undefined ? {} : await readForm(c)
    return tryForm(
      fields,
      async () => officePage(c, await work(c, fields)),
      (tried) => officePage(c, { tried }),
    )
  }

export const submitOffice = command(async (c, fields) => {
  c.set('office', await changeOffice(inOffice(c), detailsIn(fields)))
  return { message: textsOf(c).members.office.saved }
})
export const submitStaffInvitation = command(async (c, fields) => {
  const { name = '', language = 'nb', ...wanted } = parse(invitationIn(fields), NewOfficeInvitation)
  return toldInvitation(c, await inviteStaff(inOffice(c), { ...wanted, name, language }))
})
export const submitStaffInvitationLink = command(async (c) =>
  toldInvitation(c, await inviteStaffAgain(inOffice(c), pathText(c, 'invitation'))),
)
export const submitStaffWithdrawal = command(async (c) => {
  const { name } = await withdrawStaffInvitation(inOffice(c), pathText(c, 'invitation'))
  return { message: fill(textsOf(c).members.withdrawn, { name }, c.var.locale) }
})
export const submitStaffRole = command(async (c, fields) => {
  const words = textsOf(c).members
  const { role } = parse({ role: fields.role }, StaffChange)
  const { name } = await changeStaff(inOffice(c), pathText(c, 'user'), role)
  return { message: fill(words.changed, { name, role: words.office.roles[role].toLowerCase() }, c.var.locale) }
})
export const submitStaffRemoval = command(async (c) => {
  const user = pathText(c, 'user')
  const one = (await readStaff(c.var.control, c.var.office.id)).find((staff) => staff.user === user)
  if (!one) throw new Problem(404, 'office-member/unknown')
  await removeStaff(inOffice(c), user)
  return { message: fill(textsOf(c).members.office.removed, { name: one.name }, c.var.locale) }
})
export const submitMoveAnswer = command(async (c, fields) => {
  const id = pathText(c, 'move')
  const move = (await readMovesTo(c.var.control, c.var.office.id)).find((one) => one.id === id)
  await answerMove(inOffice(c), id, fields.answer === 'yes')
  if (fields.answer !== 'yes') return {}
  return { message: fill(textsOf(c).members.office.accepted, { company: move!.companyName }, c.var.locale) }
})
