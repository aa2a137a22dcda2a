import type { Locale } from '#i18n/format.ts'
import { functionMetadata } from './function-metadata.ts'
import { ADDIN, addressesOf, COMMANDS } from './manifest-source.ts'

/** The schema that a test holds it against; it ships with Microsoft's package and is kept among the conformance files. */
export const MANIFEST_VERSION = '1.25'

/**
 * The unified manifest, for where Office reads it: another id than the XML manifest's, since Office takes the two for
 * different add-ins. Its texts are in one language; the other is a file beside it in the package.
 */
export function jsonManifest(base: string, locale: Locale) {
  const at = addressesOf(base)
  const host = new URL(base).host
  const icons = ADDIN.iconSizes.map((size) => ({ size, url: at.icon(size) }))
  const { functions, allowCustomDataForDataTypeAny } = functionMetadata(locale, base)
  const control = ({ id, label, help }: (typeof COMMANDS)[number], place: string) => ({
    id: `${place}.${id}`,
    type: 'button',
    label: label[locale],
    icons,
    supertip: { title: label[locale], description: help[locale] },
    actionId: id,
  })
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`,
    manifestVersion: MANIFEST_VERSION,
    version: ADDIN.version,
    id: ADDIN.jsonId,
    localizationInfo: {
      defaultLanguageTag: locale,
      additionalLanguages: [
        { languageTag: locale === 'nb' ? 'en' : 'nb', file: `${locale === 'nb' ? 'en' : 'nb'}.json` },
      ],
    },
    developer: { name: ADDIN.provider, websiteUrl: `${base}/`, privacyUrl: at.help, termsOfUseUrl: at.help },
    name: { short: ADDIN.name, full: ADDIN.name },
    description: { short: shortened(ADDIN.description[locale]), full: ADDIN.description[locale] },
    icons: { outline: 'icon-32.png', color: 'icon-192.png' },
    accentColor: ADDIN.accent,
    validDomains: [host],
    authorization: { permissions: { resourceSpecific: [{ name: 'Document.ReadWrite.User', type: 'Delegated' }] } },
    extensions: [
      {
        requirements: {
          scopes: ['workbook'],
          capabilities: [{ name: ADDIN.requirements.set, minVersion: ADDIN.requirements.version }],
        },
        runtimes: [
          {
            id: 'Hovedbok.Runtime',
            type: 'general',
            code: { page: at.pane },
            lifetime: 'long',
            actions: COMMANDS.map(({ id }) =>
              id === 'openPane' ? { id, type: 'openPage', view: 'taskpane' } : { id, type: 'executeFunction' },
            ),
            customFunctions: {
              functions,
              namespace: { id: ADDIN.namespace, name: ADDIN.namespace },
              allowCustomDataForDataTypeAny,
            },
          },
        ],
        ribbons: [
          {
            contexts: ['default'],
            tabs: [
              {
                builtInTabId: 'TabHome',
                groups: [
                  {
                    id: 'Hovedbok.Group',
                    label: ADDIN.group[locale],
                    icons,
                    controls: COMMANDS.filter((c) => c.places.includes('ribbon')).map((c) => control(c, 'Ribbon')),
                  },
                ],
              },
            ],
          },
        ],
        contextMenus: [
          {
            menus: [
              {
                entryPoint: 'cell',
                controls: COMMANDS.filter((c) => c.places.includes('cell-menu')).map((c) => control(c, 'Cell')),
              },
            ],
          },
        ],
        keyboardShortcuts: [
          {
            shortcuts: COMMANDS.map(({ id, key }) => ({
              actionId: id,
              key: shortcutOf(key),
            })),
          },
        ],
      },
    ],
  }
}

/** On a Mac the keys without Shift are the system's own (hide the others, show the Dock). */
const shortcutOf = (key: string) => ({ default: `Ctrl+Alt+${key}`, mac: `Command+Alt+Shift+${key}` })

const shortened = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79).replace(/\s+\S*$/, '')}…`)

/** Shortcuts for the XML manifest, which names this file. */
export const shortcutsJson = (locale: Locale) => ({
  actions: COMMANDS.map(({ id, label }) => ({ id, type: 'ExecuteFunction', name: label[locale] })),
  shortcuts: COMMANDS.map(({ id, key }) => ({
    action: id,
    key: shortcutOf(key),
  })),
})
