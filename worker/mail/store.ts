import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** So many are kept on one's own machine. */
const KEPT = 200
export type KeptMail = { id: string; recipient: string; subject: string; text: string; at: Instant }

export const insertMail = (
  id: string,
  { to, subject, text }: { to: string; subject: string; text: string },
  at: Instant,
): InStatement[] => [
  {
    sql: 'insert into mailbox (id, recipient, subject, text, at) values (?, ?, ?, ?, ?)',
    args: [id, to, subject, text, at],
  },
  {
    sql: `delete from mailbox where id in (select id from mailbox order by at desc limit -1 offset cast(? as integer))`,
    args: [KEPT],
  },
]

/** The newest first. */
export async function readMailbox(control: Database): Promise<KeptMail[]> {
  const { rows } = await control.execute('select * from mailbox order by at desc, id')
  return rows.map((row) => ({
    id: String(row.id),
    recipient: String(row.recipient),
    subject: String(row.subject),
    text: String(row.text),
    at: String(row.at) as Instant,
  }))
}
