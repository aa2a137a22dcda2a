/// <reference types="office-js" />
// The last page of signing in, in Excel's dialog: it hands the code to the pane that asked, and to nobody else.
Office.onReady(() => {
  const { code } = document.body.dataset
  if (code) Office.context.ui.messageParent(JSON.stringify({ code }), { targetOrigin: location.origin })
})
