/** A percentage as people type it, `5`, `−2,5` or `+5 %`, in basis points. Undefined when it is none; nothing is 0. */
export function basisPointsOf(text: string): number | undefined {
  const body = text.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[\s\u00a0%]/g, '')
  if (body === '') return 0
  const read = /^([+-]?)(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(body)
  if (!read) return undefined
  const points = Number(read[2]) * 100 + Number((read[3] ?? '').padEnd(2, '0'))
  return read[1] === '-' && points > 0 ? -points : points
}
