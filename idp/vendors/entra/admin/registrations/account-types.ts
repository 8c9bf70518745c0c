import type { Application } from '#idp/core/directory/records.ts'

/** Who may sign in, as the forms offer it. */
export function accountTypeChoices(
  tenantName: string,
): readonly { readonly value: Application['signInAudience']; readonly label: string }[] {
  return [
    {
      value: 'AzureADMyOrg',
      label: `Accounts in this organizational directory only (${tenantName} only - Single tenant)`,
    },
    {
      value: 'AzureADMultipleOrgs',
      label: 'Accounts in any organizational directory (Any Microsoft Entra ID tenant - Multitenant)',
    },
  ]
}

/** The same in two words, as the overview has it. */
export function accountTypeName({ signInAudience }: Application): string {
  return signInAudience === 'AzureADMyOrg' ? 'My organization only' : 'Multiple organizations'
}
