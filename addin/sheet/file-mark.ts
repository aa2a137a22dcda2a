import { sha256 } from '#worker/core/hash.ts'

/**
 * A mark of the file that lies at an address, for the workbook to remember it by: not the address itself, which is nobody's who gets
 * the file. What Excel puts behind the address tells no file from another; where the file itself is only told there, it has no mark.
 */
export async function fileMark(address: string | undefined): Promise<string | undefined> {
  const file = address?.split(/[?#]/)[0]
  return file && /\.xl\w+$/i.test(file) ? (await sha256(`file ${file}`)).slice(0, 16) : undefined
}
