/** Styles that come with an island: bundled beside it under the island's own name. */
declare module '*.css'
