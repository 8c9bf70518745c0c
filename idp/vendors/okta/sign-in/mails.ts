import type { MailMessage } from '#kit/mail/send-mail.ts'
import type { OktaUser } from '../collections.ts'
import { LINK_HOURS } from './links.ts'

/** Mails with a link; each link stands in its mail and nowhere else. */

const SENDER = 'Okta <noreply@okta.example>'

interface LinkMail {
  readonly user: OktaUser
  readonly company: string
  readonly url: string
}

/** To somebody who is activated without a password. */
export function activationMail({ user: { profile }, company, url }: LinkMail): MailMessage {
  return {
    from: SENDER,
    to: profile.email,
    subject: `Welcome to Okta at ${company}: activate your account`,
    text: [
      `Hello ${profile.firstName},`,
      '',
      `${company} has made an Okta account for you. Your username is ${profile.login}.`,
      '',
      'Activate the account and choose a password:',
      url,
      '',
      `The link is yours alone and works once, within ${LINK_HOURS.activation / 24} days.`,
      '',
    ].join('\n'),
  }
}

/** To somebody who forgot their password, or whose password an administrator has reset. */
export function recoveryMail({ user: { profile }, company, url }: LinkMail): MailMessage {
  return {
    from: SENDER,
    to: profile.email,
    subject: `Reset your Okta password for ${company}`,
    text: [
      `Hello ${profile.firstName},`,
      '',
      `A new password was asked for, for the Okta account ${profile.login}.`,
      '',
      'Choose it here:',
      url,
      '',
      `The link works once, within ${LINK_HOURS.recovery === 1 ? 'an hour' : `${LINK_HOURS.recovery} hours`}. If you did not expect it, tell your administrator.`,
      '',
    ].join('\n'),
  }
}
