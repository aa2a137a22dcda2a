import type { Locale } from '#i18n/texts.ts'
import type { OfficeAccess } from '#worker/access/office-access.ts'
import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Origin } from '#worker/events/origin.ts'
import type { LedgerWriter } from '#worker/ledger/ledger-writer.ts'
import type { LedgerStatus } from '#worker/ledger/read-status.ts'
import type { Allowance } from './limit-requests.ts'

/** One request: its id, and how often it asked a database. */
export type Trace = { readonly id: string; roundTrips: number }

/** What the Worker is given: wrangler.toml's bindings and the secrets of docs/deploy.md. */
export type Bindings = {
  CONTROL_DATABASE_URL: string
  CONTROL_DATABASE_ADMIN_URL?: string
  /** One address, or several separated by spaces that share the databases by hash; `{database}` is the name. */
  DATABASE_URL: string
  DATABASE_ADMIN_URL?: string
  DATABASE_TOKEN?: string
  DATABASE_ADMIN_TOKEN?: string
  /** Group of new databases, where the database service has groups. */
  DATABASE_GROUP?: string
  SIGNING_KEY: string
  /** Where e-mail is sent from, and the service that sends it; without both none is sent. */
  MAIL_FROM?: string
  MAIL?: SendEmail
  /** Where else people may sign in, as JSON: docs/deploy.md. */
  OIDC_PROVIDERS?: string
  /** Tests only: answers in the place of those providers. */
  OIDC_FETCH?: typeof fetch
  PASSWORD_PEPPER: string
  /** Requests that a key or a person may make in a minute through one isolate; 3,000 unless told. */
  KEY_REQUESTS_PER_MINUTE?: string
  /** Requests that a company's users may make together in a minute through one isolate; 12,000 unless told. */
  COMPANY_REQUESTS_PER_MINUTE?: string
  /** Where the instance answers, for links in e-mails that no request asked for. */
  SITE_URL?: string
  /** The local operator of an instance on one's own machine; never set in production. */
  OPERATOR_KEY?: string
  LOCAL_INSTANCE?: string
  HANDSONTABLE_LICENSE_KEY?: string
  /** Tests only: the databases were told not to sync each commit, so `verify` does not ask for it. */
  RELAXED_DURABILITY?: string
  /** Who may look after the installation, by user id with spaces between: docs/deploy.md. */
  OPERATORS?: string
  /** What reads `/metrics` shows it as a bearer token; without it nobody outside one's own machine reads them. */
  METRICS_KEY?: string
  /** `requests`: each request is a line of the log. */
  LOG?: string
  /** Where each request is counted, in production. */
  ANALYTICS?: AnalyticsEngineDataset
  /** Of the request that is being answered, set by `prepare`: goes with it to the databases. */
  TRACE?: Trace
  LEDGER_WRITER: DurableObjectNamespace<LedgerWriter>
  FILES: R2Bucket
  /** What fetches the addresses of webhooks, where there is a proxy for that; else the Worker itself. See docs/deploy.md. */
  WEBHOOKS?: Fetcher
  /** Tests only: which addresses a name leads to. */
  WEBHOOK_ADDRESSES?: (host: string) => Promise<string[]>
  /** Tests only: answers in the place of Norges Bank. */
  RATES_FETCH?: typeof fetch
  ASSETS?: Fetcher
  /** Tests only: answers database requests in the same process. */
  DATABASE_FETCH?: typeof fetch
}

export type Env = {
  Bindings: Bindings
  Variables: {
    requestId: string
    locale: Locale
    principal: Principal
    /** Where the request came from, for the logs. */
    origin: Origin
    /** What is left of the caller's and the company's shares of requests, where they are counted. */
    allowances: readonly Allowance[] | undefined
    control: Database
    access: CompanyAccess
    /** On an office's routes: the office, and what the caller is in it. */
    office: OfficeAccess
    company: CompanyId
    db: Database
    /** On a page: what its frame will say of the ledger, and how many alerts its reader has not seen, on their way. */
    frame: { status: Promise<LedgerStatus> | undefined; unseen: Promise<number> | undefined } | undefined
    /** The body of a form as it was sent, once it was read: what must be confirmed first is sent again as it was. */
    formText: string | undefined
  }
}
