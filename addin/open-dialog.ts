/// <reference types="office-js" />

/** Opens a page of ours in Excel's dialog. Its first page is on our own host; only what comes from there is listened to. */
export function openDialog(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    Office.context.ui.displayDialogAsync(url, { height: 62, width: 32, promptBeforeOpen: false }, (result) => {
      if (result.status !== Office.AsyncResultStatus.Succeeded) {
        resolve(undefined)
        return
      }
      const dialog = result.value
      dialog.addEventHandler(Office.EventType.DialogMessageReceived, (message) => {
        const { message: text, origin } = message as { message: string; origin?: string }
        if (origin !== undefined && origin !== location.origin) return
        dialog.close()
        resolve(text)
      })
      dialog.addEventHandler(Office.EventType.DialogEventReceived, () => resolve(undefined))
    })
  })
}
