import type { Locale } from '#i18n/format.ts'
import { ADDIN, addressesOf, COMMANDS, type Command } from './manifest-source.ts'

/** nb-NO first, since most who use it read Norwegian; Office takes English wherever the display language is another. */
const LOCALE: Record<Locale, string> = { nb: 'nb-NO', en: 'en-US' }
type Both = { nb: string; en: string }

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * The add-in only manifest, which every Excel reads. `base` is where Hovedbok answers, over https and without a slash at the
 * end. Elements stand in the order that Office demands.
 * Source: Office add-ins XML manifest reference, schema 1.1 with version overrides 1.0.
 */
export function xmlManifest(base: string): string {
  const at = addressesOf(base)
  const strings = new Map<string, Both>()
  const longStrings = new Map<string, Both>()
  const short = (id: string, text: Both) => {
    strings.set(id, text)
    return id
  }
  const long = (id: string, text: Both) => {
    longStrings.set(id, text)
    return id
  }
  const icons = `<Icon>
              ${ADDIN.iconSizes.map((size) => `<bt:Image size="${size}" resid="Icon.${size}"/>`).join('\n              ')}
            </Icon>`
  const button = ({ id, label, help }: Command, place: string) => `<Control xsi:type="Button" id="${place}.${id}">
            <Label resid="${short(`${id}.Label`, label)}"/>
            <Supertip>
              <Title resid="${short(`${id}.Label`, label)}"/>
              <Description resid="${long(`${id}.Help`, help)}"/>
            </Supertip>
            ${icons}
            ${action(id)}
          </Control>`
  const controls = (place: Command['places'][number]) =>
    COMMANDS.filter((c) => c.places.includes(place)).map((c) => button(c, place === 'ribbon' ? 'Ribbon' : 'Cell'))
  const ribbon = controls('ribbon').join('\n          ')
  const menu = controls('cell-menu').join('\n          ')
  short('Group.Label', ADDIN.group)
  short('GetStarted.Title', ADDIN.getStarted.title)
  long('GetStarted.Text', ADDIN.getStarted.text)

  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xmlns:ov="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="TaskPaneApp">
  <Id>${ADDIN.xmlId}</Id>
  <Version>${ADDIN.version}.0</Version>
  <ProviderName>${ADDIN.provider}</ProviderName>
  <DefaultLocale>${LOCALE.nb}</DefaultLocale>
  <DisplayName DefaultValue="${ADDIN.name}"/>
  <Description DefaultValue="${escaped(ADDIN.description.nb)}">
    <Override Locale="${LOCALE.en}" Value="${escaped(ADDIN.description.en)}"/>
  </Description>
  <IconUrl DefaultValue="${at.icon(32)}"/>
  <HighResolutionIconUrl DefaultValue="${at.icon(64)}"/>
  <SupportUrl DefaultValue="${at.help}"/>
  <AppDomains>
    <AppDomain>${base}</AppDomain>
  </AppDomains>
  <Hosts>
    <Host Name="Workbook"/>
  </Hosts>
  <Requirements>
    <Sets DefaultMinVersion="${ADDIN.requirements.version}">
      <Set Name="${ADDIN.requirements.set}" MinVersion="${ADDIN.requirements.version}"/>
    </Sets>
  </Requirements>
  <DefaultSettings>
    <SourceLocation DefaultValue="${at.pane}"/>
  </DefaultSettings>
  <Permissions>ReadWriteDocument</Permissions>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/taskpaneappversionoverrides" xsi:type="VersionOverridesV1_0">
    <Hosts>
      <Host xsi:type="Workbook">
        <Runtimes>
          <Runtime resid="Pane.Url" lifetime="long"/>
        </Runtimes>
        <AllFormFactors>
          <ExtensionPoint xsi:type="CustomFunctions">
            <Script>
              <SourceLocation resid="Functions.Script"/>
            </Script>
            <Page>
              <SourceLocation resid="Pane.Url"/>
            </Page>
            <Metadata>
              <SourceLocation resid="Functions.Metadata"/>
            </Metadata>
            <Namespace resid="Functions.Namespace"/>
          </ExtensionPoint>
        </AllFormFactors>
        <DesktopFormFactor>
          <GetStarted>
            <Title resid="GetStarted.Title"/>
            <Description resid="GetStarted.Text"/>
            <LearnMoreUrl resid="Help.Url"/>
          </GetStarted>
          <FunctionFile resid="Pane.Url"/>
          <ExtensionPoint xsi:type="PrimaryCommandSurface">
            <OfficeTab id="TabHome">
              <Group id="Hovedbok.Group">
                <Label resid="Group.Label"/>
                ${icons}
          ${ribbon}
              </Group>
            </OfficeTab>
          </ExtensionPoint>
          <ExtensionPoint xsi:type="ContextMenu">
            <OfficeMenu id="ContextMenuCell">
          ${menu}
            </OfficeMenu>
          </ExtensionPoint>
        </DesktopFormFactor>
      </Host>
    </Hosts>
    <Resources>
      <bt:Images>
        ${ADDIN.iconSizes.map((size) => `<bt:Image id="Icon.${size}" DefaultValue="${at.icon(size)}"/>`).join('\n        ')}
      </bt:Images>
      <bt:Urls>
        <bt:Url id="Pane.Url" DefaultValue="${at.pane}"/>
        <bt:Url id="Help.Url" DefaultValue="${at.help}"/>
        <bt:Url id="Functions.Script" DefaultValue="${at.functions}"/>
        <bt:Url id="Functions.Metadata" DefaultValue="${at.metadata.nb}">
          <bt:Override Locale="${LOCALE.en}" Value="${at.metadata.en}"/>
        </bt:Url>
      </bt:Urls>
      <bt:ShortStrings>
        <bt:String id="Functions.Namespace" DefaultValue="${ADDIN.namespace}"/>
        ${resources(strings)}
      </bt:ShortStrings>
      <bt:LongStrings>
        ${resources(longStrings)}
      </bt:LongStrings>
    </Resources>
  </VersionOverrides>
  <ExtendedOverrides Url="${at.shortcuts}"/>
</OfficeApp>
`
}

/** Opening the pane is Office's own doing; all else is a function of ours. */
const action = (id: string): string =>
  id === 'openPane'
    ? `<Action xsi:type="ShowTaskpane">
              <TaskpaneId>Hovedbok.Pane</TaskpaneId>
              <SourceLocation resid="Pane.Url"/>
            </Action>`
    : `<Action xsi:type="ExecuteFunction">
              <FunctionName>${id}</FunctionName>
            </Action>`

const resources = (texts: ReadonlyMap<string, Both>): string =>
  [...texts]
    .map(
      ([id, { nb, en }]) => `<bt:String id="${id}" DefaultValue="${escaped(nb)}">
          <bt:Override Locale="${LOCALE.en}" Value="${escaped(en)}"/>
        </bt:String>`,
    )
    .join('\n        ')
