import { exportTexts } from '#i18n/export-texts.ts'
import { organisationNumber } from '#i18n/format.ts'
import type { ColumnKind, ExportRow, ExportTable, Fact } from '../export-table.ts'
import { type ZipFile, zipped } from '../zip-stream.ts'
import { STYLE, stylesXml } from './cell-styles.ts'
import { columnName, SheetRows, textCell, xmlText } from './sheet-rows.ts'

/** Rows a sheet takes; a longer table goes on in the next. Excel's limit is 1,048,576. */
const MOST_ROWS = 1_000_000
const WIDTH: Record<ColumnKind, number> = { text: 36, code: 11, date: 12, money: 16, number: 10, percent: 10 }
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/**
 * A table as a workbook that Excel and LibreOffice open by themselves, a piece at a time: real numbers and dates, a frozen
 * head that repeats on paper, sums as formulas with the values they come to, and a sheet with what proves it. Texts are
 * inline, so nothing anybody typed can become a formula. Source: ECMA-376 part 1.
 */
export const xlsxOf = (table: ExportTable): AsyncGenerator<Uint8Array> => zipped(filesOf(table))

async function* filesOf(table: ExportTable): AsyncGenerator<ZipFile> {
  const words = exportTexts[table.locale]
  const headRows = 2 + table.head.length + 2
  const rows = new SheetRows(table.columns, headRows + 1)
  const pages = pagesIn(table)
  const sheets: { name: string; lastRow: number }[] = []
  let rest: readonly ExportRow[] | undefined
  do {
    const n = sheets.length + 1
    rows.startAgain(headRows + 1)
    const sheet = { name: sheetName(table.title, n), lastRow: 0 }
    async function* chunks(): AsyncGenerator<string> {
      yield sheetStart(table, headRows)
      for (;;) {
        const page = rest ?? (await pages.next()).value
        rest = undefined
        if (!page) break
        let xml = ''
        let i = 0
        for (; i < page.length && rows.next <= MOST_ROWS; i++) xml += rows.rowXml(page[i]!)
        yield xml
        if (i < page.length) {
          rest = page.slice(i)
          break
        }
      }
      sheet.lastRow = rows.next - 1
      yield sheetEnd(table, headRows, rows.next - 1)
    }
    sheets.push(sheet)
    yield { name: `xl/worksheets/sheet${n}.xml`, chunks: chunks() }
  } while (rest)
  const facts: Fact[] = [[words.title, table.title], [words.company, companyLine(table)], ...table.head, ...table.proof]
  const proofAt = sheets.length + 1
  yield { name: `xl/worksheets/sheet${proofAt}.xml`, chunks: [proofSheet(words.proof, facts)] }
  const names = [...sheets.map((s) => s.name), words.proof]
  yield { name: 'xl/workbook.xml', chunks: [workbook(names, headRows, sheets.length)] }
  yield { name: 'xl/_rels/workbook.xml.rels', chunks: [relations(names.length)] }
  yield { name: 'xl/styles.xml', chunks: [stylesXml] }
  yield { name: 'docProps/core.xml', chunks: [core(table)] }
  yield { name: '_rels/.rels', chunks: [ROOT] }
  yield { name: '[Content_Types].xml', chunks: [contentTypes(names.length)] }
}

async function* pagesIn({ pages }: ExportTable): AsyncGenerator<readonly ExportRow[], undefined> {
  for await (const page of pages) yield page
}

const companyLine = ({ company }: ExportTable): string =>
  [company.name, company.organisationNumber && organisationNumber(company.organisationNumber)]
    .filter(Boolean)
    .join(', ')

/** What a sheet may be called: 31 characters, none of them []:*?/\ and no apostrophe at its ends. */
const sheetName = (title: string, n: number): string => {
  const tail = n > 1 ? ` (${n})` : ''
  return `${
    title
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31 - tail.length) || 'Data'
  }${tail}`
}

function sheetStart(table: ExportTable, headRows: number): string {
  const { columns, title, head } = table
  const widths = columns
    .map(({ kind, width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width ?? WIDTH[kind]}" customWidth="1"/>`)
    .join('')
  const facts = head.map(
    ([label, value], i) => `<row r="${i + 3}">${textCell(`A${i + 3}`, `${label}: ${value}`, STYLE.label)}</row>`,
  )
  const names = columns.map(({ name, kind }, i) =>
    textCell(
      `${columnName(i)}${headRows}`,
      name,
      kind === 'money' || kind === 'number' || kind === 'percent' ? STYLE.headRight : STYLE.head,
    ),
  )
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="${headRows}" topLeftCell="A${headRows + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A${headRows + 1}" sqref="A${headRows + 1}"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths}</cols><sheetData><row r="1" ht="24" customHeight="1">${textCell(
    'A1',
    title,
    STYLE.title,
  )}</row><row r="2">${textCell('A2', companyLine(table), STYLE.plain)}</row>${facts.join('')}<row r="${headRows}">${names.join('')}</row>`
}

function sheetEnd({ columns, wide, proof }: ExportTable, headRows: number, lastRow: number): string {
  const last = columnName(columns.length - 1)
  const codes = columns.flatMap(({ kind }, i) => (kind === 'code' ? [columnName(i)] : []))
  const filter = lastRow > headRows ? `<autoFilter ref="A${headRows}:${last}${lastRow}"/>` : ''
  // A code is text on purpose, and Excel need not warn of it.
  const ignored = codes
    .map((c) => `<ignoredError sqref="${c}${headRows}:${c}${lastRow}" numberStoredAsText="1"/>`)
    .join('')
  const [, version = ''] = proof[0] ?? []
  return `</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="${
    wide ? 'landscape' : 'portrait'
  }" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L${xmlText(version).replaceAll('&amp;', '&amp;&amp;')}&amp;R&amp;P / &amp;N</oddFooter></headerFooter>${
    ignored && `<ignoredErrors>${ignored}</ignoredErrors>`
  }</worksheet>`
}

function proofSheet(name: string, facts: readonly Fact[]): string {
  const rows = facts.map(
    ([label, value], i) =>
      `<row r="${i + 3}">${textCell(`A${i + 3}`, label, STYLE.label)}${textCell(`B${i + 3}`, value, STYLE.wrapped)}</row>`,
  )
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="74" customWidth="1"/></cols><sheetData><row r="1" ht="24" customHeight="1">${textCell(
    'A1',
    name,
    STYLE.title,
  )}</row>${rows.join('')}</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9"/></worksheet>`
}

const workbook = (names: readonly string[], headRows: number, tables: number): string =>
  `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${names
    .map((name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('')}</sheets><definedNames>${names
    .slice(0, tables)
    .map(
      (name, i) =>
        `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${xmlText(name)}'!$${headRows}:$${headRows}</definedName>`,
    )
    .join('')}</definedNames><calcPr calcId="191029"/></workbook>`

const relations = (sheets: number): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${Array.from(
    { length: sheets },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  ).join(
    '',
  )}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`

const ROOT = `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const core = ({ title, company }: ExportTable): string =>
  `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(
    `${title}, ${company.name}`,
  )}</dc:title><dc:creator>Hovedbok</dc:creator></cp:coreProperties>`

function contentTypes(sheets: number): string {
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, type: string) => `<Override PartName="${name}" ContentType="${type}"/>`
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part(
    '/xl/workbook.xml',
    `${sheet}.sheet.main+xml`,
  )}${Array.from({ length: sheets }, (_, i) => part(`/xl/worksheets/sheet${i + 1}.xml`, `${sheet}.worksheet+xml`)).join(
    '',
  )}${part('/xl/styles.xml', `${sheet}.styles+xml`)}${part(
    '/docProps/core.xml',
    'application/vnd.openxmlformats-package.core-properties+xml',
  )}</Types>`
}
