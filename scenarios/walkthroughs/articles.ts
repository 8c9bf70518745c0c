/** The published instructions a walkthrough follows. Steps name them by id and number their instructions themselves. */
export interface Article {
  readonly title: string
  readonly publisher: string
  readonly edition: string
  readonly url: string
}

export const ARTICLES = {
  '000': {
    title: 'Configure Dialpad for automatic user provisioning with Azure Active Directory',
    publisher: 'Microsoft',
    edition: '2019',
    url: 'https://learn.microsoft.com/entra/identity/saas-apps/dialpad-provisioning-tutorial',
  },
  '001': {
    title: 'Configure Dialpad for automatic user provisioning with Microsoft Entra ID',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/saas-apps/dialpad-provisioning-tutorial',
  },
  '002': {
    title: 'Microsoft Azure SCIM',
    publisher: 'Dialpad',
    edition: '2023',
    url: 'https://help.dialpad.com/docs/microsoft-azure-scim',
  },
  '003': {
    title: 'Integrating Microsoft Azure Entra ID',
    publisher: 'Dialpad',
    edition: '2025',
    url: 'https://help.dialpad.com/docs/microsoft-azure-scim',
  },
  '004': {
    title: 'Manage users with Okta SCIM',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/manage-users-with-okta-scim',
  },
  'okta-sso': {
    title: 'Okta Single Sign-On via SAML',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/okta-single-sign-on-via-saml',
  },
  'okta-saml': {
    title: 'How to Configure SAML 2.0 for Dialpad',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://saml-doc.okta.com/SAML_Docs/How-to-Configure-SAML-2.0-for-Dialpad.html',
  },
  'okta-scim': {
    title: 'SCIM 2.0 protocol reference',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://developer.okta.com/docs/reference/scim/scim-20/',
  },
  'azure-saml': {
    title: 'Integrating Azure SAML with Dialpad',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/integrating-azure-saml-with-dialpad',
  },
  'saml-certificates': {
    title: 'Manage certificates for federated single sign-on in Microsoft Entra ID',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on',
  },
  'app-permissions': {
    title: 'Review permissions granted to enterprise applications',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions',
  },
  'how-it-works': {
    title: 'How application provisioning works in Microsoft Entra ID',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works',
  },
  'app-properties': {
    title: 'Properties of an enterprise application',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/application-properties',
  },
  'on-demand': {
    title: 'On-demand provisioning in Microsoft Entra ID',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/provision-on-demand',
  },
  'log-contents': {
    title: 'What are the Microsoft Entra user provisioning logs?',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/monitoring-health/concept-provisioning-logs',
  },
  'log-analysis': {
    title: 'How to download and analyze the Microsoft Entra provisioning logs',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs',
  },
  progress: {
    title: 'Check the status of user provisioning',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-when-will-provisioning-finish-specific-user',
  },
  quarantine: {
    title: 'Application provisioning in quarantine status',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status',
  },
  deletions: {
    title: 'Enable accidental deletions prevention in the Microsoft Entra provisioning service',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/accidental-deletions',
  },
  scoping: {
    title: 'Scoping users or groups to be provisioned with scoping filters',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts',
  },
  'group-push': {
    title: 'Enable Group Push',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://help.okta.com/en-us/Content/Topics/users-groups-profiles/usgp-enable-group-push.htm',
  },
  'group-push-operations': {
    title: 'Group Push operations',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://help.okta.com/oie/en-us/Content/Topics/users-groups-profiles/usgp-group-push-operations.htm',
  },
  'import-users': {
    title: 'Import users from an app',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-import-users-app.htm',
  },
  'import-safeguards': {
    title: 'Import safeguards',
    publisher: 'Okta',
    edition: '2025',
    url: 'https://help.okta.com/oie/en-us/Content/Topics/users-groups-profiles/usgp-import-safeguard.htm',
  },
  'okta-numbers': {
    title: 'Syncing Dialpad Phone Numbers to Okta',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/syncing-dialpad-phone-numbers-to-okta',
  },
  faq: {
    title: 'Okta SAML & SCIM FAQs',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/okta-saml-scim-faqs',
  },
} as const satisfies Readonly<Record<string, Article>>

export type ArticleId = keyof typeof ARTICLES
