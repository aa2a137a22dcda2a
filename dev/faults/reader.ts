import { type ChildProcess, fork } from 'node:child_process'
import { openSync } from 'node:fs'
import type { Asked, Read } from './read-file.ts'

/** A child that reads files which may be damaged (read-file.ts), and another when it dies of one. */
export class Reader {
  private child: ChildProcess | undefined

  async read(asked: Asked): Promise<Read | 'died'> {
    this.child ??= await this.start()
    const child = this.child
    return new Promise((resolve) => {
      const dies = () => {
        this.child = undefined
        resolve('died')
      }
      child.once('exit', dies)
      child.once('message', (read: Read) => {
        child.off('exit', dies)
        resolve(read)
      })
      child.send(asked)
    })
  }

  close(): void {
    this.child?.kill('SIGKILL')
  }

  private start(): Promise<ChildProcess> {
    const quiet = openSync('/dev/null', 'w')
    const execArgv = ['--disable-warning=ExperimentalWarning', '--import', './dev/faults/texts.ts']
    const child = fork('dev/faults/read-file.ts', { stdio: ['ignore', quiet, quiet, 'ipc'], execArgv })
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve(child))
      child.once('exit', () => reject(new Error('the reader does not start')))
    })
  }
}
