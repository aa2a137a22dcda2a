import 'vitest'

/** What the running platform tells the tests; in a file of its own because tests in the browser are checked apart. */
declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the platform answers, without a slash at the end: `inject('url')`. */
    url: string
    operatorKey: string
    /** Its data folder, for the command line: `HOVEDBOK_DATA`. */
    dataFolder: string
    /** Processes of workerd. */
    workerPids: number[]
  }
}
