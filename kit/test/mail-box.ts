import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail as it came in. */
export interface ReceivedMail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A mail server on a free port of this machine, for tests. */
export interface MailBox {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** The next mail that has not been taken yet, as soon as it is there. */
  next(): Promise<ReceivedMail>
  close(): Promise<void>
}

export async function openMailBox(): Promise<MailBox> {
  const received: ReceivedMail[] = []
  const waiting: ((mail: ReceivedMail) => void)[] = []
  let taken = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then(({ subject = '', text = '' }) => {
          const mail = { to: envelope.rcptTo.map(({ address }) => address).join(','), subject, text }
          received.push(mail)
          const waiter = waiting.shift()
          if (waiter !== undefined) {
            taken += 1
            waiter(mail)
          }
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://localhost:${port}`,
    received,
    next() {
      const mail = received[taken]
      if (mail === undefined) return new Promise((resolve) => waiting.push(resolve))
      taken += 1
      return Promise.resolve(mail)
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
