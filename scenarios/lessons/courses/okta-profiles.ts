import { finding } from '#scenarios/walkthroughs/finding.ts'
import { type Entry, editProfile, type NewAttribute, openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import type { Desk, Finding, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Mistake } from '../lesson.ts'
import { callsOf, mappingOf, wasRefused, wasTaken } from './okta-lesson.ts'

/** Mistakes people make with profiles and mappings. */

const FORM = '/profile/edit'

/** Change somebody's profile, and let what it causes be sent. */
export async function changeProfile(walk: Walk, name: string, changes: Readonly<Record<string, Entry>>): Promise<void> {
  await editProfile(await walk.desk('okta'), name, changes)
  await letQueueEnd(walk)
}

/** A field was changed that Dialpad has no mapping for: the form is taken and nothing is sent. */
export function unsent(name: string, label: string, value: string, right: string): Mistake {
  return {
    mistake: `${label} was changed instead, which Dialpad is not sent.`,
    hint: `Okta took it and called nobody: ${label} is not among the mappings of Dialpad. Change ${right}.`,
    attempt: (walk) => changeProfile(walk, name, { [label]: value }),
    shows: async (walk) => (await wasTaken(walk, 'okta', FORM)) && (await callsOf(walk, 'PUT')) === 0,
  }
}

/** The form was sent back: the value cannot be. */
export function refused(name: string, label: string, value: string, mistake: string, hint: string): Mistake {
  return {
    mistake,
    hint,
    async attempt(walk) {
      const desk = await walk.desk('okta')
      await desk.press('People', { within: 'Main' })
      await desk.fill('Search people', name)
      await desk.enter()
      await desk.press(name, { within: 'People' })
      await desk.press('Profile', { within: `${name} tabs` })
      await desk.press('Edit')
      await desk.fill(label, value)
      await desk.press('Save')
    },
    shows: (walk) => wasRefused(walk, 'okta', FORM),
  }
}

/** How a mapping of To App is filled in. */
export type MappingEntry =
  | { readonly kind: 'from'; readonly option: string; readonly apply: 'Create' | 'Create and update' }
  | { readonly kind: 'same'; readonly value: string }

/** Edit the mapping of an attribute on To App. */
export async function editMapping(desk: Desk, displayName: string, entry: MappingEntry): Promise<void> {
  await openAppTab(desk, 'Provisioning')
  await desk.press('To App', { within: 'Settings' })
  if (await desk.shows('Show Unmapped Attributes')) await desk.press('Show Unmapped Attributes')
  await desk.pressInRow(displayName, 'Edit')
  if (entry.kind === 'same') {
    await desk.choose('Attribute value', 'Same value for all users')
    await desk.fill('Value', entry.value)
  } else {
    await desk.choose('Attribute value', 'Map from Okta Profile')
    await desk.choose('Okta attribute', entry.option)
    await desk.tick(entry.apply)
  }
  await desk.press('Save')
  await desk.see('Show Unmapped Attributes')
}

/** The ways a mapping goes wrong. `option` as the drop-down has it, `value` for everybody. */
export function mappingMistakes(attribute: NewAttribute, value: string): readonly [Mistake, Mistake] {
  const { displayName, variableName } = attribute
  return [
    {
      mistake: 'Apply on says Create.',
      hint: 'Who is assigned already would never get the value. Edit the mapping again: Create and update.',
      async attempt(walk) {
        const option = `${displayName} | ${variableName}`
        await editMapping(await walk.desk('okta'), displayName, { kind: 'from', option, apply: 'Create' })
      },
      shows: async (walk) => (await mappingOf(walk, variableName))?.pushStatus === 'DONT_PUSH',
    },
    {
      mistake: 'Same value for all users was chosen.',
      hint: 'Everybody would get that one value. Choose Map from Okta Profile, and the attribute of people.',
      attempt: async (walk) => editMapping(await walk.desk('okta'), displayName, { kind: 'same', value }),
      async shows(walk) {
        const expression = (await mappingOf(walk, variableName))?.expression
        return expression !== undefined && !expression.includes('user.')
      },
    },
  ]
}

/** Whether an attribute of Dialpad's profile follows that of people, and not only at first. */
export async function isMapped(walk: Walk, attribute: string): Promise<Finding> {
  const mapping = await mappingOf(walk, attribute)
  const when = mapping?.pushStatus === 'PUSH' ? 'on create and update' : 'on create only'
  return finding(
    mapping === undefined ? `${attribute} is not mapped.` : `${attribute} is ${mapping.expression}, ${when}.`,
    mapping?.expression === `user.${attribute}`,
    mapping?.pushStatus === 'PUSH',
  )
}
