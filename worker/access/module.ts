/** Parts of the product. A company may switch them off, but for the ledger itself. Source: features.md PLT-04. */
export const MODULES = ['ledger', 'dimensions'] as const
export type Module = (typeof MODULES)[number]
