/** A machine that keeps one text, as the browser keeps what is not saved. */
export function machine(text?: string) {
  const kept = {
    text,
    save(now: string) {
      kept.text = now
      return true
    },
    drop() {
      kept.text = undefined
    },
  }
  return kept
}
