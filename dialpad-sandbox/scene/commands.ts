import { z } from 'zod'
import { type SceneCalls, sceneCommand } from '#kit/control/scene-commands.ts'
import { revokeApiKey } from '../commands/api-keys.ts'
import { createUser } from '../commands/create-user.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { createGroup, deleteGroup, updateGroup } from '../commands/groups.ts'
import { purchaseLicences, scheduleLicenceRemoval } from '../commands/licences.ts'
import { createOffice, updateOffice } from '../commands/offices.ts'
import { updateSamlSettings } from '../commands/saml-settings.ts'
import { updateScimSettings } from '../commands/scim-settings.ts'
import { updateUser } from '../commands/update-user.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { parseLicence } from '../domain/licences.ts'
import { REAL_ORIGIN, samlAddresses } from '../domain/saml.ts'
import { type Company, type DialpadUser, SAML_PROVIDERS } from '../records.ts'
import { firstCompany, groupNamed, keyNamed, officeNamed, personNamed, refuse } from './find.ts'

const Licence = z.string().transform((spelling, context) => {
  const licence = parseLicence(spelling)
  if (licence !== undefined) return licence
  context.addIssue({ code: 'custom', message: `"${spelling}" is no license; one is dialpad_talk` })
  return z.NEVER
})
const Person = z.strictObject({ person: z.string() })
const Seats = z.strictObject({ office: z.string(), licence: Licence, quantity: z.int().positive() })

const PLAIN_BILLING = {
  currency: 'usd',
  period: 'monthly',
  annualCommitMonthly: false,
  invoiced: false,
  unified: true,
  address: {},
} as const

const tellPerson = ({ id, emails, state }: DialpadUser) => ({ id, email: emails[0], state })

/** What the portal's pages can do to set a scene, as {@link SYSTEM_ACTOR} and in the company of the world. */
export function dialpadSceneCommands(system: DialpadSystem) {
  const company = (): Company => firstCompany(system)
  const command = <const N extends string, O, I, A extends object>(
    name: N,
    does: string,
    input: z.ZodType<O, I>,
    run: (input: O) => Promise<A>,
  ) => sceneCommand(name, does, input, (value: O) => run(value).catch(refuse))

  return [
    command(
      'add-person',
      'Adds somebody by hand, with a seat and a number of the office.',
      z.strictObject({
        email: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        office: z.string(),
        licence: Licence.optional(),
        title: z.string().optional(),
      }),
      async ({ email, firstName, lastName, office, licence, title }) =>
        tellPerson(
          await createUser(system, SYSTEM_ACTOR, {
            companyId: company().id,
            email,
            givenName: firstName,
            familyName: lastName,
            title,
            licence,
            placement: { kind: 'office', officeId: officeNamed(system, office).id },
            state: 'active',
            origin: 'portal',
          }),
        ),
    ),
    command(
      'edit-person',
      'Changes somebody by hand; null removes.',
      z.strictObject({
        person: z.string(),
        firstName: z.string().optional(),
        lastName: z.string().optional(),
        email: z.string().optional(),
        title: z.string().nullable().optional(),
        office: z.string().optional(),
        licence: Licence.optional(),
        companyAdmin: z.boolean().optional(),
      }),
      async ({ person, firstName, lastName, email, title, office, licence, companyAdmin }) =>
        tellPerson(
          await updateUser(system, SYSTEM_ACTOR, personNamed(system, person).id, {
            ...(firstName === undefined ? {} : { givenName: firstName }),
            ...(lastName === undefined ? {} : { familyName: lastName }),
            ...(email === undefined ? {} : { email }),
            ...(title === undefined ? {} : { title }),
            ...(office === undefined
              ? {}
              : { placement: { kind: 'office', officeId: officeNamed(system, office).id } as const }),
            ...(licence === undefined ? {} : { licence }),
            ...(companyAdmin === undefined ? {} : { isCompanyAdmin: companyAdmin }),
          }),
        ),
    ),
    command('suspend-person', 'Suspends somebody: the seat is free again.', Person, async ({ person }) =>
      tellPerson(await updateUser(system, SYSTEM_ACTOR, personNamed(system, person).id, { active: false })),
    ),
    command('reactivate-person', 'Makes somebody active again; takes a seat.', Person, async ({ person }) =>
      tellPerson(await updateUser(system, SYSTEM_ACTOR, personNamed(system, person).id, { active: true })),
    ),
    command('delete-person', 'Deletes somebody.', Person, async ({ person }) =>
      tellPerson(await deleteUser(system, SYSTEM_ACTOR, personNamed(system, person).id)),
    ),
    command(
      'add-office',
      'Adds an office; it owns no seats yet.',
      z.strictObject({
        name: z.string(),
        country: z.string().length(2),
        areaCode: z.string().optional(),
        /** Where emergency services are sent; needed in some countries. */
        emergencyAddress: z
          .strictObject({
            address: z.string(),
            city: z.string(),
            state: z.string(),
            zip: z.string(),
            country: z.string(),
          })
          .optional(),
      }),
      async ({ name, country, areaCode, emergencyAddress }) => {
        const office = await createOffice(system, SYSTEM_ACTOR, {
          companyId: company().id,
          name,
          country,
          areaCode,
          line: {},
          emergencyAddress,
          billing: PLAIN_BILLING,
        })
        return { id: office.id, name: office.name }
      },
    ),
    command(
      'edit-office',
      'Renames an office, or changes its area code. Whoever is provisioned with the old name matches nothing any more.',
      z.strictObject({ office: z.string(), name: z.string().optional(), areaCode: z.string().optional() }),
      async ({ office, name, areaCode }) => {
        const change = { ...(name === undefined ? {} : { name }), ...(areaCode === undefined ? {} : { areaCode }) }
        const { id } = officeNamed(system, office)
        const after = await updateOffice(system, SYSTEM_ACTOR, company().id, id, change)
        return { id, name: after.name, areaCode: after.areaCode }
      },
    ),
    command('add-seats', 'Buys licenses for an office.', Seats, async ({ office, licence, quantity }) => {
      const { id } = officeNamed(system, office)
      const order = { companyId: company().id, officeId: id, licence, quantity }
      return { office: id, seats: (await purchaseLicences(system, SYSTEM_ACTOR, order)).seats[licence] ?? null }
    }),
    command(
      'remove-seats',
      'Gives unused licenses back at the next billing date; until then they can still be used.',
      Seats,
      async ({ office, licence, quantity }) => {
        const { id } = officeNamed(system, office)
        const order = { companyId: company().id, officeId: id, licence, quantity }
        const removal = await scheduleLicenceRemoval(system, SYSTEM_ACTOR, order)
        return { office: id, quantity: removal.quantity }
      },
    ),
    command(
      'set-provisioning',
      'SCIM settings: which attribute names the office, what to do without a match or without a license.',
      z.strictObject({
        officeField: z.enum(['physicalDeliveryOfficeName', 'officeName', 'department']).optional(),
        /** `best`, `reject`, or the name of an office. */
        mismatch: z.string().optional(),
        exhaustion: z.enum(['reject', 'purchase']).optional(),
      }),
      async ({ officeField, mismatch, exhaustion }) => {
        const { scim } = await updateScimSettings(system, SYSTEM_ACTOR, company().id, {
          ...company().scim,
          ...(officeField === undefined ? {} : { officeField }),
          ...(mismatch === undefined ? {} : { mismatch: mismatchNamed(mismatch) }),
          ...(exhaustion === undefined ? {} : { exhaustion }),
        })
        return { ...scim }
      },
    ),
    command(
      'set-saml',
      'Saves the SAML page, and tells what the provider is given: acs (SP SSO Url) and entityId.',
      z.strictObject({
        provider: z.enum(SAML_PROVIDERS),
        idpSsoUrl: z.string(),
        idpEntityId: z.string(),
        certificate: z.string(),
        preventOtherProviders: z.boolean().default(false),
      }),
      async (settings) => {
        const { saml, domains } = await updateSamlSettings(system, SYSTEM_ACTOR, company().id, settings)
        const addresses = samlAddresses(REAL_ORIGIN, settings.provider, domains[0] ?? '')
        return { provider: saml?.provider, idpEntityId: saml?.idpEntityId, ...addresses }
      },
    ),
    command(
      'revoke-key',
      'Revokes an API key, by its name.',
      z.strictObject({ name: z.string() }),
      async ({ name }) => ({ revoked: (await revokeApiKey(system, SYSTEM_ACTOR, keyNamed(system, name).id)).id }),
    ),
    command(
      'add-group',
      'Adds a directory group, as SCIM would.',
      z.strictObject({ name: z.string(), members: z.array(z.string()).default([]) }),
      async ({ name, members }) => {
        const memberIds = members.map((member) => personNamed(system, member).id)
        const group = await createGroup(system, SYSTEM_ACTOR, { companyId: company().id, displayName: name, memberIds })
        return { id: group.id, name: group.displayName }
      },
    ),
    command(
      'set-group-members',
      'Makes these people, and nobody else, members of a directory group.',
      z.strictObject({ group: z.string(), members: z.array(z.string()) }),
      async ({ group, members }) => {
        const userIds = members.map((member) => personNamed(system, member).id)
        const { id } = groupNamed(system, group)
        await updateGroup(system, SYSTEM_ACTOR, id, { members: [{ kind: 'replace', userIds }] })
        return { id, members: userIds.length }
      },
    ),
    command('delete-group', 'Deletes a directory group.', z.strictObject({ group: z.string() }), async ({ group }) => {
      const { id } = groupNamed(system, group)
      await deleteGroup(system, SYSTEM_ACTOR, id)
      return { deleted: id }
    }),
  ]

  function mismatchNamed(word: string): Company['scim']['mismatch'] {
    if (word === 'best' || word === 'reject') return { kind: word }
    return { kind: 'office', officeId: officeNamed(system, word).id }
  }
}

/** Input and answer of each of them, by name. */
export type DialpadSceneCalls = SceneCalls<ReturnType<typeof dialpadSceneCommands>>
