import type { LedgerRow } from '#kit/ledger.ts'

/** How this org provisions. */
export const OKTA_PROVISIONING_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-OKTA-PROVISIONING-20',
    behaviour:
      'Deleting a person sends nothing: their account was switched off when they were deactivated, and accounts are never deleted. One help article of the target says that it removes the account: "delete" sends DELETE for accounts the person had.',
    fidelity: 'documented',
    source: 'developer.okta.com SCIM 2.0 protocol reference; help.dialpad.com Okta SAML and SCIM FAQs says otherwise',
    switch: { id: 'deleted-person', values: ['nothing', 'delete'], default: 'nothing' },
  },
]
