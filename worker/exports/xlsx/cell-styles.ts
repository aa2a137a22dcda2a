/** Which way of writing a cell has: its place in `cellXfs` below. */
export const STYLE = {
  plain: 0,
  title: 1,
  label: 2,
  head: 3,
  headRight: 4,
  text: 5,
  date: 6,
  money: 7,
  number: 8,
  heading: 9,
  sumText: 10,
  sumMoney: 11,
  totalText: 12,
  totalMoney: 13,
  wrapped: 14,
  opening: 15,
  openingMoney: 16,
  percent: 17,
  sumPercent: 18,
} as const
export type Style = (typeof STYLE)[keyof typeof STYLE]

const font = (size: number, more = '', color = 'FF1D2433') =>
  `<font>${more}<sz val="${size}"/><color rgb="${color}"/><name val="Calibri"/><family val="2"/></font>`
const line = (top: string, bottom = '') =>
  `<border><left/><right/>${top ? `<top style="${top}"><color rgb="FF1D2433"/></top>` : '<top/>'}${
    bottom ? `<bottom style="${bottom}"><color rgb="FF1D2433"/></bottom>` : '<bottom/>'
  }<diagonal/></border>`
const xf = (numFmt: number, fontId: number, border: number, alignment = '') =>
  `<xf numFmtId="${numFmt}" fontId="${fontId}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"${
    alignment ? ` applyAlignment="1"><alignment ${alignment}/></xf>` : '/>'
  }`

/** Formats are written as the file format asks and shown as the reader's program is set: 1 234,50 in Norway. */
const MONEY = 164
const DATE = 165
const PERCENT = 166

export const stylesXml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="${MONEY}" formatCode="#,##0.00;\\-#,##0.00"/><numFmt numFmtId="${DATE}" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="${PERCENT}" formatCode="0.0%;\\-0.0%"/></numFmts><fonts count="5">${[
  font(11),
  font(16, '<b/>'),
  font(10, '', 'FF5A6272'),
  font(11, '<b/>'),
  font(11, '<i/>', 'FF5A6272'),
].join(
  '',
)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="4">${[
  line(''),
  line('', 'medium'),
  line('thin'),
  line('thin', 'double'),
].join(
  '',
)}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="19">${[
  xf(0, 0, 0),
  xf(0, 1, 0),
  xf(0, 2, 0),
  xf(49, 3, 1, 'vertical="bottom" wrapText="1"'),
  xf(49, 3, 1, 'horizontal="right" vertical="bottom" wrapText="1"'),
  xf(49, 0, 0),
  xf(DATE, 0, 0, 'horizontal="left"'),
  xf(MONEY, 0, 0),
  xf(1, 0, 0),
  xf(49, 3, 0),
  xf(49, 3, 2),
  xf(MONEY, 3, 2),
  xf(49, 3, 3),
  xf(MONEY, 3, 3),
  xf(49, 0, 0, 'vertical="top" wrapText="1"'),
  xf(49, 4, 0),
  xf(MONEY, 4, 0),
  xf(PERCENT, 0, 0),
  xf(PERCENT, 3, 2),
].join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
