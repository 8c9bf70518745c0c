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
  'how-it-works': {
    title: 'How application provisioning works in Microsoft Entra ID',
    publisher: 'Microsoft',
    edition: '2025',
    url: 'https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works',
  },
  faq: {
    title: 'Okta SAML & SCIM FAQs',
    publisher: 'Dialpad',
    edition: '2024',
    url: 'https://help.dialpad.com/docs/okta-saml-scim-faqs',
  },
} as const satisfies Readonly<Record<string, Article>>

export type ArticleId = keyof typeof ARTICLES
