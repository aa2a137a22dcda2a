import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FUNCTIONS } from '#addin/functions/catalogue.ts'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { jsonManifest, shortcutsJson } from '#addin/manifest/json-manifest.ts'
import { ADDIN, COMMANDS } from '#addin/manifest/manifest-source.ts'
import { xmlManifest } from '#addin/manifest/xml-manifest.ts'
import { actionsOf } from '#addin/pane/actions.ts'
import { testApp } from '#tests/support/app.ts'
import { manifestFaults, parseXml } from './support/check-xml-manifest.ts'
import { schemaFaults } from './support/json-schema.ts'

const BASE = 'https://hovedbok.example'
const xml = xmlManifest(BASE)

describe('the XML manifest', () => {
  test('has no fault', () => expect(manifestFaults(xml)).toEqual([]))

  const with_ = (from: string | RegExp, to: string) => {
    const changed = xml.replace(from, to)
    if (changed === xml) throw new Error(`nothing like ${from} to plant a fault in`)
    return changed
  }
  const without = (element: string) => with_(new RegExp(`<${element}[\\s\\S]*?(</${element}>|/>)`), '')
  const planted: [string, string][] = [
    ['not XML', with_('</OfficeApp>', '')],
    ['another root', with_(/OfficeApp/g, 'Office')],
    ['another kind', with_('xsi:type="TaskPaneApp"', 'xsi:type="ContentApp"')],
    ['an id that is no GUID', with_(ADDIN.xmlId, '1234')],
    ['a version of words', with_(`<Version>${ADDIN.version}.0`, '<Version>one')],
    ['no version', without('Version')],
    ['a language that is none', with_('<DefaultLocale>nb-NO', '<DefaultLocale>norsk')],
    ['permissions that are none', with_('ReadWriteDocument', 'Everything')],
    ['no permissions', without('Permissions')],
    ['a name too long', with_('DisplayName DefaultValue="Hovedbok"', `DisplayName DefaultValue="${'x'.repeat(126)}"`)],
    ['a description too long', with_(ADDIN.description.nb, 'x'.repeat(251))],
    ['no display name', without('DisplayName')],
    ['no default settings', without('DefaultSettings')],
    ['hosts before domains', with_(/(<AppDomains>[\s\S]*?<\/AppDomains>)\s*(<Hosts>[\s\S]*?<\/Hosts>)/, '$2$1')],
    [
      'a provider twice',
      with_('<ProviderName>Hovedbok</ProviderName>', '<ProviderName>a</ProviderName><ProviderName>b</ProviderName>'),
    ],
    [
      'an address without https',
      with_(`SourceLocation DefaultValue="${BASE}`, 'SourceLocation DefaultValue="http://hovedbok.example'),
    ],
    ['an icon without https', with_(`IconUrl DefaultValue="${BASE}`, 'IconUrl DefaultValue="http://hovedbok.example')],
    ['another program', with_('<Host Name="Workbook"/>', '<Host Name="Mailbox"/>')],
    ['an override without a language', with_('Locale="en-US"', 'Locale="English"')],
    ['an empty override', with_(/Locale="en-US" Value="[^"]+"/, 'Locale="en-US" Value=""')],
    ['no resources', without('Resources')],
    ['a text that is nowhere', with_('resid="Group.Label"', 'resid="Nowhere"')],
    ['a page that is nowhere', with_('<FunctionFile resid="Pane.Url"', '<FunctionFile resid="Nowhere"')],
    ['an icon that is nowhere', with_('size="16" resid="Icon.16"', 'size="16" resid="Icon.17"')],
    ['an icon without 80 pixels', with_(/<bt:Image size="80"[^>]*>/, '')],
    ['a resource twice', with_(/(<bt:Image id="Icon.16"[^>]*>)/, '$1$1')],
    [
      'a resource that nothing names',
      with_('<bt:Images>', '<bt:Images><bt:Image id="Spare" DefaultValue="https://x"/>'),
    ],
    ['a resource id too long', with_(/Functions\.Namespace/g, 'N'.repeat(33))],
    ['an empty text', with_(/id="Group.Label" DefaultValue="[^"]+"/, 'id="Group.Label" DefaultValue=""')],
    [
      'a short text too long',
      with_(/id="Group.Label" DefaultValue="[^"]+"/, `id="Group.Label" DefaultValue="${'x'.repeat(126)}"`),
    ],
    [
      'a long text too long',
      with_(/id="GetStarted.Text" DefaultValue="[^"]+"/, `id="GetStarted.Text" DefaultValue="${'x'.repeat(251)}"`),
    ],
    ['a control twice', with_('Ribbon.checkVouchers', 'Ribbon.openPane')],
    ['a control without an id', with_('id="Ribbon.openPane"', 'id=""')],
    ['a control without a label', with_(/<Label resid="openPane.Label"\/>/, '')],
    [
      'a control with its parts turned round',
      with_(/(<Label resid="openPane.Label"\/>)\s*(<Supertip>[\s\S]*?<\/Supertip>)/, '$2$1'),
    ],
    ['an action of another kind', with_('xsi:type="ExecuteFunction"', 'xsi:type="Dance"')],
    ['a function without a name', with_(/<FunctionName>[^<]*<\/FunctionName>/, '')],
    [
      'a pane without a page',
      with_(
        /<TaskpaneId>Hovedbok.Pane<\/TaskpaneId>\s*<SourceLocation[^>]*>/,
        '<TaskpaneId>Hovedbok.Pane</TaskpaneId>',
      ),
    ],
    ['a runtime that does not last', with_('lifetime="long"', 'lifetime="short"')],
    [
      'functions in another page',
      with_(/<Page>\s*<SourceLocation resid="Pane.Url"/, '<Page><SourceLocation resid="Help.Url"'),
    ],
    ['commands in another page', with_('<FunctionFile resid="Pane.Url"', '<FunctionFile resid="Help.Url"')],
    ['functions without metadata', with_(/<Metadata>[\s\S]*?<\/Metadata>/, '')],
    ['something that Office does not know', with_('<Hosts>', '<Extra/><Hosts>')],
  ]
  test(`${planted.length} planted faults are found, each`, () => {
    expect(planted.length).toBeGreaterThanOrEqual(40)
    expect(planted.filter(([, changed]) => manifestFaults(changed).length === 0).map(([name]) => name)).toEqual([])
  })
})

describe('the unified manifest', () => {
  const schema = JSON.parse(readFileSync('tests/conformance/files/office/unified-manifest-1.25.schema.json', 'utf8'))
  test.each(['nb', 'en'] as const)('fits Microsoft’s schema, %s', (locale) => {
    expect(schemaFaults(jsonManifest(BASE, locale), schema)).toEqual([])
  })
  test('and the schema would tell', () => {
    const manifest = () => JSON.parse(JSON.stringify(jsonManifest(BASE, 'nb')))
    const faulty: ((m: any) => void)[] = [
      (m) => (m.name.short = 'x'.repeat(31)),
      (m) => delete m.id,
      (m) => (m.id = '123'),
      (m) => (m.extensions[0].runtimes[0].code.page = 'ftp://x'),
      (m) => delete m.extensions[0].runtimes[0].customFunctions.functions[0].result,
      (m) => (m.extensions[0].runtimes[0].customFunctions.functions[0].id = 'å'),
      (m) => (m.extensions[0].ribbons[0].tabs[0].groups[0].controls[0].type = 'knob'),
      (m) => (m.surprise = true),
    ]
    for (const [i, plant] of faulty.entries()) {
      const broken = manifest()
      plant(broken)
      expect(schemaFaults(broken, schema).length, String(i)).toBeGreaterThan(0)
    }
  })
  test('is another add-in than the XML manifest’s', () => expect(ADDIN.jsonId).not.toBe(ADDIN.xmlId))
})

describe('one source', () => {
  test('functions have the same ids, arguments and shapes in both languages, and are implemented', () => {
    const shape = (locale: 'nb' | 'en') =>
      functionMetadata(locale, BASE).functions.map((f) => [
        f.id,
        f.result,
        f.parameters.map((p) => [p.type, p.dimensionality, p.optional]),
      ])
    expect(shape('nb')).toEqual(shape('en'))
    const ids = functionMetadata('nb', BASE).functions.map((f) => f.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[A-Z][A-Z0-9._]{2,}$/)
    const listed = (locale: 'nb' | 'en') =>
      functionMetadata(locale, BASE).functions.filter((f) => !f.options.excludeFromAutoComplete).length
    expect([listed('nb'), listed('en')]).toEqual([FUNCTIONS.length, FUNCTIONS.length])
  })
  test('each command has an action and a key of its own, in XML, JSON and shortcuts', () => {
    const actions = Object.keys(actionsOf({} as never, () => {}))
    expect(actions.toSorted()).toEqual(COMMANDS.map((c) => c.id).toSorted())
    expect(new Set(COMMANDS.map((c) => c.key)).size).toBe(COMMANDS.length)
    expect(shortcutsJson('nb').shortcuts.map((s) => s.action)).toEqual(COMMANDS.map((c) => c.id))
    const names = [
      ...JSON.stringify(parseXml(xml)).matchAll(/"FunctionName","attributes":\{\},"children":\[\],"text":"(\w+)"/g),
    ].map((m) => m[1])
    expect(new Set(names)).toEqual(new Set(COMMANDS.map((c) => c.id).filter((id) => id !== 'openPane')))
  })
  test('an instance serves them for its own address', async () => {
    const app = testApp()
    const served = await app.call('/addin/manifest.xml', { key: null })
    expect(served.status).toBe(200)
    expect(served.headers.get('content-type')).toMatch(/xml/)
    expect(served.text).toContain('/addin/taskpane')
    for (const file of ['manifest.json', 'functions.nb.json', 'functions.en.json', 'shortcuts.json'])
      expect((await app.call(`/addin/${file}`, { key: null })).json, file).toBeTypeOf('object')
    const help = await app.call('/addin/help', { key: null })
    for (const { id } of FUNCTIONS) expect(help.text).toContain(`id="${id}"`)
  })
})
