/// <reference types="office-js" />

/** Excel.run, or another window's in tests. */
export type Run = <T>(work: (context: Excel.RequestContext) => Promise<T>) => Promise<T>

/** How long one waits for somebody to finish typing in a cell, in milliseconds. */
const PATIENCE_MS = 30_000
const PAUSE_MS = 250

/** While a cell is being edited Excel refuses every request; the work is then tried again. `onWait` may tell the user. */
export function patient(run: Run, onWait: () => void = () => {}): Run {
  return async (work) => {
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      try {
        return await run(work)
      } catch (error) {
        const { code } = error as { code?: string }
        if (code !== 'InvalidOperationInCellEditMode' || Date.now() > until) throw error
        onWait()
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
    }
  }
}
