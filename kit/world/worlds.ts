import { CAST_GROUPS, CAST_PEOPLE, type CastGroup, type CastPerson } from './cast.ts'
import { scalePeople } from './scale.ts'

/**
 * The worlds: seeded states by name. A world is a pure function of its name, so each system computes its own share and ids,
 * keys and links agree without talking.
 */

export const WORLD_NAMES = ['brightwave', 'fresh', 'connected-entra', 'connected-okta', 'empty'] as const
type FixedWorld = (typeof WORLD_NAMES)[number]

export type World =
  | {
      readonly name: string
      readonly kind: FixedWorld
      readonly people: readonly CastPerson[]
      readonly groups: readonly CastGroup[]
    }
  | {
      readonly name: string
      readonly kind: 'scale'
      readonly people: readonly CastPerson[]
      readonly groups: readonly CastGroup[]
    }

/** Largest N of `scale:N`. */
export const LARGEST_SCALE = 200_000

/** @returns the world, or `undefined` when there is none of that name. */
export function parseWorld(name: string): World | undefined {
  const fixed = WORLD_NAMES.find((candidate) => candidate === name)
  if (fixed !== undefined) return { name, kind: fixed, people: CAST_PEOPLE, groups: CAST_GROUPS }
  const scale = /^scale:([1-9]\d{0,5})$/.exec(name)
  const size = Number(scale?.[1])
  if (scale === null || size > LARGEST_SCALE) return undefined
  return { name, kind: 'scale', ...scalePeople(size) }
}

/** For messages: the names a user may choose from. */
export const WORLD_CHOICES: readonly string[] = [...WORLD_NAMES, 'scale:N']
