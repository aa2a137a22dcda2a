import { FUNCTIONS, twinOf } from './catalogue.ts'
import { type Failure, FunctionRuntime, type Surroundings } from './function-runtime.ts'

/** Excel's own object that functions are tied to. */
export type FunctionsOfExcel = {
  associate(id: string, f: (...args: unknown[]) => unknown): void
  Error: new (code: string, message?: string) => Error
  ErrorCode: { invalidValue: string; notAvailable: string }
}

/** Ties every function, under its English and its Norwegian id, to one implementation. */
export function associateFunctions(
  excel: FunctionsOfExcel,
  around: Omit<Surroundings, 'makeError' | 'isError'>,
): FunctionRuntime {
  const makeError = ({ code, text }: Failure) =>
    new excel.Error(code === 'value' ? excel.ErrorCode.invalidValue : excel.ErrorCode.notAvailable, text)
  const runtime = new FunctionRuntime({ ...around, makeError, isError: (value) => value instanceof excel.Error })
  const implementations = runtime.implementations()
  for (const { id, parameters } of FUNCTIONS) {
    // Excel adds an object of its own after the last argument.
    const f = (...args: unknown[]) => implementations[id](...args.slice(0, parameters.length))
    excel.associate(id, f)
    if (twinOf(id) !== id) excel.associate(twinOf(id), f)
  }
  return runtime
}
