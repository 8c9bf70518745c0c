import type { MailOutcome } from '#kit/mail/send-mail.ts'
import type { Tone } from '#kit/ui/look.ts'
import type { OktaUser } from '../../collections.ts'

/** What a page says about a mail that was to go out. */
export interface MailWords {
  readonly text: string
  readonly tone: Tone
}

/** No mail was to go out. */
export const NO_MAIL: MailWords = { text: '', tone: 'success' }

/** Sent where to; or why not, and what there is to do. */
export function mailWords(mail: MailOutcome | undefined, { profile }: Pick<OktaUser, 'profile'>): MailWords {
  if (mail === undefined || mail.kind === 'sent') {
    return { text: `A mail with a link was sent to ${profile.email}.`, tone: 'success' }
  }
  return { text: `The mail to ${profile.email} could not be sent: ${mail.why}.`, tone: 'warning' }
}
