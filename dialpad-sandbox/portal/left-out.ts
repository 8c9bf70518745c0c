import type { IconName } from '#kit/ui/icon.tsx'
import { COMPANY, officePath } from './addresses.ts'

/** An entry of the menu whose product is no part of the simulation: it is where the articles say, and says so. */
export interface LeftOut {
  /** Last part of the address. */
  readonly page: string
  readonly label: string
  readonly icon: IconName
  /** What there is instead, in a sentence. */
  readonly instead: string
}

export const LEFT_OUT_OF_COMPANY: readonly LeftOut[] = [
  {
    page: 'integrations',
    label: 'Integrations',
    icon: 'apps',
    instead: 'What a directory does with Dialpad is set up under Authentication.',
  },
]

export const LEFT_OUT_OF_OFFICE: readonly LeftOut[] = [
  { page: 'desk-phones', label: 'Desk phones', icon: 'device', instead: 'The API lists none for any user.' },
  {
    page: 'contact-centers',
    label: 'Contact Centers',
    icon: 'group',
    instead: 'They were called Call Centers before; the API lists none. Support licenses are there all the same.',
  },
  { page: 'coaching-teams', label: 'Coaching Teams', icon: 'star', instead: 'The API lists none.' },
  { page: 'channels', label: 'Channels', icon: 'list', instead: 'The API lists none.' },
  {
    page: 'analytics',
    label: 'Analytics',
    icon: 'columns',
    instead: 'Nobody makes calls here, so there is nothing to count. Seats and users are pictured under Offices.',
  },
]

export function leftOutPath({ page }: LeftOut, officeId?: string): string {
  return officeId === undefined ? `${COMPANY}/${page}` : officePath(officeId, page)
}
