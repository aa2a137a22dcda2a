/** Memory of an isolate, in MiB. Source: developers.cloudflare.com/workers/platform/limits. */
const MEMORY_MIB = 128

/**
 * The arguments without `--limits`, and what it sets: workerd ends when what scripts hold exceeds an isolate's memory, and tests of the running platform
 * fail by tests/support/platform-limits.ts. What the platform refuses outright, machine code made at run time and keys derived by too many rounds, is kept
 * out of every release instead (tests/faults/fail-points.test.ts).
 */
export function limitsOf(given: readonly string[]): { args: string[]; env: Record<string, string> } {
  const args = given.filter((arg) => arg !== '--limits')
  if (args.length === given.length) return { args, env: {} }
  return { args, env: { PLATFORM_LIMITS: '1', MINIFLARE_WORKERD_V8_FLAGS: `--max-old-space-size=${MEMORY_MIB}` } }
}
