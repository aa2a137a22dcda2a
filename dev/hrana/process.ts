// One database process under the supervisor: serves its databases until the supervisor goes.
// Open files given by the supervisor: 3 its messages, 4 the mark of the database in use, 5 the listening socket.
import { marksIn } from './in-use.ts'
import { databaseServer, type ServerOptions } from './server.ts'

/** First message: what to serve. Later ones: processes to end if the supervisor is killed and cannot do it, and whether this one is there. */
export type ToProcess = { serve: Omit<ServerOptions, 'inUse'>; port?: number } | { endToo: number[] } | { beat: true }

let endToo: number[] = []

process.on('message', async (message: ToProcess) => {
  if ('beat' in message) return void process.send?.('here')
  if ('endToo' in message) {
    endToo = message.endToo
    return
  }
  const server = databaseServer({ ...message.serve, inUse: marksIn(4) })
  await server.listen(message.port === undefined ? { fd: 5 } : { port: message.port })
  process.send?.('ready')
})

process.on('disconnect', () => {
  for (const pid of endToo) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {} // It ended by itself.
  }
  process.exit(0)
})

// The supervisor ends this process; a Ctrl+C in the terminal reaches the whole group and must not come first.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
