import type { FunctionsOfExcel } from './associate.ts'
import { type Failure, FunctionRuntime, type Surroundings } from './function-runtime.ts'

/** What the functions do, with Excel's own errors. Read when a cell first asks for something: whoever posts vouchers has no figures. */
export function functionRuntime(
  excel: FunctionsOfExcel,
  around: Omit<Surroundings, 'makeError' | 'isError'>,
): FunctionRuntime {
  const makeError = ({ code, text }: Failure) =>
    new excel.Error(code === 'value' ? excel.ErrorCode.invalidValue : excel.ErrorCode.notAvailable, text)
  return new FunctionRuntime({ ...around, makeError, isError: (value) => value instanceof excel.Error })
}
