import type { Bindings } from '#worker/http/env.ts'

export type Listed = { readonly key: string; readonly uploaded: Date }

/** What lies in the bucket under the beginning of a key, a page at a time. */
export async function* listObjects(bucket: Bindings['FILES'], prefix: string): AsyncGenerator<readonly Listed[]> {
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ prefix, ...(cursor && { cursor }) })
    if (page.objects.length > 0) yield page.objects
    if (!page.truncated) return
    cursor = page.cursor
  }
}
