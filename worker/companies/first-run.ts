import { DEMO_CONTACTS, DEMO_PROFILE, demoRates } from '#db/seed/demo/registers.ts'
import { DEMO_RECURRING, demoRecurring, demoSplitKeys, demoTemplates } from '#db/seed/demo/templates.ts'
import {
  DEMO_COMPANY,
  type DemoStep,
  demoCompany,
  demoDepartments,
  demoParties,
  demoProjects,
} from '#db/seed/demo-company.ts'
import { createDemoUser, DEMO_USER } from '#worker/access/create-demo-user.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type Instant, type IsoDate, yearOf } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { upsertRates } from '#worker/currency/store.ts'
import type { Database } from '#worker/database/connect.ts'
import { startSeriesAt } from '#worker/dimensions/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { booksOf, partyKey } from '#worker/ledger/books.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { entriesOverTime } from '#worker/ledger/schedule.ts'
import { readAllParties, readFacts } from '#worker/ledger/store.ts'
import { contactFrom } from '#worker/parties/contact.ts'
import { insertContact } from '#worker/parties/contact-store.ts'
import { lockPeriods } from '#worker/periods/lock-periods.ts'
import { matchAutomatically } from '#worker/subledger/match-items.ts'
import { saveRecurring } from '#worker/templates/save-recurring.ts'
import { saveSplitKey } from '#worker/templates/save-split-key.ts'
import { saveTemplate } from '#worker/templates/save-template.ts'
import { calendarYears } from './company.ts'
import { openBooks } from './create-company.ts'
import { keepDemoBudget } from './keep-demo-budget.ts'
import { keepDemoDocuments } from './keep-demo-documents.ts'
import { keepDemoOffice } from './keep-demo-office.ts'
import { updateProfile } from './profile-store.ts'
import { standardAccounts } from './standard-accounts.ts'
import {
  countCompanies,
  insertAccounts,
  insertFirstDimensionValues,
  insertFirstParties,
  insertFiscalYears,
  insertStandards,
  setStatus,
} from './store.ts'

type Context = { env: Bindings; control: Database; principal: Principal; today: IsoDate }

/** Whether this was the first run, and the company made by it; null when the installation had companies already. */
export type FirstRun = { created: boolean; company: CompanyId | null }

/**
 * Gives an empty installation its demo company, with the books of last year and of this one up to today, and what was paid
 * matched with what it paid. It can be reached when all of it stands.
 * @throws Problem as posting does; 503 service/busy when the database service makes no database.
 */
export async function firstRun(ctx: Context): Promise<FirstRun> {
  if ((await countCompanies(ctx.control)) > 0) return { created: false, company: null }
  const { id, database, db } = await openBooks(ctx, { ...DEMO_COMPANY, test: true })
  const by = await createDemoUser(ctx.control, id)
  const year = yearOf(ctx.today)
  await db.batch(
    [
      insertAccounts(standardAccounts()),
      ...insertStandards(),
      ...insertFiscalYears(calendarYears(year - 1, year + 1)),
      insertFirstDimensionValues([
        ...demoDepartments.map(([code, name]) => ['department', code, name] as const),
        ...demoProjects.map(([code, name]) => ['project', code, name] as const),
      ]),
      insertFirstParties(demoParties, new Date().toISOString()),
    ],
    'write',
  )
  const books = booksOf((await readFacts(db)).facts)
  for (const party of await readAllParties(db)) books.parties.set(partyKey(party.kind, party.number), party)
  const { steps, locks } = demoCompany(ctx.today, (draft) => entriesOverTime(draft, books))
  for (const job of jobsOf(steps, by)) await runJob(ctx.env, { id, database }, job)
  const acting = { db, by, at: new Date().toISOString() as Instant }
  for (const key of demoSplitKeys) await saveSplitKey(acting, key.code, key.content, 0)
  for (const template of demoTemplates) await saveTemplate(acting, template.key, { content: template.content }, 0)
  await saveRecurring(acting, DEMO_RECURRING, demoRecurring(ctx.today), 0)
  const { name } = DEMO_USER
  const matcher = {
    env: ctx.env,
    access: { id, database },
    by,
    name,
    rights: { softLock: true },
    locale: 'nb',
  } as const
  await matchAutomatically(matcher, db, {})
  const at = new Date().toISOString() as Instant
  await keepDemoBudget({ db, by, at }, year)
  await keepDemoDocuments({ db, by, at }, ctx.env.FILES, id, steps, ctx.today)
  for (const lock of locks) await lockPeriods({ db, by, at }, id, lock, true)
  const contacts = DEMO_CONTACTS.filter(([kind, number]) => books.parties.has(partyKey(kind, number)))
  await db.batch(
    [
      updateProfile(DEMO_PROFILE, 1),
      startSeriesAt('project', Math.max(...demoProjects.map(([code]) => Number(code)))),
      upsertRates(demoRates(ctx.today), by, at),
      ...contacts.map(([kind, party, name, role, email], i) =>
        insertContact(kind, party, contactFrom({ name, role, email }, `con_${String(i).padStart(26, '0')}`), at),
      ),
    ],
    'write',
  )
  await setStatus(ctx.control, id, 'active')
  await keepDemoOffice(ctx, id, { kind: 'user', id: by, ...DEMO_USER, session: null })
  return { created: true, company: id }
}

/** Drafts that stand together make one job. */
function jobsOf(steps: readonly DemoStep[], by: string) {
  const asked = { by, rights: { softLock: true } } as const
  const jobs: Parameters<typeof runJob>[2][] = []
  let drafts: unknown[] = []
  const post = () => {
    if (drafts.length > 0) jobs.push({ do: 'post', drafts, mode: 'all-or-nothing', single: false, ...asked })
    drafts = []
  }
  for (const step of steps) {
    if (step.do === 'post') drafts.push(step.draft)
    else {
      post()
      jobs.push({ ...step, ...asked })
    }
  }
  post()
  return jobs
}
