/** The largest batch of figures: cells, bytes, and groups, each of which costs a read. Source: features.md 4.3. */
export const CELLS = 20_000
export const BYTES = 1_500_000
export const GROUPS = 1_000
/** The most companies that are asked in one request. */
export const COMPANIES = 500
