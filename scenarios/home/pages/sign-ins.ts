import type { CastPerson, CastRole } from '#kit/world/cast.ts'
import { COMPANY } from '#kit/world/cast.ts'
import { parseWorld } from '#kit/world/worlds.ts'

/** Somebody to sign in as. */
export interface SignIn {
  readonly name: string
  readonly address: string
  /** What they may do there. */
  readonly may: string
}

export interface SignIns {
  readonly people: readonly SignIn[]
  /** What to do where nobody can sign in, or what is special. */
  readonly note?: string
}

const ENTRA_ROLES: readonly (readonly [CastRole, string])[] = [
  ['global-administrator', 'Global Administrator: everything in the admin center'],
  ['cloud-application-administrator', 'Cloud Application Administrator: adds and connects apps'],
  ['global-reader', 'Global Reader: sees everything, changes nothing'],
]

const OKTA_ROLES: readonly (readonly [CastRole, string])[] = [
  ['global-administrator', 'Super Administrator: everything in the Admin Console'],
  ['application-administrator', 'Application Administrator: adds apps, provisions and assigns them'],
  ['global-reader', 'Read-only Administrator: sees everything, changes nothing'],
]

/** Whom to be in a system, in a world. Everybody has the training password. */
export function signInsOf(system: string, worldName: string): SignIns {
  const world = parseWorld(worldName)
  if (world === undefined) return { people: [] }
  const byRole = (role: CastRole): CastPerson | undefined => world.people.find(({ roles }) => roles.includes(role))
  const plain = world.people.find(({ roles }) => roles.length === 0)
  switch (system) {
    case 'entra':
      return {
        people: [
          ...ENTRA_ROLES.flatMap(([role, may]) => signIn(byRole(role), may)),
          ...signIn(plain, 'A user without a role: signs in to apps, not to the admin center'),
        ],
      }
    case 'okta':
      return {
        people: [
          ...OKTA_ROLES.flatMap(([role, may]) => signIn(byRole(role), may)),
          ...signIn(plain, 'A person without a role: sees their apps, not the Admin Console'),
        ],
      }
    case 'dialpad':
      switch (world.kind) {
        case 'fresh':
          return { people: [], note: 'Nobody yet: the company is made by signing up.' }
        case 'empty':
          return { people: [], note: 'A company without users: connect with an API key.' }
        default:
          return {
            people: signIn(byRole('target-admin'), 'Company Admin: settings, API keys, users; by e-mail and password'),
          }
      }
    default:
      return { people: [] }
  }
}

function signIn(person: CastPerson | undefined, may: string): readonly SignIn[] {
  if (person === undefined) return []
  return [
    {
      name: `${person.givenName} ${person.familyName}`,
      address: `${person.handle}@${COMPANY.domain}`,
      may,
    },
  ]
}
