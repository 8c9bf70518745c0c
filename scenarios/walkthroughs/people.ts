import { COMPANY } from '#kit/world/cast.ts'

/** The people of the worlds who appear in walkthroughs, by what they are there for. */

/** Address of someone of the cast, by handle. */
export function addressOf(handle: string): string {
  return `${handle}@${COMPANY.domain}`
}

export const PEOPLE = {
  /** Cloud Application Administrator in Entra: the least role the article asks for. */
  applications: addressOf('naomi.clarke'),
  /** Company Admin of Dialpad, and Global Administrator in Entra. */
  owner: addressOf('marta.silva'),
  /** Assigned alone, to try things with one person first. Denver. */
  first: { address: addressOf('elif.demir'), name: 'Elif Demir', office: 'Denver' },
  /** Not in the group that is assigned, and moves into it. Toronto. */
  joins: { address: addressOf('hana.suzuki'), name: 'Hana Suzuki' },
  /** A member of that group, and moves out of it. Toronto. */
  leaves: { address: addressOf('chloe.nguyen'), name: 'Chloe Nguyen' },
  /** Not assigned, of Sales. Her office is none that Dialpad knows. */
  elsewhere: { address: addressOf('ines.moreau'), name: 'Ines Moreau' },
  /** May not sign in. */
  blocked: { address: addressOf('victor.hale'), name: 'Victor Hale' },
  /** Of Support, and a member of the assigned group. Denver. */
  supporter: { address: addressOf('ben.castillo'), name: 'Ben Castillo' },
  /** Of Sales, and a member of the assigned group. London. */
  seller: { address: addressOf('george.mensah'), name: 'George Mensah' },
  /** Has an account in Dialpad that was made by hand, and is a member of that group. */
  byHand: { address: addressOf('tomas.berg'), name: 'Tomas Berg' },
} as const

/** The group meant for Dialpad. */
export const GROUP = 'Dialpad Users'

/** Everybody who sells: seven people, two of whom are in the group above too. */
export const SALES = 'Sales'
