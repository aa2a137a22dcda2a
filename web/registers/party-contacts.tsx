import { mayDo } from '#worker/access/permission.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { addContact, changeContact } from '#worker/parties/change-contacts.ts'
import { type Contact, ContactChange, NewContact } from '#worker/parties/contact.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import { CheckField, ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { partyPage } from './party-page.tsx'

type Props = { c: Page; party: RegisteredParty; contacts: readonly Contact[]; tried: Tried | undefined }

/** The people one talks to at a customer or supplier, on its card. */
export function Contacts({ c, party, contacts, tried }: Props) {
  const words = textsOf(c).registers.parties.contacts
  const { access } = c.var
  const path = companyPath(access, `/parties/${party.kind}/${encodeURIComponent(party.number)}/contacts`)
  const mayWrite = mayDo(access, 'register:write')
  return (
    <section>
      <h2>{words.title}</h2>
      <ErrorSummary c={c} tried={tried} fields={['name', 'role', 'email', 'phone']} form="contact" />
      {contacts.length === 0 && <p class="hb-quiet">{words.none}</p>}
      <ul class="hb-plain">
        {contacts.map((contact) => (
          <li>
            <b>{contact.name}</b> {contact.role && <span class="hb-quiet">{contact.role}</span>}{' '}
            {!contact.active && <span class="hb-chip">{textsOf(c).registers.parties.inactive}</span>}
            <br />
            {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}{' '}
            {contact.phone && <a href={`tel:${contact.phone.replace(/\s/g, '')}`}>{contact.phone}</a>}
            {mayWrite && (
              <details class="hb-no-print">
                <summary>{words.edit}</summary>
                <Fields c={c} contact={contact} action={`${path}/${contact.id}`} tried={undefined} />
              </details>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <details class="hb-no-print" open={tried !== undefined}>
          <summary>{words.add}</summary>
          <Fields c={c} contact={undefined} action={path} tried={tried} />
        </details>
      )}
    </section>
  )
}

type FieldsProps = { c: Page; contact: Contact | undefined; action: string; tried: Tried | undefined }

function Fields({ c, contact, action, tried }: FieldsProps) {
  const t = textsOf(c)
  const words = t.registers.parties.contacts.fields
  const faults = faultsOf(tried, c.var.locale)
  const form = contact?.id ?? 'contact'
  const text = (name: 'name' | 'role' | 'email' | 'phone', required = false) => (
    <TextField
      label={words[name]}
      name={name}
      form={form}
      value={tried ? tried.fields[name] : contact?.[name]}
      faults={faults}
      required={required}
    />
  )
  return (
    <form class="hb-form" method="post" action={action}>
      {contact && <input type="hidden" name="version" value={String(contact.version)} />}
      {text('name', true)}
      {text('role')}
      {text('email')}
      {text('phone')}
      {contact && <CheckField label={t.registers.parties.fields.active} name="active" checked={contact.active} />}
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {t.registers.save}
        </button>
      </div>
    </form>
  )
}

/** Adds a contact, or changes the one of the address. */
export async function submitContact(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const kind = pathText(c, 'kind') === 'supplier' ? 'supplier' : 'customer'
  const [party, id] = [pathText(c, 'number'), pathText(c, 'contact')]
  return tryForm(
    fields,
    async () => {
      const { name = '', role = null, email = null, phone = null, active, version } = fields
      const wanted = { name, role, email, phone }
      if (id === '') await addContact(actingOf(c), kind, party, parse(wanted, NewContact))
      else {
        const change = parse({ ...wanted, active: active === 'yes' }, ContactChange)
        await changeContact(
          actingOf(c),
          { kind, party, id },
          change,
          /^\d+$/.test(version ?? '') ? Number(version) : undefined,
        )
      }
      return c.redirect(companyPath(c.var.access, `/parties/${kind}/${encodeURIComponent(party)}`), 303)
    },
    (contact) => partyPage(c, { contact }),
  )
}
