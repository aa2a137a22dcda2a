import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { type Contact, type ContactChange, contactFrom, type NewContact } from './contact.ts'
import { insertContact, readContacts, updateContact } from './contact-store.ts'
import { readParty } from './store.ts'

/** Adds a contact to a customer or supplier. @throws Problem 404 party/unknown. */
export async function addContact(
  { db, by, at }: Acting,
  kind: PartyKind,
  party: string,
  wanted: NewContact,
): Promise<Contact> {
  if (!(await readParty(db, kind, party))) throw new Problem(404, 'party/unknown', { params: { party, kind } })
  const contact = contactFrom(wanted, idOf('con', crypto.getRandomValues(new Uint8Array(17))))
  const { id: _, version: __, ...content } = contact
  const event = {
    type: 'contact.created',
    at,
    by,
    subject: contact.id,
    touched: [{ party }],
    changes: changesOf(undefined, content),
  }
  await db.batch([insertContact(kind, party, contact, at), insertEvents(event)], 'write')
  return contact
}

/** Changes a contact, or takes it out of use. @throws Problem 404 contact/unknown; 409 version/stale. */
export async function changeContact(
  { db, by, at }: Acting,
  { kind, party, id }: { kind: PartyKind; party: string; id: string },
  change: ContactChange,
  version: number | undefined,
): Promise<Contact> {
  const found = (await readContacts(db, kind, party)).find((contact) => contact.id === id)
  if (!found) throw new Problem(404, 'contact/unknown')
  checkVersion(version, found.version)
  const contact = { ...found, ...change }
  const changes = changesOf(found, contact)
  if (isUnchanged(changes)) return found
  const event = { type: 'contact.changed', at, by, subject: id, touched: [{ party }], changes }
  const [updated] = await db.batch([updateContact(contact), insertEventsIfChanged(event)], 'write')
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...contact, version: found.version + 1 }
}
