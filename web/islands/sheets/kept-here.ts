/** What a window keeps on this machine of one sheet, until the server has it. */
export type KeptHere = {
  /** What this window had, or one that is gone left behind. */
  readonly text: string | undefined
  /** False when there is no room for it. */
  save(text: string): boolean
  drop(): void
}
