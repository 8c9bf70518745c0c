import type { Switches } from '#kit/ledger.ts'

/**
 * The pages the tutorials were written for: names and navigation changed with the years, and so did the form of provisioning
 * (reference 10.1 to 10.3).
 */
export const PORTAL_EDITION_SWITCH = 'portal-edition'

/** How an app's provisioning is laid out: pages of their own since 2025, one long form before. */
export type Experience = 'current' | 'classic'

/** What one edition of the portal calls things. */
export interface PortalEdition {
  /** The portal itself, in the top bar. */
  readonly product: string
  /** One letter for the square beside it. */
  readonly mark: string
  /** The directory, in the left navigation. */
  readonly directory: string
  /** The list of service principals. */
  readonly apps: string
  readonly roles: string
  /** Layout of provisioning for whoever has not chosen. */
  readonly experience: Experience
  /** The link of a mapping, in the classic layout. */
  mappingOf(kind: 'Users' | 'Groups', appName: string): string
}

const NEWEST_MAPPING = (kind: string): string => `Provision Microsoft Entra ID ${kind}`

const EDITIONS: Readonly<Record<string, PortalEdition>> = {
  'entra-admin-center': {
    product: 'Entra admin center',
    mark: 'E',
    directory: 'Entra ID',
    apps: 'Enterprise apps',
    roles: 'Roles & admins',
    experience: 'current',
    mappingOf: NEWEST_MAPPING,
  },
  'azure-portal-2019': {
    product: 'Azure portal',
    mark: 'A',
    directory: 'Azure Active Directory',
    apps: 'Enterprise applications',
    roles: 'Roles and administrators',
    experience: 'classic',
    mappingOf: (kind, appName) => `Synchronize Azure Active Directory ${kind} to ${appName}`,
  },
  'azure-portal-2025': {
    product: 'Azure portal',
    mark: 'A',
    directory: 'Microsoft Entra ID',
    apps: 'Enterprise applications',
    roles: 'Roles and administrators',
    experience: 'classic',
    mappingOf: NEWEST_MAPPING,
  },
}

export const PORTAL_EDITIONS = { values: Object.keys(EDITIONS), default: 'entra-admin-center' } as const

/** The edition in force. */
export function portalEdition(switches: Switches): PortalEdition {
  const edition = EDITIONS[switches.value(PORTAL_EDITION_SWITCH)]
  if (edition === undefined) throw new Error('The portal has an edition nobody knows.')
  return edition
}
