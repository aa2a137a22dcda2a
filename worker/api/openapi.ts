import type { Hono } from 'hono'
import * as z from 'zod/mini'
import { problemText } from '#i18n/problem-text.ts'
import { sessionCookie } from '#worker/access/identify.ts'
import { PERMISSIONS } from '#worker/access/permission.ts'
import type { Env } from '#worker/http/env.ts'
import { isRepeatable, type Operation, operationOf, tellsVersion } from '#worker/http/operation.ts'

export type Route = { method: string; path: string; operation: Operation }

/** Every route that declares itself, as mounted. What is served and what is documented are the same list. */
export function routesOf(app: Hono<Env>): Route[] {
  const routes = new Map<string, Route>()
  for (const { method, path, handler } of app.routes) {
    const operation = operationOf(handler)
    if (operation) routes.set(`${method} ${path}`, { method: method.toLowerCase(), path, operation })
  }
  return [...routes.values()]
}

/** Problems that any route may answer with. */
const EVERYWHERE = ['request/not-found', 'service/busy', 'company/quarantined', 'internal/error'] as const
const WITH_KEY = ['sign-in/required', 'permission/missing'] as const
const WITH_BODY = ['request/unreadable', 'request/too-large', 'request/media-type', 'request/invalid'] as const

/** The OpenAPI 3.1 document of the mounted routes. */
export function openApiDocument(app: Hono<Env>, origin: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routesOf(app)) {
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationObject(route, path) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hovedbok API',
      version: '1',
      description:
        'Norwegian double-entry accounting. Amounts are whole øre, debit positive; dates are YYYY-MM-DD; instants are UTC. ' +
        'Errors are application/problem+json with a stable code and an issue for each wrong field. ' +
        'Whoever calls is held to a number of requests a minute: RateLimit and RateLimit-Policy tell how many, and Retry-After when there are none left. ' +
        'A POST that makes something heeds an Idempotency-Key for 30 days; what was cut off is 409 request/unfinished and never done twice. ' +
        'A request that names a company in X-Company is refused when its address is another’s. ' +
        'Where the books stand is `ledgerVersion` in the answer, or the header Ledger-Version.',
    },
    servers: [{ url: origin }],
    security: [{ key: [] }],
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key of the company, hbk_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie(origin),
          description: 'The browser after signing in',
        },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

const tagOf = (path: string): string => {
  const parts = path.replace('/api/v1/', '').split('/')
  return parts[0] === 'companies' && parts.length > 2 ? parts[2]! : parts[0]!
}

function operationObject({ method, operation }: Route, path: string) {
  const { access, body, rawBody, query, answer, problems = [] } = operation
  const open = access === 'public'
  const codes = [...new Set([...problems, ...(open ? [] : WITH_KEY), ...(body ? WITH_BODY : []), ...EVERYWHERE])]
  const roles = access in PERMISSIONS ? PERMISSIONS[access as keyof typeof PERMISSIONS] : undefined
  return {
    operationId: `${method} ${path}`.replace(/[^a-zA-Z0-9]+(.)?/g, (_, c?: string) => c?.toUpperCase() ?? ''),
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    tags: [tagOf(path)],
    ...(open && { security: [] }),
    'x-permission': access,
    ...(operation.stepUp && { 'x-step-up': true }),
    ...(roles && { 'x-roles': roles }),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ? queryParameters(query) : []),
      ...headersOf(method, operation).map(([name, description, schema]) => ({
        name,
        in: 'header',
        required: false,
        description,
        schema: { type: 'string', ...schema },
      })),
    ],
    ...((body || rawBody) && {
      requestBody: {
        required: true,
        content: body
          ? { 'application/json': { schema: schemaOf(body, 'input') } }
          : { [rawBody!]: { schema: { type: 'string', format: 'binary' } } },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(tellsVersion(method, path, operation) && { headers: LEDGER_VERSION }),
        ...contentOf(operation),
      },
      ...(answer.status === 201 && {
        200: {
          description: `It was done before: the same answer again, with replayed: true${secretly(operation)}`,
          ...contentOf(operation),
        },
      }),
      default: {
        description: `A problem: ${codes.join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        'x-problem-codes': codes,
      },
    },
  }
}

const secretly = ({ secrets }: Operation): string => (secrets ? `, and ${secrets.join()} null: it is told once` : '')

/** What an answer may be made of. */
function contentOf({ answer, table, list, stream }: Operation) {
  const media = [
    ...(answer.schema ? [['application/json', { schema: schemaOf(answer.schema, 'output') }] as const] : []),
    ...(answer.mediaType ? [[answer.mediaType, {}] as const] : []),
    ...(table || list ? TABLES.map((type) => [type, { schema: { type: 'string' } }] as const) : []),
    ...(stream ? [['text/event-stream', { schema: { type: 'string' } }] as const] : []),
  ]
  return media.length > 0 && { content: Object.fromEntries(media) }
}
const TABLES = ['text/csv', 'application/x-ndjson'] as const
const LEDGER_VERSION = {
  'Ledger-Version': { description: 'Place of the newest posted voucher', schema: { type: 'integer' } },
}

type Header = readonly [name: string, description: string, schema?: object]

/** What a request may carry beside its body. */
function headersOf(method: string, operation: Operation): Header[] {
  const { problems = [], list, stream, rawBody } = operation
  return [
    ...(isRepeatable(method, operation)
      ? [['Idempotency-Key', 'Makes the request repeatable for 30 days', { minLength: 1, maxLength: 128 }] as const]
      : []),
    ...(problems.includes('version/stale') ? [['If-Match', 'The version it is meant for, as "3"'] as const] : []),
    ...(list ? [['Prefer', 'count=exact: how many rows all pages have'] as const] : []),
    ...(stream ? [['Last-Event-ID', 'The last sequence that was seen'] as const] : []),
    ...(rawBody ? [['X-File-Name', 'The file’s name, percent-encoded'] as const] : []),
    ['Accept-Language', 'nb or en: the language of texts'],
  ]
}

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  return json
}

function queryParameters(query: z.ZodMiniObject) {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

const ISSUE = {
  type: 'object',
  required: ['code', 'severity', 'pointer'],
  properties: {
    code: { type: 'string', description: 'Stable: thing/what-is-wrong' },
    severity: { enum: ['error', 'warning'] },
    pointer: { type: 'string', description: 'RFC 6901, into the request' },
    rowKey: { type: 'string' },
    params: { type: 'object' },
    message: { type: 'string', description: 'In the language of Accept-Language, nb or en' },
    fix: { type: 'object', properties: { label: { type: 'string' }, pointer: { type: 'string' }, value: {} } },
  },
}
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'issues'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    params: { type: 'object' },
    issues: { type: 'array', items: ISSUE },
  },
}

/** What a code says in English, for the readable documentation. */
export const explain = (code: string): string => problemText(code, {}, 'en')
