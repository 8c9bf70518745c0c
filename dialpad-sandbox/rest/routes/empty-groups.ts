import { z } from 'zod'
import { RestRefusal } from '../answer.ts'
import { defineRoute, idOf, type RestRoute } from '../define-route.ts'
import { PageQuery } from '../paging.ts'
import { NoGroups } from '../shapes/departments.ts'
import { officeIn } from './offices.ts'

/**
 * Groups that can be asked for and that no company of the simulation has: an empty list is the truth about them, and no id names
 * one. Making them is not part of the simulation (501).
 */

const KINDS = [
  ['callcenters', 'Call Center'],
  ['coachingteams', 'Coaching Team'],
  ['rooms', 'Room'],
  ['channels', 'Channel'],
] as const

/** Where an office lists those in it. */
const IN_OFFICES = [
  ['callcenters', 'Call Centers'],
  ['teams', 'Coaching Team'],
] as const

export const EMPTY_GROUP_ROUTES: readonly RestRoute[] = [
  ...KINDS.flatMap(([kind, title]) => [
    defineRoute({
      name: `rest.${kind}.list`,
      method: 'GET',
      path: `/${kind}`,
      summary: `${title} -- List`,
      query: PageQuery,
      answer: NoGroups,
      handle: () => ({ items: [] }),
    }),
    defineRoute({
      name: `rest.${kind}.get`,
      method: 'GET',
      path: `/${kind}/{id}`,
      summary: `${title} -- Get`,
      answer: z.never(),
      handle: (call) => {
        throw new RestRefusal(404, `${title} ${idOf(call)} not found`)
      },
    }),
  ]),
  ...IN_OFFICES.map(([kind, title]) =>
    defineRoute({
      name: `rest.offices.${kind}`,
      method: 'GET',
      path: `/offices/{id}/${kind}`,
      summary: `${title} -- List`,
      query: PageQuery,
      answer: NoGroups,
      handle: (call) => {
        officeIn(call)
        return { items: [] }
      },
    }),
  ),
]
