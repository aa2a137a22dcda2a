/**
 * The company that whoever sends a request means, beside the one in its address: what it says itself (`X-Company`), the one its
 * workbook is bound to (`X-Workbook: wbk_…/Bilag/cmp_…/…`), or that of the page of ours it was sent from. Undefined when nothing tells.
 */
export function companyMeant(headers: Headers): string | undefined {
  const said =
    headers.get('x-company') ?? /^wbk_\w+\/[^/]*\/(\w+)(?:\/\w*)?$/.exec(headers.get('x-workbook') ?? '')?.[1]
  return said ?? /^https?:\/\/[^/]+\/companies\/(cmp_\w+)/.exec(headers.get('referer') ?? '')?.[1]
}
