/// <reference types="office-js" />
// What the add-in has of Office and of the browser, made once for the page: the functions and the pane share it.
import type { Locale } from '#i18n/format.ts'
import { ledgerApi } from './api/ledger-api.ts'
import { readBinding } from './excel/workbook-part.ts'
import { type Keep, Session } from './session.ts'
import { sessionKey } from './session-key.ts'

/** Where the browser keeps what is the add-in's own, apart for each site that embeds Excel. */
function keepOf(storage: Storage, partition: string | undefined): Keep {
  const key = (name: string) => `${partition ?? ''}hovedbok.${name}`
  return {
    get: (name) => storage.getItem(key(name)),
    set: (name, value) => storage.setItem(key(name), value),
    remove: (name) => storage.removeItem(key(name)),
  }
}

/** A browser that keeps nothing: then one signs in each time. */
function storageOrNone(): Storage {
  try {
    window.localStorage.getItem('hovedbok')
    return window.localStorage
  } catch {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as unknown as Storage
  }
}

/** Tells apart the sites that embed Excel, where the browser does. */
export const partition = (Office.context as { partitionKey?: string } | undefined)?.partitionKey
export const keep = keepOf(storageOrNone(), partition)
const chosen = keep.get('language')
const displayed = (Office.context?.displayLanguage ?? navigator.language ?? 'nb').slice(0, 2)
const isNorwegian = ['nb', 'nn', 'no'].includes(displayed)

/** What the pane decides and the functions follow. */
export const setting: { locale: Locale; company: string | undefined; workbook?: string } = {
  locale: chosen === 'nb' || chosen === 'en' ? chosen : isNorwegian ? 'nb' : 'en',
  company: undefined,
}

export const session = new Session({
  base: location.origin,
  fetch: (...args) => fetch(...args),
  keep,
  key: sessionKey(partition ?? ''),
  // Read when somebody signs in, which asks the server anyway.
  openDialog: async (url) => (await import('./open-dialog.ts')).openDialog(url),
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
})

export const api = ledgerApi({
  base: location.origin,
  token: session.token,
  locale: () => setting.locale,
  confirm: () => session.confirm(),
  workbook: () => setting.workbook,
  fetch: (...args) => fetch(...args),
})

/** The workbook's company: the one chosen in the pane, else the one the workbook is bound to. */
export const companyOfWorkbook = async (): Promise<string | undefined> =>
  setting.company ?? (await Excel.run(readBinding).catch(() => undefined))?.company
