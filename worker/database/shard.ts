/**
 * Which of several database addresses holds a database: FNV-1a (32 bits) over its name, modulo their number.
 * Worker and database server must agree, and a file stays where it is only while the number of addresses is the same
 * or they share a folder, as they do on a local instance.
 */
export function shardOf(database: string, shards: number): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(database)) hash = Math.imul(hash ^ byte, 0x01000193)
  return (hash >>> 0) % shards
}
