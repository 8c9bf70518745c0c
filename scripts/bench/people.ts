import { digitsOf } from '#kit/ids.ts'

/** The people and groups every contender holds, computed alike in each process. */

/** People in the groups whose members are changed. */
export const SMALL_GROUP = 500
export const LARGE_GROUP = 20_000

const GIVEN = ['Alma', 'Bruno', 'Carla', 'Dario', 'Edda', 'Felix', 'Gita', 'Hugo'] as const
const FAMILY = ['Arden', 'Bell', 'Costa', 'Dahl', 'Engel', 'Frost', 'Grant', 'Holm', 'Ivers'] as const

export interface BenchPerson {
  readonly id: string
  readonly userName: string
  readonly givenName: string
  readonly familyName: string
}

export function personAt(n: number): BenchPerson {
  return {
    id: digitsOf(`bench/person/${n}`),
    userName: `person${String(n).padStart(6, '0')}@test.example`,
    givenName: GIVEN[n % GIVEN.length] ?? 'Alma',
    familyName: FAMILY[n % FAMILY.length] ?? 'Arden',
  }
}

export type GroupName = 'small' | 'large'

export function groupIdOf(name: GroupName): string {
  return digitsOf(`bench/group/${name}`)
}

/** Groups that fit: the first people are their members. */
export function groupsAmong(people: number): readonly { readonly name: GroupName; readonly members: number }[] {
  return [
    { name: 'small' as const, members: SMALL_GROUP },
    { name: 'large' as const, members: LARGE_GROUP },
  ].filter(({ members }) => members < people)
}

/** A person as a provisioning service posts them; `userName` and the name are told apart by `n`. */
export function resourceOf({ userName, givenName, familyName }: Omit<BenchPerson, 'id'>): Record<string, unknown> {
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: userName.split('@')[0] ?? userName,
    userName,
    active: true,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    title: 'Agent',
    preferredLanguage: 'en-US',
    emails: [{ value: userName, type: 'work', primary: true }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Sales', employeeNumber: userName },
  }
}
