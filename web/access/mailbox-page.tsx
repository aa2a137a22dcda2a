import { fill, moment } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import { readMailbox } from '#worker/mail/store.ts'
import { type Page, textsOf } from '../page.tsx'
import { isOwnMachine } from './signing.ts'
import { smallPage } from './small-page.tsx'

/** On one's own machine: the e-mails that would have been sent. Elsewhere there is no such page. */
export async function mailboxPage(c: Page): Promise<Response> {
  if (!isOwnMachine(c)) throw new Problem(404, 'request/not-found')
  const t = textsOf(c).security.mailbox
  const mails = await readMailbox(c.var.control)
  return smallPage(
    c,
    { title: t.title },
    <>
      <p class="hb-quiet">{t.intro}</p>
      {mails.length === 0 && <p>{t.none}</p>}
      {mails.map((mail) => (
        <article class="hb-section">
          <h2>{mail.subject}</h2>
          <p class="hb-small hb-quiet">
            {fill(t.to, { recipient: mail.recipient }, c.var.locale)} · {moment(mail.at)}
          </p>
          <p class="hb-mail">{linked(mail.text)}</p>
        </article>
      ))}
    </>,
  )
}

/** Addresses of ours as links. */
const linked = (text: string) =>
  text
    .split(/(https?:\/\/[^\s]+)/)
    .map((part) => (/^https?:/.test(part) ? <a href={new URL(part).pathname}>{part}</a> : part))
