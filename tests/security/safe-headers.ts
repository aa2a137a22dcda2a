/** Why a document that was served could act as a page of ours; undefined when it could not. */
export function isSafeToServe(headers: Headers): string | undefined {
  const [type, policy] = [headers.get('content-type') ?? '', headers.get('content-security-policy') ?? '']
  if (!/^(?:application\/pdf|image\/(?:png|jpeg|webp|tiff)|text\/plain; charset=utf-8)$/.test(type))
    return `type ${type}`
  if (headers.get('x-content-type-options') !== 'nosniff') return 'sniffed'
  if (!policy.includes("default-src 'none'")) return 'no policy'
  if (type !== 'application/pdf' && !/\bsandbox\b/.test(policy)) return 'not sandboxed'
  if (headers.get('cross-origin-resource-policy') !== 'same-origin') return 'readable across origins'
  if (/[\r\n]/.test(headers.get('content-disposition') ?? '')) return 'file name breaks the header'
  return undefined
}
