// Workbook, sheets, settings, XML parts, application.
import { areaOf } from './a1.ts'
import type { HostType } from './model.ts'
import { EVENT, NULL, refuse } from './protocol.ts'
import type { Sheet, Workbook, XmlPart } from './workbook.ts'

export const orNull = <T>(found: T | undefined): T | typeof NULL => found ?? NULL
export const need = <T>(found: T | undefined): T => found ?? refuse('ItemNotFound', 'the item does not exist')
export const view = (type: string, of: { workbook?: Workbook }, more: object = {}) => ({
  type,
  workbook: of.workbook ?? (of as unknown as Workbook),
  ...more,
})

type OfWorkbook = { workbook: Workbook }
const namespaceOf = (xml: string): string => /^<(?:\w+:)?\w+[^>]*\sxmlns(?::\w+)?="([^"]+)"/.exec(xml)?.[1] ?? ''
const partsIn = ({ workbook, namespace }: OfWorkbook & { namespace: string }) =>
  workbook.xmlParts.filter((part) => namespaceOf(part.xml) === namespace)

/** How a sheet is printed, where there is a printer. */
const printed = ({ page, workbook }: Sheet): Sheet['page'] =>
  workbook.printer ? page : refuse('GeneralException', 'no printer')

export const EXCEL_WORKBOOK: Record<string, HostType> = {
  Workbook: {
    props: {
      Worksheets: (wb: Workbook) => view('WorksheetCollection', { workbook: wb }),
      Tables: (wb: Workbook) => view('TableCollection', { workbook: wb }),
      Settings: (wb: Workbook) => view('SettingCollection', { workbook: wb }),
      CustomXmlParts: (wb: Workbook) => view('CustomXmlPartCollection', { workbook: wb }),
      Functions: (wb: Workbook) => view('Functions', { workbook: wb }),
      Application: (wb: Workbook) => view('Application', { workbook: wb }),
    },
    gets: { Name: () => 'Bok1.xlsx' },
    methods: {
      GetSelectedRange: (wb: Workbook) => wb.selection,
      GetActiveCell: (wb: Workbook) => wb.range(wb.selection.sheet, { ...wb.selection, h: 1, w: 1 }),
      // The client tells which tracked ranges it has let go; references here are never reused.
      _RemoveReference() {},
    },
  },

  Functions: {
    methods: {
      Date: ({ workbook }: OfWorkbook, year: number, month: number, day: number) =>
        view('FunctionResult', { workbook }, { days: Date.UTC(year, month - 1, day) / 86_400_000 }),
    },
  },
  FunctionResult: {
    gets: {
      Value: ({ workbook, days }: OfWorkbook & { days: number }) => days + (workbook.dates1904 ? 24_107 : 25_569),
      Error: () => '',
    },
  },

  Application: {
    gets: { CalculationMode: () => 'Automatic' },
    methods: {
      SuspendApiCalculationUntilNextSync() {},
      SuspendScreenUpdatingUntilNextSync() {},
      Calculate: ({ workbook }: OfWorkbook & { workbook: Workbook & { recalculate?: () => void } }) =>
        workbook.recalculate?.(),
    },
  },

  WorksheetCollection: {
    items: ({ workbook }: OfWorkbook) => workbook.sheets,
    methods: {
      GetItem: ({ workbook }: OfWorkbook, key) => need(workbook.sheet(key)),
      GetItemOrNullObject: ({ workbook }: OfWorkbook, key) => orNull(workbook.sheet(key)),
      Add: ({ workbook }: OfWorkbook, name) => workbook.addSheet(name || `Ark${workbook.sheets.length + 1}`),
      GetActiveWorksheet: ({ workbook }: OfWorkbook) => workbook.active,
      _RegisterDataChangedEvent: ({ workbook }: OfWorkbook) => workbook.acting?.hears.add(EVENT.dataChanged),
      _UnregisterDataChangedEvent: ({ workbook }: OfWorkbook) => workbook.acting?.hears.delete(EVENT.dataChanged),
      _RegisterActivatedEvent: ({ workbook }: OfWorkbook) => workbook.acting?.hears.add(EVENT.activated),
      _UnregisterActivatedEvent: ({ workbook }: OfWorkbook) => workbook.acting?.hears.delete(EVENT.activated),
      _RegisterSelectionChangedEvent: ({ workbook }: OfWorkbook) => workbook.acting?.hears.add(EVENT.selectionChanged),
      _UnregisterSelectionChangedEvent: ({ workbook }: OfWorkbook) =>
        workbook.acting?.hears.delete(EVENT.selectionChanged),
    },
  },

  Worksheet: {
    defaults: ['name', 'id', 'visibility'],
    props: {
      Tables: (s: Sheet) => view('TableCollection', s, { sheet: s }),
      FreezePanes: (s: Sheet) => view('WorksheetFreezePanes', s, { sheet: s }),
      PageLayout: (s: Sheet) => view('PageLayout', s, { sheet: s }),
    },
    gets: {
      Name: (s: Sheet) => s.name,
      Id: (s: Sheet) => s.id,
      Visibility: (s: Sheet) => s.visibility,
      TabColor: (s: Sheet) => s.tabColor,
    },
    sets: {
      Name: (s: Sheet, name: string) => void (s.name = name),
      Visibility: (s: Sheet, visibility: string) => void (s.visibility = visibility),
      TabColor: (s: Sheet, color: string) => void (s.tabColor = color),
    },
    methods: {
      GetRange: (s: Sheet, address) => s.workbook.at(s, address ?? 'A1:XFD1048576'),
      GetRangeByIndexes: (s: Sheet, r, c, h, w) => s.workbook.range(s, { r, c, h, w }),
      GetCell: (s: Sheet, r, c) => s.workbook.range(s, { r, c, h: 1, w: 1 }),
      GetUsedRangeOrNullObject: (s: Sheet) => {
        const area = s.workbook.usedArea(s)
        return area ? s.workbook.range(s, area) : NULL
      },
      Activate: (s: Sheet) => s.workbook.activate(s),
      Calculate: (s: Sheet & { workbook: Workbook & { recalculate?: (sheet: Sheet) => void } }) =>
        s.workbook.recalculate?.(s),
      Delete: (s: Sheet) => {
        s.workbook.sheets = s.workbook.sheets.filter((other) => other !== s)
        s.workbook.tables = s.workbook.tables.filter((t) => t.sheet !== s)
      },
    },
  },

  WorksheetFreezePanes: {
    methods: {
      FreezeRows: ({ sheet }: { sheet: Sheet }, count) => void (sheet.frozenRows = count),
      FreezeAt: ({ sheet }: { sheet: Sheet }, address) =>
        void (sheet.frozenRows = typeof address === 'string' ? areaOf(address)!.h : address.h),
    },
  },

  PageLayout: {
    gets: {
      Orientation: ({ sheet }: { sheet: Sheet }) => sheet.page.orientation ?? 'Portrait',
      Zoom: ({ sheet }: { sheet: Sheet }) => sheet.page.zoom ?? { scale: 100 },
    },
    sets: {
      Orientation: ({ sheet }: { sheet: Sheet }, orientation: string) =>
        void (printed(sheet).orientation = orientation),
      Zoom: ({ sheet }: { sheet: Sheet }, zoom) => void (printed(sheet).zoom = zoom),
    },
    methods: {
      SetPrintTitleRows: ({ sheet }: { sheet: Sheet }, rows) =>
        /^\$\d+:\$\d+$/.test(rows) ? void (printed(sheet).titleRows = rows) : refuse('InvalidArgument', `rows ${rows}`),
    },
  },

  SettingCollection: {
    items: ({ workbook }: OfWorkbook) =>
      [...workbook.settings.keys()].map((key) => view('Setting', { workbook }, { key })),
    methods: {
      Add: ({ workbook }: OfWorkbook, key, value) => {
        workbook.settings.set(key, structuredClone(value))
        return view('Setting', { workbook }, { key })
      },
      GetItemOrNullObject: ({ workbook }: OfWorkbook, key) =>
        workbook.settings.has(key) ? view('Setting', { workbook }, { key }) : NULL,
    },
  },
  Setting: {
    gets: {
      Key: (s) => s.key,
      _Id: (s) => s.key,
      Value: (s) => s.workbook.settings.get(s.key),
    },
    methods: { Delete: (s) => void s.workbook.settings.delete(s.key) },
  },

  CustomXmlPartCollection: {
    items: ({ workbook }: OfWorkbook) => workbook.xmlParts,
    methods: {
      Add: ({ workbook }: OfWorkbook, xml) => {
        if (!/^<[\s\S]*>$/.test(xml)) refuse('InvalidArgument', 'not XML')
        const part: XmlPart = { type: 'CustomXmlPart', workbook, id: `{${workbook.newId('X')}}`, xml }
        workbook.xmlParts.push(part)
        return part
      },
      GetItem: ({ workbook }: OfWorkbook, id) => need(workbook.xmlParts.find((part) => part.id === id)),
      GetItemOrNullObject: ({ workbook }: OfWorkbook, id) => orNull(workbook.xmlParts.find((part) => part.id === id)),
      GetByNamespace: ({ workbook }: OfWorkbook, namespace) =>
        view('CustomXmlPartScopedCollection', { workbook }, { namespace }),
    },
  },
  CustomXmlPartScopedCollection: {
    items: partsIn,
    methods: {
      GetCount: (c) => partsIn(c).length,
      GetItem: (c, id) => need(partsIn(c).find((part) => part.id === id)),
      GetOnlyItemOrNullObject: (c) => {
        const parts = partsIn(c)
        return parts.length === 1 ? parts[0] : NULL
      },
    },
  },
  CustomXmlPart: {
    defaults: ['id', 'namespaceUri'],
    gets: { Id: (p: XmlPart) => p.id, NamespaceUri: (p: XmlPart) => namespaceOf(p.xml) },
    methods: {
      GetXml: (p: XmlPart) => p.xml,
      SetXml: (p: XmlPart, xml) => {
        if (!/^<[\s\S]*>$/.test(xml)) refuse('InvalidArgument', 'not XML')
        p.xml = xml
      },
      Delete: (p: XmlPart) => void (p.workbook.xmlParts = p.workbook.xmlParts.filter((other) => other !== p)),
    },
  },
}
