import { type Diagnoser, oktaPage } from '../diagnoser.ts'
import { named } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** The app's settings as they show on people. */

const toAppPage = (sight: Sight) => oktaPage(sight, 'provisioning/to-app', 'Provisioning > To App')

/** Formats of the application user name that give no address. */
const NO_ADDRESS = new Set(['okta-username-prefix', 'email-prefix', 'none'])

/** Values of `licenseType` in Dialpad's list, lower case (reference sheet dialpad 1.6). */
const LICENCES = new Set([
  'dialpad_talk',
  'dialpad_ai voice',
  'talk',
  'dialpad_support',
  'lite_support_agents',
  'support',
  'dialpad_sell',
  'dialpad_ai sales',
  'agents',
  'dialpad_lite',
  'lite_lines',
  'dialpad_tfb',
  'magenta_lines',
])

/** People whose title in the org is not the one their account has. */
const stale = ({ okta, dialpad }: Sight): readonly string[] =>
  okta.assigned.flatMap(({ person, externalId, userName }) => {
    const [title, account] = [person?.profile['title'], externalId === undefined ? undefined : dialpad.byId(externalId)]
    return account !== undefined && typeof title === 'string' && title !== (account.title ?? '')
      ? [`${userName} is "${title}" in Okta and "${account.title ?? ''}" in Dialpad`]
      : []
  })

export const OKTA_PEOPLE_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'okta-create-off',
    source: 'okta 8.2',
    look(sight) {
      const { app, assigned, works } = sight.okta
      const people = assigned.filter(({ externalId }) => externalId === undefined)
      if (!works || app?.provisioning?.toApp.createUsers !== false || people.length === 0) return undefined
      return {
        headline: 'People are assigned and get no account: Create Users is off.',
        evidence: [
          'To App, Create Users: not enabled.',
          `Without an account: ${named(people.map(({ userName }) => userName))}.`,
        ],
        page: toAppPage(sight),
      }
    },
  },
  {
    fault: 'okta-assigned-before-enabling',
    source: 'okta 8.1 (5), 8.2',
    look(sight) {
      const { app, assigned, works } = sight.okta
      const people = assigned.filter(
        ({ beforeProvisioning, externalId }) => beforeProvisioning && externalId === undefined,
      )
      if (!works || app?.provisioning?.toApp.createUsers !== true || people.length === 0) return undefined
      return {
        headline: 'People who were assigned before Create Users was enabled are still without an account.',
        evidence: [
          `Red mark, no account: ${named(people.map(({ userName }) => userName))}. To App, Create Users: enabled.`,
        ],
        page: oktaPage(sight, 'assignments', 'Assignments'),
      }
    },
  },
  {
    fault: 'okta-update-off',
    source: 'okta 8.2',
    look(sight) {
      const people = stale(sight)
      if (!sight.okta.works || sight.okta.app?.provisioning?.toApp.updateAttributes !== false || people.length === 0)
        return undefined
      return {
        headline: 'Changes of people do not reach Dialpad: Update User Attributes is off.',
        evidence: ['To App, Update User Attributes: not enabled.', `${named(people)}.`],
        page: toAppPage(sight),
      }
    },
  },
  {
    fault: 'okta-mapped-on-create-only',
    source: 'okta 8.2',
    look(sight) {
      const { okta } = sight
      const people = stale(sight)
      const property = okta.toApp['title']
      if (!okta.works || property?.pushStatus !== 'DONT_PUSH' || people.length === 0) return undefined
      if (okta.app?.provisioning?.toApp.updateAttributes !== true) return undefined
      return {
        headline: 'Titles never change in Dialpad: the mapping applies on create only.',
        evidence: [`Mapping of title: ${property.expression}, on Create.`, `${named(people)}.`],
        page: toAppPage(sight),
      }
    },
  },
  {
    fault: 'okta-deactivate-off',
    source: 'okta 8.2',
    look(sight) {
      const { okta, dialpad } = sight
      const people = okta.former.filter(({ externalId }) => dialpad.byId(externalId)?.state === 'active')
      if (!okta.works || okta.app?.provisioning?.toApp.deactivateUsers !== false || people.length === 0)
        return undefined
      return {
        headline: 'Leavers keep their accounts: Deactivate Users is off.',
        evidence: [
          'To App, Deactivate Users: not enabled.',
          `Not assigned any more, active in Dialpad: ${named(people.map(({ userName }) => userName))}.`,
        ],
        page: toAppPage(sight),
      }
    },
  },
  {
    fault: 'okta-user-name-not-an-address',
    source: 'okta 8.2, dialpad F12',
    look(sight) {
      const { app, assigned } = sight.okta
      const format = app?.signOn.usernameTemplate.format
      const people = assigned.filter(({ userName }) => !userName.includes('@'))
      if (format === undefined || !NO_ADDRESS.has(format) || people.length === 0) return undefined
      return {
        headline: 'The application username is no e-mail address, and Dialpad wants one.',
        evidence: [
          `Application username format: ${format}. Such names: ${named(people.map(({ userName }) => userName))}.`,
        ],
        page: oktaPage(sight, 'signon', 'Sign On'),
      }
    },
  },
  {
    fault: 'okta-suspended-leaver',
    source: 'okta 8.1 (4), 8.2',
    look(sight) {
      const { okta, dialpad } = sight
      const people = okta.assigned.filter(
        ({ person, externalId }) =>
          person?.status === 'SUSPENDED' && externalId !== undefined && dialpad.byId(externalId)?.state === 'active',
      )
      if (people.length === 0) return undefined
      return {
        headline: 'Somebody is suspended in Okta and still works in Dialpad: suspending sends nothing.',
        evidence: [`SUSPENDED in Okta, active in Dialpad: ${named(people.map(({ userName }) => userName))}.`],
        page: { system: 'okta', path: `/admin/user/${people[0]?.userId}`, label: 'Okta, Directory > People' },
      }
    },
  },
  {
    fault: 'okta-licence-misspelt',
    source: 'okta 8.2, dialpad F9',
    look(sight) {
      const odd = sight.okta.assigned.flatMap(({ userName, profile }) => {
        const { licenseType } = profile
        return typeof licenseType === 'string' && licenseType !== '' && !LICENCES.has(licenseType.toLowerCase())
          ? [`${userName}: "${licenseType}"`]
          : []
      })
      if (odd.length === 0) return undefined
      return {
        headline: 'A licenseType is sent that Dialpad does not know.',
        evidence: [`${named(odd)}. Dialpad knows dialpad_talk, dialpad_support, dialpad_sell and their like.`],
        // A value that is mapped comes back, whatever is typed for one person.
        page:
          sight.okta.toApp['licenseType'] === undefined
            ? oktaPage(sight, 'assignments', 'Assignments')
            : toAppPage(sight),
      }
    },
  },
  {
    fault: 'okta-attribute-without-namespace',
    source: 'okta 8.1 (9), 8.2',
    look(sight) {
      const mute = sight.okta.attributes.filter(
        ({ custom, externalNamespace = '' }) => custom && externalNamespace === '',
      )
      const used = mute.filter(
        ({ name }) =>
          sight.okta.toApp[name] !== undefined ||
          sight.okta.assigned.some(({ profile }) => profile[name] !== undefined),
      )
      if (used.length === 0) return undefined
      return {
        headline: 'A custom attribute is never sent: it has no external namespace.',
        evidence: [`${named(used.map(({ name }) => name))}: mapped or filled in, External namespace empty.`],
        page: {
          system: 'okta',
          path: `/admin/profile-editor/${sight.okta.app?.id}`,
          label: 'Okta, Directory > Profile Editor > Dialpad User',
        },
      }
    },
  },
  {
    fault: 'okta-individual-overrides-group',
    source: 'okta 8.1 (10), 8.2',
    look(sight) {
      const { okta } = sight
      for (const { scope, overrides, userId, userName } of okta.assigned) {
        if (scope !== 'USER') continue
        for (const { groupId, profile } of okta.appGroups) {
          const differs = Object.keys(profile).find(
            (name) => overrides[name] !== undefined && overrides[name] !== profile[name],
          )
          if (differs === undefined || !okta.isIn(groupId, userId)) continue
          return {
            headline: `${userName} does not follow the group: the assignment is individual.`,
            evidence: [
              `${differs}: "${String(overrides[differs])}" set for the person, "${String(profile[differs])}" for the group ${okta.group(groupId)?.name}.`,
            ],
            page: oktaPage(sight, 'assignments', 'Assignments'),
          }
        }
      }
      return undefined
    },
  },
]
