import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The control database as drizzle sees them, for typed reads. The schema itself, with its checks, indexes and triggers, is the hand-read SQL
 * in migrations/; a test holds the two together. Money is INTEGER øre, days and instants TEXT.
 */
export const user = sqliteTable('user', {
  id: text('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash'),
  locale: text('locale').notNull().default('nb'),
  createdAt: text('created_at').notNull(),
  emailVerifiedAt: text('email_verified_at'),
})

export const office = sqliteTable('office', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  organisationNumber: text('organisation_number'),
})

export const company = sqliteTable('company', {
  id: text('id').primaryKey(),
  office: text('office'),
  name: text('name').notNull(),
  organisationNumber: text('organisation_number'),
  database: text('database').notNull(),
  colour: text('colour').notNull(),
  test: integer('test', { mode: 'boolean' }).notNull().default(false),
  status: text('status').notNull(),
  createdAt: text('created_at').notNull(),
  books: text('books'),
  deletesAt: text('deletes_at'),
  pausedAt: text('paused_at'),
  inUseSince: text('in_use_since'),
})

export const membership = sqliteTable(
  'membership',
  {
    user: text('user').notNull(),
    company: text('company').notNull(),
    /** A role of the permission table, or the id of a custom role. */
    role: text('role').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.user, t.company] })],
)

export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  user: text('user').notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  method: text('method'),
  device: text('device'),
  place: text('place'),
  usedAt: text('used_at'),
  provenAt: text('proven_at'),
})

export const apiKey = sqliteTable('api_key', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  company: text('company'),
  office: text('office'),
  role: text('role', {
    enum: ['administrator', 'accountant', 'approver', 'payer', 'employee', 'reader', 'auditor'],
  }).notNull(),
  name: text('name').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at'),
  revokedAt: text('revoked_at'),
  scopes: text('scopes'),
  networks: text('networks'),
  start: text('start'),
  lastUsedAt: text('last_used_at'),
  lastUsedFrom: text('last_used_from'),
  app: text('app'),
})

export const oauthApp = sqliteTable('oauth_app', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdBy: text('created_by').notNull(),
  redirectUris: text('redirect_uris').notNull(),
  secretHash: text('secret_hash'),
  createdAt: text('created_at').notNull(),
  removedAt: text('removed_at'),
})

export const oauthCode = sqliteTable('oauth_code', {
  codeHash: text('code_hash').primaryKey(),
  key: text('key').notNull(),
  challenge: text('challenge').notNull(),
  redirectUri: text('redirect_uri').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

export const oauthToken = sqliteTable('oauth_token', {
  tokenHash: text('token_hash').primaryKey(),
  key: text('key').notNull(),
  kind: text('kind', { enum: ['access', 'refresh'] }).notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

export const signInFailure = sqliteTable(
  'sign_in_failure',
  {
    subject: text('subject').notNull(),
    at: text('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.subject, t.at] })],
)

export const customRole = sqliteTable('custom_role', {
  id: text('id').primaryKey(),
  company: text('company').notNull(),
  name: text('name').notNull(),
  permissions: text('permissions').notNull(),
  version: integer('version').notNull().default(1),
  by: text('by').notNull(),
  changedAt: text('changed_at').notNull(),
})

export const officeMember = sqliteTable(
  'office_member',
  {
    office: text('office').notNull(),
    user: text('user').notNull(),
    role: text('role', { enum: ['administrator', 'accountant', 'assistant'] }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.office, t.user] })],
)

export const clientAssignment = sqliteTable(
  'client_assignment',
  {
    company: text('company').notNull(),
    user: text('user').notNull(),
    duty: text('duty', { enum: ['responsible', 'team'] }).notNull(),
    role: text('role').notNull(),
    by: text('by').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.company, t.user] })],
)

export const clientMove = sqliteTable('client_move', {
  id: text('id').primaryKey(),
  company: text('company').notNull(),
  fromOffice: text('from_office'),
  toOffice: text('to_office').notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: text('asked_at').notNull(),
  closedAt: text('closed_at'),
  closedBy: text('closed_by'),
  outcome: text('outcome', { enum: ['accepted', 'declined', 'withdrawn'] }),
})

export const invitation = sqliteTable('invitation', {
  id: text('id').primaryKey(),
  company: text('company'),
  office: text('office'),
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  language: text('language', { enum: ['nb', 'en'] }).notNull(),
  tokenHash: text('token_hash').notNull(),
  by: text('by').notNull(),
  createdAt: text('created_at').notNull(),
  sentAt: text('sent_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  mailed: integer('mailed', { mode: 'boolean' }).notNull().default(false),
  acceptedAt: text('accepted_at'),
  acceptedBy: text('accepted_by'),
  withdrawnAt: text('withdrawn_at'),
  withdrawnBy: text('withdrawn_by'),
  auditAccess: text('audit_access'),
})

export const auditAccess = sqliteTable('audit_access', {
  id: text('id').primaryKey(),
  company: text('company'),
  organisationNumber: text('organisation_number'),
  user: text('user'),
  email: text('email').notNull(),
  name: text('name').notNull(),
  firm: text('firm').notNull().default(''),
  orderedFrom: text('ordered_from', { enum: ['auditor', 'company'] }).notNull(),
  orderedBy: text('ordered_by').notNull(),
  orderedAt: text('ordered_at').notNull(),
  message: text('message').notNull().default(''),
  firstYear: integer('first_year').notNull(),
  lastYear: integer('last_year').notNull(),
  days: integer('days').notNull(),
  grantedAt: text('granted_at'),
  grantedBy: text('granted_by'),
  endsAt: text('ends_at'),
  endedAt: text('ended_at'),
  endedBy: text('ended_by'),
  outcome: text('outcome', { enum: ['refused', 'withdrawn', 'ended'] }),
})

export const addinCode = sqliteTable('addin_code', {
  codeHash: text('code_hash').primaryKey(),
  user: text('user').notNull(),
  challenge: text('challenge').notNull(),
  expiresAt: text('expires_at').notNull(),
  scopes: text('scopes').notNull().default('read'),
  signedInAt: text('signed_in_at').notNull().default(''),
})

export const addinRefresh = sqliteTable('addin_refresh', {
  tokenHash: text('token_hash').primaryKey(),
  family: text('family').notNull(),
  user: text('user').notNull(),
  signedInAt: text('signed_in_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
  device: text('device').notNull().default(''),
  place: text('place').notNull().default(''),
  madeAt: text('made_at'),
  scopes: text('scopes').notNull().default('read'),
  publicKey: text('public_key').notNull().default(''),
})

export const addinAccess = sqliteTable('addin_access', {
  tokenHash: text('token_hash').primaryKey(),
  family: text('family').notNull(),
  user: text('user').notNull(),
  expiresAt: text('expires_at').notNull(),
  scopes: text('scopes').notNull().default('read'),
  signedInAt: text('signed_in_at').notNull().default(''),
})

export const officeTemplate = sqliteTable(
  'office_template',
  {
    office: text('office').notNull(),
    key: text('key').notNull(),
    version: integer('version').notNull(),
    content: text('content').notNull(),
    by: text('by').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.office, t.key] })],
)

export const officeScreenLayout = sqliteTable('office_screen_layout', {
  id: text('id').primaryKey(),
  office: text('office').notNull(),
  screen: text('screen').notNull(),
  owner: text('owner').notNull(),
  name: text('name').notNull(),
  definition: text('definition').notNull(),
  version: integer('version').notNull().default(1),
  changedBy: text('changed_by').notNull(),
  changedAt: text('changed_at').notNull(),
})

export const userSetting = sqliteTable(
  'user_setting',
  {
    user: text('user').notNull(),
    name: text('name').notNull(),
    value: text('value').notNull(),
    changedAt: text('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.user, t.name] })],
)

export const backup = sqliteTable('backup', {
  id: text('id').primaryKey(),
  company: text('company').notNull(),
  objectKey: text('object_key').notNull(),
  size: integer('size').notNull(),
  sha256: text('sha256').notNull(),
  ledgerVersion: integer('ledger_version').notNull(),
  chainHead: text('chain_head').notNull(),
  kind: text('kind', { enum: ['scheduled', 'asked', 'uploaded'] }).notNull(),
  by: text('by').notNull(),
  recordedAt: text('recorded_at').notNull(),
})

export const verification = sqliteTable(
  'verification',
  {
    company: text('company').notNull(),
    recordedAt: text('recorded_at').notNull(),
    whole: integer('whole', { mode: 'boolean' }).notNull(),
    ok: integer('ok', { mode: 'boolean' }).notNull(),
    ledgerVersion: integer('ledger_version').notNull(),
    chainHead: text('chain_head').notNull(),
    findings: text('findings').notNull(),
    checks: text('checks'),
  },
  (t) => [primaryKey({ columns: [t.company, t.recordedAt] })],
)

export const headAnchor = sqliteTable(
  'head_anchor',
  {
    day: text('day').notNull(),
    company: text('company').notNull(),
    ledgerVersion: integer('ledger_version').notNull(),
    chainHead: text('chain_head').notNull(),
    sealedTo: integer('sealed_to'),
    sealHash: text('seal_hash'),
  },
  (t) => [primaryKey({ columns: [t.company, t.day] })],
)

export const upload = sqliteTable('upload', {
  id: text('id').primaryKey(),
  by: text('by').notNull(),
  fileName: text('file_name'),
  fileKey: text('file_key').notNull(),
  multipart: text('multipart').notNull(),
  size: integer('size').notNull(),
  partSize: integer('part_size').notNull(),
  createdAt: text('created_at').notNull(),
  completedAt: text('completed_at'),
  company: text('company'),
})

export const uploadPart = sqliteTable(
  'upload_part',
  {
    upload: text('upload').notNull(),
    number: integer('number').notNull(),
    etag: text('etag').notNull(),
    size: integer('size').notNull(),
  },
  (t) => [primaryKey({ columns: [t.upload, t.number] })],
)
export const totp = sqliteTable('totp', {
  user: text('user').primaryKey(),
  secret: text('secret').notNull(),
  lastStep: integer('last_step').notNull(),
  createdAt: text('created_at').notNull(),
})

export const recoveryCode = sqliteTable(
  'recovery_code',
  {
    user: text('user').notNull(),
    codeHash: text('code_hash').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.user, t.codeHash] })],
)

export const passkey = sqliteTable('passkey', {
  id: text('id').primaryKey(),
  user: text('user').notNull(),
  publicKey: text('public_key').notNull(),
  counter: integer('counter').notNull(),
  transports: text('transports').notNull(),
  name: text('name').notNull(),
  createdAt: text('created_at').notNull(),
  usedAt: text('used_at'),
})

export const spentChallenge = sqliteTable('spent_challenge', {
  hash: text('hash').primaryKey(),
  expiresAt: text('expires_at').notNull(),
})

export const signInStep = sqliteTable('sign_in_step', {
  tokenHash: text('token_hash').primaryKey(),
  user: text('user').notNull(),
  method: text('method').notNull(),
  expiresAt: text('expires_at').notNull(),
})

export const mailLink = sqliteTable('mail_link', {
  tokenHash: text('token_hash').primaryKey(),
  user: text('user').notNull(),
  email: text('email').notNull(),
  purpose: text('purpose').notNull(),
  expiresAt: text('expires_at').notNull(),
})

export const providerAccount = sqliteTable(
  'provider_account',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    user: text('user').notNull(),
    provider: text('provider').notNull(),
    email: text('email'),
    createdAt: text('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] })],
)

export const stepUpGrant = sqliteTable(
  'step_up_grant',
  {
    sessionHash: text('session_hash').notNull(),
    contentHash: text('content_hash').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionHash, t.contentHash] })],
)

export const mailbox = sqliteTable('mailbox', {
  id: text('id').primaryKey(),
  recipient: text('recipient').notNull(),
  subject: text('subject').notNull(),
  text: text('text').notNull(),
  at: text('at').notNull(),
})

export const requestKey = sqliteTable(
  'request_key',
  {
    place: text('place').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    answer: text('answer').notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.place, t.key] })],
)
