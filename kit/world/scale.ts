import { CAST_OFFICES, type CastGroup, type CastPerson } from './cast.ts'

const GIVEN = [
  'Alma',
  'Bruno',
  'Carla',
  'Dario',
  'Edda',
  'Felix',
  'Gita',
  'Hugo',
  'Isla',
  'Jakob',
  'Kira',
  'Levi',
  'Mina',
  'Noel',
  'Olga',
  'Pablo',
  'Rana',
  'Silas',
  'Thea',
  'Ulf',
  'Vera',
  'Wim',
  'Yara',
  'Zane',
] as const
const FAMILY = [
  'Arden',
  'Bell',
  'Costa',
  'Dahl',
  'Engel',
  'Frost',
  'Grant',
  'Holm',
  'Ivers',
  'Jansen',
  'Keller',
  'Lund',
  'Marsh',
  'Nolan',
  'Ortiz',
  'Price',
  'Quinn',
  'Rossi',
  'Stone',
  'Tan',
  'Urban',
  'Voss',
  'Wolf',
  'York',
  'Zimmer',
] as const
const DEPARTMENTS = ['Sales', 'Support', 'Operations', 'Finance', 'People'] as const

/** The administrator keeps the handle of the small worlds, so that one sign-in works in all. */
const ADMINISTRATOR: CastPerson = {
  handle: 'marta.silva',
  givenName: 'Marta',
  familyName: 'Silva',
  title: 'IT Director',
  department: 'IT',
  office: 'Denver',
  country: 'US',
  language: 'en-US',
  roles: ['global-administrator', 'target-admin'],
}

/** N people and N/20 groups of 20 for world `scale:N`, the same each time. The administrator is one of the N. */
export function scalePeople(size: number): {
  readonly people: readonly CastPerson[]
  readonly groups: readonly CastGroup[]
} {
  const people: CastPerson[] = [ADMINISTRATOR]
  for (let n = 1; n < size; n += 1) {
    const office = CAST_OFFICES[n % CAST_OFFICES.length] ?? CAST_OFFICES[0]
    people.push({
      handle: `person${String(n).padStart(6, '0')}`,
      givenName: GIVEN[n % GIVEN.length] ?? 'Alma',
      familyName: FAMILY[Math.floor(n / GIVEN.length) % FAMILY.length] ?? 'Arden',
      title: 'Agent',
      department: DEPARTMENTS[n % DEPARTMENTS.length] ?? 'Sales',
      office: office.name,
      country: office.country,
      language: 'en-US',
      managerHandle: ADMINISTRATOR.handle,
      roles: [],
    })
  }
  const groups = Array.from(
    { length: Math.floor(size / 20) },
    (_, index): CastGroup => ({
      name: `Team ${String(index + 1).padStart(5, '0')}`,
      description: 'A team of twenty',
      members: people.slice(index * 20, index * 20 + 20).map((each) => each.handle),
      nested: [],
    }),
  )
  return { people, groups }
}
