/**
 * Address of each file a browser loads, by its plain name: `assets['voucher-grid.js']`, `assets['app.css']`.
 * In the Worker's bundle the generated dist/assets.js stands here instead, with hashed names (package.json, "imports").
 * This one serves tests, where nothing was bundled.
 */
export const assets: Record<string, string> = new Proxy({}, { get: (_, name) => `/assets/${String(name)}` })
