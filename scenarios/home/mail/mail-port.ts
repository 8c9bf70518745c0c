import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer } from 'smtp-server'
import { ListenFailed } from '#kit/http/listen.ts'

/** One message as it came in over SMTP. */
export interface IncomingMail {
  readonly sender: string
  readonly recipients: readonly string[]
  readonly raw: Buffer
}

/** A mail server that accepts everything for everybody and delivers nothing. */
export interface MailPort {
  readonly port: number
  /**
   * Hand messages to `listener` from now on; the sender is told 250 when its promise resolves. Before, messages are put off with
   * a temporary refusal (RFC 5321 §4.2.1).
   */
  onMessage(listener: (mail: IncomingMail) => Promise<void>): void
  close(): Promise<void>
}

/** Largest message, bytes. */
const MAX_MESSAGE_BYTES = 5_000_000

/** Wall milliseconds open connections are given at the end. */
const CLOSE_TIMEOUT_MS = 500

/** Refused with a reply code of SMTP. */
class MailRefused extends Error {
  override readonly name = 'MailRefused'
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/**
 * Listen for mail. Neither sign-in nor TLS is asked for: it is a server for this machine alone.
 * @throws {ListenFailed} when the port cannot be had.
 */
export async function openMailPort({
  host,
  port,
}: {
  readonly host: string
  readonly port: number
}): Promise<MailPort> {
  let listener: ((mail: IncomingMail) => Promise<void>) | undefined
  const server = new SMTPServer({
    banner: 'Provisioning twin',
    size: MAX_MESSAGE_BYTES,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope
      readAll(stream)
        .then(async (raw) => {
          if (raw === undefined) throw new MailRefused(552, `Messages are limited to ${MAX_MESSAGE_BYTES} bytes.`)
          if (listener === undefined) throw new MailRefused(451, 'The inbox is not open yet, try again.')
          await listener({
            sender: mailFrom === false ? '' : mailFrom.address,
            recipients: rcptTo.map(({ address }) => address),
            raw,
          })
        })
        .then(
          () => callback(),
          (error: unknown) =>
            callback(error instanceof MailRefused ? error : new MailRefused(451, 'The message could not be kept.')),
        )
    },
  })
  await new Promise<void>((settle, fail) => {
    server.once('error', (cause: Error) =>
      fail(
        new ListenFailed(
          `The mail server cannot listen on ${host}:${port}. Stop what uses the port, or choose another with SMTP_PORT.`,
          { cause },
        ),
      ),
    )
    server.listen(port, host, settle)
  })
  // A client that breaks off ends its own connection; the server goes on.
  server.on('error', () => undefined)
  return {
    port: (server.server.address() as AddressInfo).port,
    onMessage(next) {
      listener = next
    },
    close: () => new Promise((settle) => server.close(() => settle())),
  }
}

/** The whole message, to its end even where it is too large: `undefined` then. */
async function readAll(stream: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= MAX_MESSAGE_BYTES) chunks.push(chunk)
  }
  return bytes > MAX_MESSAGE_BYTES ? undefined : Buffer.concat(chunks)
}
