import { type Rule, ruleOf } from '#kit/control/dossier.ts'
import { OKTA_PROVISIONING_LEDGER } from '../provisioning/fidelity.ts'

const rule = (number: string): Rule => ruleOf(OKTA_PROVISIONING_LEDGER, `FID-OKTA-PROVISIONING-${number}`)

const LIFECYCLE = 'help.okta.com: suspend, deactivate, delete users; developer.okta.com: build a SCIM API service'

/** Rules that explain what became of somebody in an app. */
export const OKTA_RULES = {
  assigned: rule('01'),
  unassigned: { ...rule('05'), words: 'Unassigning an app sends active false at once; the account is never deleted.' },
  deactivated: {
    words:
      'Deactivating a person takes all app assignments away, and each app with Deactivate Users gets active false.',
    source: LIFECYCLE,
  },
  suspended: rule('07'),
  beforeProvisioning: rule('08'),
  failed: rule('12'),
  notCreated: rule('24'),
  queue: rule('18'),
} as const satisfies Readonly<Record<string, Rule>>
