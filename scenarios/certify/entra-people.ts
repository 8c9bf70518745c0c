import type { Json } from './server-under-test.ts'

/** Somebody of whom Entra knows a little more than a name. */
export interface Person {
  readonly givenName: string
  readonly surname: string
  readonly more?: Json
}

/** Everybody this client provisions: each for one thing, so that one defect does not hide another. */
export const PEOPLE = {
  anna: { givenName: 'Anna', surname: 'Updated' },
  bea: { givenName: 'Bea', surname: 'Blocked' },
  boss: { givenName: 'Bo', surname: 'Manager' },
  dora: { givenName: 'Dora', surname: 'Present' },
  emil: { givenName: 'Emil', surname: 'Lettercase' },
  eve: { givenName: 'Eve', surname: 'Extended', more: { department: 'Sales', employeeId: 'KC-1' } },
  fay: { givenName: 'Fay', surname: 'Flagged', more: { jobTitle: 'Agent' } },
  flo: { givenName: 'Flo', surname: 'Flagged', more: { jobTitle: 'Agent', department: 'Sales' } },
  gone: { givenName: 'Gus', surname: 'Removed' },
  lea: { givenName: 'Lea', surname: 'Leaving' },
  max: { givenName: 'Max', surname: 'Managed' },
  mia: {
    givenName: 'Mia',
    surname: 'Manyvalued',
    more: { businessPhones: ['+33 4 72 00 00 11'], streetAddress: '1 Main Street', city: 'Lyon', country: 'FR' },
  },
  nick: { givenName: 'Nick', surname: 'Conflict' },
  "o'neil#1~x": { givenName: 'Orla', surname: "O'Neil" },
  rene: { givenName: 'Rene', surname: 'Renamed' },
  uma: { givenName: 'Zoë', surname: 'Ångström 李' },
} as const satisfies Readonly<Record<string, Person>>

/** What they are called in the checks. */
export type Name = keyof typeof PEOPLE
/** Whose name has to be escaped in an address. */
export const SPECIAL: Name = "o'neil#1~x"
