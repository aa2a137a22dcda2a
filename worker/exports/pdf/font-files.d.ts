/** Bytes: the bundler and the tests give a Uint8Array, Wrangler an ArrayBuffer. */
declare module '*.woff' {
  const bytes: Uint8Array | ArrayBuffer
  export default bytes
}
