import type { Given } from './arguments.ts'
import { FUNCTIONS, type FunctionId, twinOf } from './catalogue.ts'
import type { FunctionRuntime } from './function-runtime.ts'

/** Excel's own object that functions are tied to. */
export type FunctionsOfExcel = {
  associate(id: string, f: (...args: unknown[]) => unknown): void
  Error: new (code: string, message?: string) => Error
  ErrorCode: { invalidValue: string; notAvailable: string }
}

/** What the functions do, once it is read. */
export type FunctionsPart = {
  readonly runtime: FunctionRuntime | undefined
  read(): Promise<FunctionRuntime>
  /** Hears of it when it is read, or at once. */
  onRead(listener: (runtime: FunctionRuntime) => void): void
}

/**
 * Ties every function, under its English and its Norwegian id, to one implementation, which is read when the first is called. When it
 * cannot be read the cell says that there is no value, and the next call reads again.
 */
export function associateFunctions(excel: FunctionsOfExcel, get: () => Promise<FunctionRuntime>): FunctionsPart {
  const listeners: ((runtime: FunctionRuntime) => void)[] = []
  let reading: Promise<FunctionRuntime> | undefined
  let runtime: FunctionRuntime | undefined
  let implementations: Record<FunctionId, (...args: Given[]) => unknown> | undefined
  const part: FunctionsPart = {
    get runtime() {
      return runtime
    },
    read() {
      reading ??= get().then(
        (read) => {
          runtime = read
          implementations = read.implementations()
          for (const listener of listeners) listener(read)
          return read
        },
        (error) => {
          reading = undefined
          throw error
        },
      )
      return reading
    },
    onRead(listener) {
      if (runtime) listener(runtime)
      else listeners.push(listener)
    },
  }
  const none = () => {
    throw new excel.Error(excel.ErrorCode.notAvailable)
  }
  for (const { id, parameters } of FUNCTIONS) {
    const f = (...args: unknown[]) => {
      // Excel adds an object of its own after the last argument.
      const given = args.slice(0, parameters.length) as Given[]
      return implementations
        ? implementations[id](...given)
        : part.read().then(() => implementations![id](...given), none)
    }
    excel.associate(id, f)
    if (twinOf(id) !== id) excel.associate(twinOf(id), f)
  }
  return part
}
