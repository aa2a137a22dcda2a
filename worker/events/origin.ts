/**
 * Where a request came from, as little as tells who it was: a network and not an address, a kind of device and no print of it;
 * of signing in also the town, where it is known. From Excel also the workbook's own id, which copies of it have too, the sheet,
 * and a mark of the file, which copies of it have not.
 */
export type Origin = {
  network: string
  device: string
  place?: string
  workbook?: string
  sheet?: string
  file?: string
}

/** The origin of a request by its headers. Cloudflare says the address; nobody else is believed. */
export const originOf = (headers: Headers): Origin => ({
  network: maskedNetwork(headers.get('cf-connecting-ip') ?? ''),
  device: deviceName(headers.get('user-agent') ?? ''),
  ...workbookOf(headers.get('x-workbook') ?? ''),
})

/** `wbk_…/Bilag/cmp_…/9f86d081884c7d65` as the add-in tells it, without the last where the file has no mark; by workbook and sheet nothing is decided, by the company `companyMeant` does. */
function workbookOf(told: string): Pick<Origin, 'workbook' | 'sheet' | 'file'> {
  const [, workbook, sheet, file] =
    /^(wbk_[0-9a-z]{26})(?:\/([\w%.~!*'()-]{0,300}))?(?:\/cmp_\w+(?:\/([0-9a-f]{16})?)?)?$/.exec(told) ?? []
  if (workbook === undefined) return {}
  try {
    return { workbook, ...(sheet && { sheet: decodeURIComponent(sheet).slice(0, 40) }), ...(file && { file }) }
  } catch {
    return { workbook }
  }
}

/** `203.0.113.0/24` of an IPv4 address, `2001:db8:1::/48` of an IPv6 one; nothing of anything else. */
export function maskedNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(mapped)
  if (four) return `${four.slice(1, 4).join('.')}.0/24`
  if (!/^[0-9a-f:]+$/i.test(mapped) || !mapped.includes(':')) return ''
  const [head = '', tail] = mapped.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = [...left, ...zeros, ...right].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':').replace(/(:0)+$/, '')}::/48`
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
]

/** `Firefox, Windows` of a browser; the first word of a program that says its name, such as `curl`; nothing of anything else. */
export function deviceName(userAgent: string): string {
  const found = (names: readonly (readonly [RegExp, string])[]) => names.find(([of]) => of.test(userAgent))?.[1]
  const known = [found(BROWSERS), found(SYSTEMS)].filter(Boolean).join(', ')
  return known || (/^[\w.-]{1,40}/.exec(userAgent)?.[0] ?? '')
}
