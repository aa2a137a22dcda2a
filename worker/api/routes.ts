import { Hono } from 'hono'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Locale } from '#i18n/format.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { openApiDocument } from './openapi.ts'

type Document = ReturnType<typeof openApiDocument>
type Page = (document: Document, locale: Locale) => HtmlEscapedString | Promise<HtmlEscapedString>

/** The API's own description. `served` is the whole app, so that what is served and what is described are the same. */
export const apiDescription = (served: () => Hono<Env>, docsPage: Page) =>
  new Hono<Env>()
    .get(
      '/api/openapi.json',
      operation({
        summary: 'This document',
        access: 'public',
        answer: { status: 200, mediaType: 'application/json', description: 'OpenAPI 3.1' },
      }),
      (c) =>
        c.json(openApiDocument(served(), new URL(c.req.url).origin), 200, { 'cache-control': 'public, max-age=60' }),
    )
    .get(
      '/api/docs',
      operation({
        summary: 'The API, readable',
        access: 'public',
        answer: { status: 200, mediaType: 'text/html', description: 'A page' },
      }),
      (c) => {
        const page = docsPage(openApiDocument(served(), new URL(c.req.url).origin), c.var.locale)
        return c.html(page, 200, {
          'content-security-policy':
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
        })
      },
    )
