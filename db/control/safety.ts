import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Webhooks, alerts, the log of the control plane and deletions, as drizzle sees them; see control.ts. */
export const webhook = sqliteTable('webhook', {
  id: text('id').primaryKey(),
  company: text('company').notNull(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  types: text('types').notNull(),
  state: text('state', { enum: ['active', 'paused', 'disabled'] }).notNull(),
  secretVersion: integer('secret_version').notNull().default(1),
  place: integer('place').notNull(),
  failures: integer('failures').notNull().default(0),
  nextAt: text('next_at').notNull(),
  leasedUntil: text('leased_until').notNull().default(''),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  changedAt: text('changed_at').notNull(),
})

export const webhookDelivery = sqliteTable('webhook_delivery', {
  id: text('id').primaryKey(),
  webhook: text('webhook').notNull(),
  firstSequence: integer('first_sequence').notNull(),
  lastSequence: integer('last_sequence').notNull(),
  state: text('state', { enum: ['waiting', 'delivered', 'failed'] }).notNull(),
  tries: integer('tries').notNull().default(0),
  status: integer('status'),
  fault: text('fault'),
  madeAt: text('made_at').notNull(),
  triedAt: text('tried_at'),
})

export const alert = sqliteTable('alert', {
  id: text('id').primaryKey(),
  user: text('user').notNull(),
  company: text('company'),
  kind: text('kind').notNull(),
  subject: text('subject').notNull(),
  params: text('params').notNull(),
  raisedAt: text('raised_at').notNull(),
  seenAt: text('seen_at'),
  clearedAt: text('cleared_at'),
  mailedAt: text('mailed_at'),
  office: text('office'),
  mailTries: integer('mail_tries').notNull().default(0),
  mailAfter: text('mail_after').notNull().default(''),
})

export const controlLog = sqliteTable(
  'control_log',
  {
    sequence: integer('sequence').notNull(),
    type: text('type').notNull(),
    recordedAt: text('recorded_at').notNull(),
    by: text('by').notNull(),
    user: text('user'),
    company: text('company'),
    office: text('office'),
    subject: text('subject').notNull(),
    changes: text('changes'),
    origin: text('origin'),
  },
  (t) => [primaryKey({ columns: [t.sequence] })],
)

export const controlSeal = sqliteTable(
  'control_seal',
  {
    lastSequence: integer('last_sequence').notNull(),
    firstSequence: integer('first_sequence').notNull(),
    recordedAt: text('recorded_at').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.lastSequence] })],
)

export const companyDeletion = sqliteTable('company_deletion', {
  id: text('id').primaryKey(),
  company: text('company').notNull(),
  askedAt: text('asked_at').notNull(),
  askedBy: text('asked_by').notNull(),
  ground: text('ground', { enum: ['retention-over', 'kept-elsewhere', 'no-bookkeeping', 'never-opened'] }).notNull(),
  retentionUntil: text('retention_until'),
  deletesAt: text('deletes_at').notNull(),
  undoneAt: text('undone_at'),
  undoneBy: text('undone_by'),
  found: text('found'),
  droppingAt: text('dropping_at'),
  doneAt: text('done_at'),
  proof: text('proof'),
  proofHash: text('proof_hash'),
  signature: text('signature'),
})

export const databaseCopy = sqliteTable('database_copy', {
  database: text('database').primaryKey(),
  madeAt: text('made_at').notNull(),
})

export const scheduleRun = sqliteTable('schedule_run', {
  cron: text('cron').primaryKey(),
  run: integer('run').notNull(),
  dueAt: text('due_at').notNull(),
  leasedUntil: text('leased_until').notNull().default(''),
  finishedAt: text('finished_at'),
  leasedAt: text('leased_at').notNull().default(''),
  unfinishedSince: text('unfinished_since'),
})

export const scheduleTurn = sqliteTable(
  'schedule_turn',
  {
    cron: text('cron').notNull(),
    company: text('company').notNull(),
    takenAt: text('taken_at').notNull(),
    doneRun: integer('done_run').notNull().default(0),
    tries: integer('tries').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.cron, t.company] })],
)

export const instanceFinding = sqliteTable('instance_finding', {
  kind: text('kind').primaryKey(),
  foundAt: text('found_at').notNull(),
  count: integer('count').notNull(),
  days: text('days').notNull().default('[]'),
})

export const fileWithoutRow = sqliteTable(
  'file_without_row',
  { company: text('company').notNull(), key: text('key').notNull(), foundAt: text('found_at').notNull() },
  (t) => [primaryKey({ columns: [t.company, t.key] })],
)
