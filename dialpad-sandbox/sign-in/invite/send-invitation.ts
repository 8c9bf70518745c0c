import type { MailOutcome } from '#kit/mail/send-mail.ts'
import type { Invited } from '../../commands/invitations.ts'
import { INVITATION_DAYS } from '../../domain/invitations.ts'
import { primaryEmail } from '../../domain/user-states.ts'
import type { PageDeps } from '../deps.ts'

const SENDER = 'Dialpad <no-reply@dialpad.example>'

/** Send the link that proves the address. The token is in this message and nowhere else. */
export function sendInvitation(
  { system, mailer }: PageDeps,
  { user, token }: Invited,
  invitedBy: string,
): Promise<MailOutcome> {
  const company = system.store.get('companies', user.companyId)?.name ?? 'your company'
  const link = `${system.origin}/invite?token=${encodeURIComponent(token)}`
  return mailer.send({
    from: SENDER,
    to: primaryEmail(user),
    subject: `${invitedBy} invited you to Dialpad`,
    text: [
      `Hello ${user.givenName || primaryEmail(user)},`,
      '',
      `${invitedBy} has added you to the phone system of ${company}. Your account waits for you.`,
      '',
      'Get started:',
      link,
      '',
      `The link is yours alone and works once, within ${INVITATION_DAYS} days.`,
      '',
    ].join('\n'),
  })
}
