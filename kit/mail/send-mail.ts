import { createTransport } from 'nodemailer'
import { isLoopback } from '#kit/http/origins.ts'
import type { Journal } from '#kit/journal.ts'

/** Mail that a product sends, over SMTP to the mail catcher of the kit: the second way out, and it ends on this machine. */

/** Wall milliseconds a mail server is given for each step. */
const TIMEOUT_MS = 5_000

export interface MailMessage {
  /** As a mail header has it: `Phone System <no-reply@phone.example>`. */
  readonly from: string
  /** A bare address. */
  readonly to: string
  readonly subject: string
  /** Plain text; may hold a link that is a secret, so that the journal is not told. */
  readonly text: string
}

/** `sent`: the mail server has taken it. Otherwise why not, in words for the person who wanted it sent. */
export type MailOutcome = { readonly kind: 'sent' } | { readonly kind: 'not-sent'; readonly why: string }

export interface Mailer {
  /** Never throws: whatever was done before stays done, and the message can be sent again. */
  send(message: MailMessage): Promise<MailOutcome>
}

/**
 * @param smtpUrl `smtp://localhost:4025`; without one there is no mail server, and each message is answered so. A server beyond
 * this machine is refused.
 */
export function createMailer(smtpUrl: string | undefined, journal: Journal): Mailer {
  return {
    async send(message) {
      const outcome = await deliver(smtpUrl, message)
      const { from, to, subject } = message
      journal.record({
        kind: 'mail',
        subject: to,
        title: `Mail to ${to}: ${subject} → ${outcome.kind === 'sent' ? 'sent' : outcome.why}`,
        change: { type: 'mail', id: to, after: { from, to, subject } },
      })
      return outcome
    },
  }
}

async function deliver(smtpUrl: string | undefined, message: MailMessage): Promise<MailOutcome> {
  if (smtpUrl === undefined) return { kind: 'not-sent', why: 'there is no mail server' }
  const { hostname, port } = new URL(smtpUrl)
  if (!isLoopback(hostname)) return { kind: 'not-sent', why: 'the mail server is not on this machine' }
  const transport = createTransport({
    // The name would be looked up in both families; the catcher listens where the systems do.
    host: hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, ''),
    port: Number(port === '' ? 25 : port),
    secure: false,
    ignoreTLS: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A text is a text: nothing in it makes a file or an address be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    // As an object, so that a comma in an address does not make two recipients.
    await transport.sendMail({ ...message, to: { name: '', address: message.to } })
    return { kind: 'sent' }
  } catch {
    return { kind: 'not-sent', why: 'the mail server did not take it' }
  } finally {
    transport.close()
  }
}
