import type { Diagnoser } from '../diagnoser.ts'
import { type MendingPage, named } from '../finding.ts'
import type { EnterpriseApp } from '../systems/entra-sign-in.ts'

/** Who may use an enterprise app. */

function appPage({ id, displayName }: EnterpriseApp, path: string, name: string): MendingPage {
  return {
    system: 'entra',
    path: `/admin/apps/${id}/${path}`,
    label: `Entra, Enterprise apps > ${displayName} > ${name}`,
  }
}

const LOGIN: MendingPage = {
  system: 'dialpad',
  path: '/login',
  label: 'Dialpad, Log in with Microsoft as a Global Administrator',
}

export const SIGN_IN_ACCESS_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'app-off',
    source: 'AADSTS7000112',
    look({ entra: { signIn } }) {
      const app = signIn.apps.find(({ id, accountEnabled }) => !accountEnabled && (signIn.assigned.get(id) ?? 0) > 0)
      if (app === undefined) return undefined
      return {
        headline: `Nobody can sign in to ${app.displayName}: it is switched off in the tenant.`,
        evidence: [
          'Enabled for users to sign-in: No.',
          `People and groups assigned to it: ${signIn.assigned.get(app.id)}.`,
        ],
        page: appPage(app, 'properties', 'Properties'),
      }
    },
  },
  {
    fault: 'nobody-assigned',
    source: 'AADSTS50105',
    look({ entra: { signIn } }) {
      const app = signIn.apps.find(
        ({ id, accountEnabled, appRoleAssignmentRequired }) =>
          accountEnabled && appRoleAssignmentRequired && signIn.assigned.get(id) === 0,
      )
      if (app === undefined) return undefined
      return {
        headline: `${app.displayName} is open to assigned people alone, and nobody is assigned.`,
        evidence: ['Assignment required: Yes.', 'People and groups assigned to it: 0.'],
        page: appPage(app, 'users', 'Users and groups'),
      }
    },
  },
  {
    fault: 'blocked-person-tried',
    source: 'AADSTS50057',
    look({ entra: { signIn } }) {
      const [first] = signIn.turnedAway
      if (first === undefined) return undefined
      return {
        headline: 'Somebody whose sign-in is blocked has tried to get in, with the right password.',
        evidence: [
          `AADSTS50057: ${named(signIn.turnedAway.map(({ person, app, at }) => `${person.userPrincipalName} at ${app}, ${at}`))}.`,
        ],
        page: { system: 'entra', path: `/admin/users/${first.person.id}`, label: 'Entra, Users, their page' },
        isNews: true,
      }
    },
  },
  {
    fault: 'consent-gone',
    source: 'dialpad F20',
    look({ entra: { signIn, app, consentBlocked } }) {
      if (app === undefined || consentBlocked || signIn.consents.get(app.id) !== 0) return undefined
      return {
        headline: `Nobody has consented to ${app.displayName} any more: everybody is asked again, or refused.`,
        evidence: [`${app.displayName} is among the enterprise apps, and holds no permission of anybody.`],
        page: LOGIN,
      }
    },
  },
]
