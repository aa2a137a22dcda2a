/// <reference types="office-js" />
// Microsoft's own Excel client, unmodified, in a context of its own in this process: the same code as in a browser, without one.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { ExcelHost } from './excel-host.ts'
import type { Workbook } from './workbook.ts'

const LIBRARY = 'node_modules/@microsoft/office-js/dist/excel-web-16.00.js'
let script: vm.Script | undefined

/** A window on a workbook: the client's `Excel` and `CustomFunctions`, and the host's end. */
export type Window = {
  readonly Excel: typeof Excel
  readonly CustomFunctions: any
  readonly host: ExcelHost
  /** Ends the window in the middle of whatever it does, as a crash or a reload would. */
  crash(): void
  /** Ends a window that has nothing under way, and listens to nothing: the library that it loaded serves another. */
  close(): void
}

/** The library loaded once, and the host it speaks to now. */
type Client = { page: Record<string, unknown>; bridge: Bridge }
type Bridge = {
  host: ExcelHost | undefined
  onMessageFromHost?: (text: string) => void
  sendMessageToHost(text: string): void
}
/** Loading takes longer than most of what is done with it. */
const idle: Client[] = []

export function openWindow(workbook: Workbook): Window {
  const client = idle.pop() ?? loadClient()
  const { bridge, page } = client
  const host = new ExcelHost(workbook, (text) => {
    if (bridge.host === host) bridge.onMessageFromHost?.(text)
  })
  bridge.host = host
  const crash = () => {
    bridge.host = undefined
    host.close()
  }
  return {
    Excel: page.Excel as typeof Excel,
    CustomFunctions: page.CustomFunctions,
    host,
    crash,
    close() {
      crash()
      idle.push(client)
    },
  }
}

function loadClient(): Client {
  script ??= new vm.Script(readFileSync(LIBRARY, 'utf8'), { filename: 'excel-web-16.00.js' })
  const bridge: Bridge = {
    host: undefined,
    sendMessageToHost(text) {
      const { host } = bridge
      host?.answer(text).then((answer) => {
        if (answer !== undefined && bridge.host === host) bridge.onMessageFromHost?.(answer)
      })
    },
  }
  // An ordinary global object: one that `createContext` makes of an object is asked through a trap for each global name, which
  // is a quarter of the client's time.
  const page = vm.createContext(vm.constants.DONT_CONTEXTIFY) as Record<string, unknown>
  Object.assign(page, pageWith(bridge))
  for (const name of ['window', 'self', 'top', 'parent']) page[name] = page
  script.runInContext(page)
  return { page, bridge }
}

/** As much of a browser as the library looks at while it loads, and the association of functions that its loader brings. */
function pageWith(bridge: Bridge): Record<string, unknown> {
  const location = {
    href: 'https://localhost/',
    search: '',
    hash: '',
    protocol: 'https:',
    host: 'localhost',
    origin: 'https://localhost',
  }
  const element = () => ({ setAttribute() {}, style: {}, getElementsByTagName: () => [] })
  const page: Record<string, unknown> = {
    console,
    setTimeout: (then: () => void, ms = 0) => setTimeout(then, ms / (bridge.host?.clock ?? 1)),
    clearTimeout,
    setInterval,
    clearInterval,
    URL,
    performance,
    queueMicrotask,
    navigator: { userAgent: 'node', language: 'nb-NO', platform: 'node' },
    location,
    addEventListener() {},
    removeEventListener() {},
    postMessage() {},
    document: {
      URL: location.href,
      location,
      cookie: '',
      readyState: 'complete',
      body: {},
      documentElement: {},
      head: { appendChild() {} },
      getElementsByTagName: () => [],
      getElementById: () => null,
      createElement: element,
      addEventListener() {},
    },
    _richApiNativeBridge: bridge,
    CustomFunctionMappings: {},
    CustomFunctions: functionAssociation(),
  }
  return page
}

export function functionAssociation() {
  const mappings: Record<string, unknown> = {}
  const listeners: (() => void)[] = []
  const associate = (name: string | object, fn?: unknown) => {
    if (typeof name === 'object') Object.assign(mappings, name)
    else mappings[name.toUpperCase()] = fn
    for (const listener of listeners) listener()
  }
  return {
    _association: { mappings, onchange: (listener: () => void) => listeners.push(listener), associate },
    associate,
    delayInitialization() {},
  }
}
