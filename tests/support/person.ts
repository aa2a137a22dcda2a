// People who sign in by themselves: with a password, and with a code app when one is wanted.
import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { idOf } from '#worker/core/ids.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { hashPassword } from '#worker/identity/password.ts'
import type { testApp } from './app.ts'
import { textOf, visitor } from './visitor.ts'

export const PASSWORD = 'korrekt hest batteri stift'
type App = ReturnType<typeof testApp>
let hashed: Promise<string> | undefined
let networks = 0

/** A network nobody has tried from. */
export const fresh = () => {
  networks++
  return { headers: { 'cf-connecting-ip': `10.9.${Math.floor(networks / 250)}.${networks % 250}` } }
}

/** A user with a password and an address of their own, in a browser of their own, not signed in. */
export async function person(app: App) {
  await app.call('/api/openapi.json', { key: null })
  const control = controlDatabase(app.env)
  const id = idOf('usr', crypto.getRandomValues(new Uint8Array(17)))
  const email = `${randomUUID().slice(0, 8)}@kvist.example`
  hashed ??= hashPassword(PASSWORD, app.env.PASSWORD_PEPPER)
  await control.execute({
    sql: 'insert into user (id, email, name, password_hash, created_at) values (?, ?, ?, ?, ?)',
    args: [id, email, 'Ola Nordmann', await hashed, new Date().toISOString()],
  })
  const browser = visitor(app)
  const password = (as = browser, typed = PASSWORD) => as.post('/sign-in', { email, password: typed }, fresh())
  return {
    id,
    email,
    control,
    browser,
    /** Sends e-mail and password from this browser or another. */
    password,
    /** Connects a code app, and gives what it shows at a moment, and the recovery codes. */
    async codeApp() {
      const page = (await browser.get('/security/code-app')).html
      const sealed = /name="sealed" value="([^"]+)"/.exec(page)![1]!
      const secret = /<code class="hb-break">([A-Z2-7 ]+)<\/code>/.exec(page)![1]!.replaceAll(' ', '')
      const totp = new TOTP({ secret: Secret.fromBase32(secret) })
      const codeAt = (seconds = 0) => totp.generate({ timestamp: Date.now() + seconds * 1_000 })
      const form = { sealed, code: codeAt(), currentPassword: PASSWORD }
      const done = await browser.post('/security/code-app', form, fresh())
      const recovery = [...textOf(done.html).matchAll(/\b[2-9a-z]{5}-[2-9a-z]{5}\b/g)].map(([code]) => code)
      return { codeAt, recovery, done }
    },
    /** E-mails this person has been sent, the newest first. */
    mails: async () =>
      (
        await control.execute({ sql: 'select * from mailbox where recipient = ? order by at desc, id', args: [email] })
      ).rows.map((row) => ({ subject: String(row.subject), text: String(row.text) })),
  }
}

/** Half a minute and more has gone: the next code of every app. */
export const SECONDS_OF_A_STEP = 30
