// Tells the supervisor which database a process was working on when native code ended it. The mark is a few bytes written
// over and over at the start of one file: 1.5 µs each time, and the kernel keeps it whatever ends the process.
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const bytes = 64

/** Around every call into native code: `enter(database)` before, `leave()` after. */
export interface InUse {
  enter(database: string): void
  leave(): void
}

/** For a server inside a test, which nobody supervises. */
export const unwatched: InUse = { enter() {}, leave() {} }

/** Writes the marks to an open file that the supervisor reads. */
export function marksIn(fd: number): InUse {
  const nothing = Buffer.alloc(bytes)
  const marks = new Map<string, Buffer>()
  const markOf = (database: string): Buffer => {
    const mark = Buffer.alloc(bytes)
    mark.write(database)
    marks.set(database, mark)
    return mark
  }
  return {
    enter(database) {
      writeSync(fd, marks.get(database) ?? markOf(database), 0, bytes, 0)
    },
    leave() {
      writeSync(fd, nothing, 0, bytes, 0)
    },
  }
}

/** An open file without a name, in memory where there is such a place, so that it costs no disk write and is never left behind. */
export function openMarks(): { fd: number; read(): string | undefined; clear(): void; close(): void } {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'hovedbok-'))
  const fd = openSync(join(dir, 'in-use'), 'w+', 0o600)
  rmSync(dir, { recursive: true, force: true })
  return {
    fd,
    read() {
      const mark = Buffer.alloc(bytes)
      readSync(fd, mark, 0, bytes, 0)
      const end = mark.indexOf(0)
      return mark.toString('utf8', 0, end < 0 ? bytes : end) || undefined
    },
    clear: () => void writeSync(fd, Buffer.alloc(bytes), 0, bytes, 0),
    close: () => closeSync(fd),
  }
}
