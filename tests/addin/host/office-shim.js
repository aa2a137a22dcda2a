// Tests only, in place of what Microsoft's loader does with a host process around it. Before the library: the native bridge
// that it looks for, and the association of functions. After it: `onReady`, context, commands and the dialog.
window._richApiNativeBridge = {
  onMessageFromHost: null,
  sendMessageToHost(text) {
    window.__toHost(text).then((answer) => answer && this.onMessageFromHost(answer))
  },
}
function association() {
  const mappings = {}
  const listeners = []
  const associate = (name, fn) => {
    if (typeof name === 'object') Object.assign(mappings, name)
    else mappings[name.toUpperCase()] = fn
    for (const listener of listeners) listener()
  }
  return { mappings, onchange: (listener) => listeners.push(listener), associate }
}
window.CustomFunctionMappings = {}
window.CustomFunctions = {
  _association: association(),
  associate(...args) {
    this._association.associate(...args)
  },
  delayInitialization() {},
}
window.__afterLibrary = () => {
  const actions = {}
  const handlers = {}
  const dialog = {
    addEventHandler: (type, handler) => {
      handlers[type] = handler
    },
    close: () => dialog.window?.close(),
  }
  Office.onReady = (done) => Promise.resolve().then(() => done?.({ host: 'Excel', platform: 'OfficeOnline' }))
  // Keys as Excel keeps them for its user; those with Q are another add-in's.
  let shortcuts = {}
  Office.actions = {
    associate: (id, action) => (actions[id] = action),
    getShortcuts: async () => ({ ...shortcuts }),
    replaceShortcuts: async (chosen) => {
      const unknown = Object.keys(chosen).find((id) => !(id in actions))
      if (unknown) throw new Error(`InvalidArgument: ${unknown}`)
      shortcuts = { ...shortcuts, ...chosen }
    },
    areShortcutsInUse: async (asked) => asked.map((shortcut) => ({ shortcut, inUse: shortcut.endsWith('+Q') })),
  }
  Office.addin = { showAsTaskpane: async () => {} }
  Office.EventType = { DialogMessageReceived: 'dialogMessageReceived', DialogEventReceived: 'dialogEventReceived' }
  Office.AsyncResultStatus = { Succeeded: 'succeeded', Failed: 'failed' }
  const language = new URLSearchParams(location.search).get('_language') ?? 'nb-NO'
  const context = {
    displayLanguage: language,
    partitionKey: 'test|',
    // Where the file lies, as Excel for the web tells it.
    document: { url: 'https://files.example/Bok1.xlsx?web=1' },
    requirements: { isSetSupported: () => true },
    ui: {
      // A window of its own, which is what Excel for the web opens.
      displayDialogAsync(url, _options, done) {
        dialog.window = window.open(url, 'dialog', 'width=480,height=640')
        done({ status: dialog.window ? 'succeeded' : 'failed', value: dialog })
      },
      messageParent(message, { targetOrigin } = {}) {
        window.opener.postMessage({ officeDialog: message }, targetOrigin ?? '*')
      },
    },
  }
  // `Office.context` asks the loader's factory for it.
  const getHostInfo = () => ({ hostType: 'excel', hostPlatform: 'web', flags: 0 })
  OSF._OfficeAppFactory = { ...OSF._OfficeAppFactory, getContext: () => context, getHostInfo }
  window.addEventListener('message', ({ data, origin }) => {
    if (data?.officeDialog) handlers.dialogMessageReceived?.({ message: data.officeDialog, origin })
  })
  window.__commands = actions
}
