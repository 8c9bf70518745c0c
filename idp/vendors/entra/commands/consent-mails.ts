import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { MailMessage } from '#kit/mail/send-mail.ts'
import type { RequestDecision } from './consent-records.ts'

/** Mails of the admin consent workflow. They lead to pages that ask for a sign-in; nothing in them is a secret. */

const SENDER = 'Entra ID <no-reply@entra.example>'

interface RequestMail {
  readonly to: DirectoryUser
  readonly app: string
  /** Display name of the organization. */
  readonly organization: string
}

const addressOf = ({ mail, userPrincipalName }: DirectoryUser): string => mail ?? userPrincipalName

/** One line, whatever somebody has called an app or a person. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** To a reviewer: somebody waits. */
export function reviewMail(
  mail: RequestMail & {
    readonly requester: string
    readonly reason: string
    readonly url: string
    readonly days: number
  },
): MailMessage {
  const app = oneLine(mail.app)
  return {
    from: SENDER,
    to: addressOf(mail.to),
    subject: `Review the request for consent to ${app}`,
    text: [
      `Hello ${oneLine(mail.to.displayName)},`,
      '',
      `${oneLine(mail.requester)} asks for ${app} in ${mail.organization} and may not consent to it alone.`,
      '',
      `Justification: ${oneLine(mail.reason)}`,
      '',
      'Review the request:',
      mail.url,
      '',
      `It expires in ${mail.days} ${mail.days === 1 ? 'day' : 'days'}.`,
      '',
    ].join('\n'),
  }
}

const DECIDED: Readonly<Record<RequestDecision, { readonly word: string; readonly next: string }>> = {
  approve: { word: 'approved', next: 'You can sign in to it now.' },
  deny: { word: 'denied', next: 'You can ask again, with another justification.' },
  block: { word: 'blocked', next: 'Nobody in the organization can use it or ask for it until it is unblocked.' },
}

/** To somebody who has asked: what became of it. */
export function decisionMail(
  mail: RequestMail & { readonly decision: RequestDecision; readonly reason?: string | undefined },
): MailMessage {
  const { word, next } = DECIDED[mail.decision]
  const app = oneLine(mail.app)
  return {
    from: SENDER,
    to: addressOf(mail.to),
    subject: `Your request for ${app} was ${word}`,
    text: [
      `Hello ${oneLine(mail.to.displayName)},`,
      '',
      `An administrator of ${mail.organization} has ${word} your request for ${app}. ${next}`,
      ...(mail.reason ? ['', `Their words: ${oneLine(mail.reason)}`] : []),
      '',
    ].join('\n'),
  }
}
