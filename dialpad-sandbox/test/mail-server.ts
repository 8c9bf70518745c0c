import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  /** `smtp://localhost:PORT` */
  readonly url: string
  readonly mails: readonly Email[]
  /** The only link in the newest mail to this address. @throws when there is none. */
  linkTo(address: string): URL
  close(): Promise<void>
}

/** A mail server that keeps what it is given. */
export async function openMailServer(): Promise<MailServer> {
  const mails: Email[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail)
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  return {
    url: `smtp://localhost:${(server.server.address() as AddressInfo).port}`,
    mails,
    linkTo(address) {
      const mail = mails.findLast((each) => each.to?.some((to) => to.address === address))
      const link = /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0]
      if (link === undefined) throw new Error(`No mail with a link went to ${address}.`)
      return new URL(link)
    },
    close: () => new Promise((settle) => server.close(() => settle())),
  }
}
