// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of code as they stand in files
/** A control, how it is broken, and the test that must see it. */
export type Broken = {
  name: string
  what: string
  file: string
  from: string
  to: string
  test: string
  /** The tests to run of that file, by a piece of their names. */
  only?: string
  env?: Record<string, string>
}

const WEBHOOKS = 'tests/webhooks/webhooks.test.ts'
const KEYS = 'tests/access/keys-and-members.test.ts'
const BODIES = 'tests/http/hostile-body.test.ts'
const SEALS = 'tests/events/seal-events.test.ts'
const SEC = 'tests/security/sec.test.ts'

export const SWITCHES: readonly Broken[] = [
  {
    name: 'csrf',
    what: 'a cookie is believed from other sites',
    file: 'worker/access/identify.ts',
    from: 'if (cookie && !isSafe(c.req.method) && !isSameSite(c.req.raw))',
    to: 'if (false)',
    test: SEC,
    only: 'S4',
  },
  {
    name: 'key-in-address',
    what: 'a key in an address is not refused',
    file: 'worker/access/identify.ts',
    from: 'if (KEY_IN_ADDRESS.test(c.req.url))',
    to: 'if (false)',
    test: BODIES,
    only: 'a key in an address',
  },
  {
    name: 'revoked-key',
    what: 'a revoked key goes on working',
    file: 'worker/access/store.ts',
    from: 'revoked_at is null and (expires_at',
    to: 'true and (expires_at',
    test: KEYS,
    only: 'stop within a second',
  },
  {
    name: 'key-networks',
    what: 'a key is used from anywhere',
    file: 'worker/access/identify.ts',
    from: '!isWithinNetworks(from, principal.networks)',
    to: 'false',
    test: KEYS,
    only: 'held to their networks',
  },
  {
    name: 'key-scopes',
    what: 'a key does all that its role may',
    file: 'worker/access/allow.ts',
    from: 'who.scopes.includes(access)',
    to: 'true',
    test: KEYS,
    only: 'with scopes',
  },
  {
    name: 'ssrf-addresses',
    what: 'a name that leads inside is sent to',
    file: 'worker/webhooks/webhook-url.ts',
    from: 'return CLOSED.every(',
    to: 'return CLOSED.some(',
    test: WEBHOOKS,
    only: 'leads inside',
  },
  {
    name: 'ssrf-names',
    what: 'names of inner networks are taken',
    file: 'worker/webhooks/webhook-url.ts',
    from: '&& !INNER.test(host)',
    to: '',
    test: SEC,
    only: 'S17',
  },
  {
    name: 'ssrf-literals',
    what: 'an address literal is taken for a name',
    file: 'worker/webhooks/webhook-url.ts',
    from: 'return isName && ',
    to: 'return ',
    test: SEC,
    only: 'S17',
  },
  {
    name: 'webhook-redirect',
    what: 'redirects are followed',
    file: 'worker/webhooks/send-webhook.ts',
    from: "redirect: 'manual' as const",
    to: "redirect: 'follow' as const",
    test: WEBHOOKS,
    only: 'in order, signed',
  },
  {
    name: 'webhook-signature',
    what: 'the signature covers the body alone, so an old delivery can be dated anew',
    file: 'worker/webhooks/webhook.ts',
    from: '`${timestamp}.${delivery}.${body}`',
    to: '`${body}`',
    test: WEBHOOKS,
    only: 'in order, signed',
  },
  {
    name: 'webhook-lease',
    what: 'two rounds deliver the same at once',
    file: 'worker/webhooks/store.ts',
    from: "where id = ?1 and leased_until < ?2 and state = 'active' and next_at <= ?2",
    to: "where id = ?1 and ?2 is not null and state = 'active'",
    test: WEBHOOKS,
    only: 'several rounds',
  },
  {
    name: 'duplicate-names',
    what: 'a JSON body may mean two things',
    file: 'worker/http/accept.ts',
    from: 'if (twice !== undefined)',
    to: 'if (false)',
    test: BODIES,
    only: 'a name twice',
  },
  {
    name: 'json-depth',
    what: 'JSON may be as deep as it likes',
    file: 'worker/http/accept.ts',
    from: 'if (depth >= DEPTH_LIMIT)',
    to: 'if (false)',
    test: BODIES,
    only: 'levels',
  },
  {
    name: 'body-limit',
    what: 'a body whose length is not told is read whole',
    file: 'worker/http/accept.ts',
    from: 'if (size > BODY_LIMIT) throw tooLarge()',
    to: '',
    test: BODIES,
    only: 'too large',
  },
  {
    name: 'formulas',
    what: 'a text may be a formula in a sheet',
    file: 'worker/reports/csv.ts',
    from: 'FORMULA.test(text) ?',
    to: 'false ?',
    test: BODIES,
    only: 'no formula',
  },
  {
    name: 'formulas-behind-separator',
    what: 'a formula hides behind the other separator',
    file: 'worker/reports/csv.ts',
    from: '.replace(FORMULA_INSIDE, "$1\'")',
    to: '',
    test: BODIES,
    only: 'no formula',
  },
  {
    name: 'event-is-final',
    what: 'the audit log can be changed',
    file: 'db/company/migrations/0002_posted_is_final.sql',
    from: "before update on event begin select raise(abort, 'event/is-final')",
    to: 'before update on event begin select 1',
    test: SEALS,
    only: 'takes no change',
  },
  {
    name: 'seal-is-final',
    what: 'a seal can be changed',
    file: 'db/company/migrations/0021_audit_log.sql',
    from: "before update on audit_seal begin select raise(abort, 'audit-seal/is-final')",
    to: 'before update on audit_seal begin select 1',
    test: SEALS,
    only: 'takes no change',
  },
  {
    name: 'seal-covers-all',
    what: 'where an event came from is not sealed',
    file: 'worker/events/seal-events.ts',
    from: 'JSON.stringify(event)',
    to: 'JSON.stringify(event.slice(0, 8))',
    test: SEALS,
    only: 'one changed origin',
  },
  {
    name: 'page-policy',
    what: 'pages run inline scripts',
    file: 'web/page.tsx',
    from: "script-src 'self' 'nonce-${nonce}'",
    to: "script-src 'self' 'unsafe-inline'",
    test: SEC,
    only: 'S6',
  },
  {
    name: 'document-sandbox',
    what: 'a document is served without a sandbox',
    file: 'worker/documents/document.ts',
    from: '`${policy}; sandbox`',
    to: 'policy',
    test: 'tests/security/fuzz.test.ts',
    env: { FUZZ_CORPUS: 'tests/fixtures/attacks/attachments', FUZZ_SHARE: '1' },
  },
  {
    name: 'limits',
    what: 'comments have no limit',
    file: 'db/company/migrations/0025_limits.sql',
    from: '>= 1000;',
    to: '>= 100000;',
    test: BODIES,
    only: 'rows of a draft',
  },
  {
    name: 'pinned',
    what: 'a dependency may float',
    file: 'dev/supply-rules.ts',
    from: '/^\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?$/',
    to: '/./',
    test: 'tests/security/supply.test.ts',
    only: 'floats',
  },
]
