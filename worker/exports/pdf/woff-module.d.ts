/** Bytes, by the bundler of the add-in and by the tests. */
declare module '*.woff' {
  const bytes: Uint8Array
  export default bytes
}
