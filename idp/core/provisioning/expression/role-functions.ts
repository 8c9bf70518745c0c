import { type ExpressionFunction, required } from './function-definition.ts'
import { listOf, type Nullable } from './values.ts'

/** One app role somebody holds. */
export interface HeldRole {
  readonly id: string
  /** What the app calls it; its display name when it has no other. */
  readonly value: string
  readonly displayName: string
}

/**
 * One value of `appRoleAssignments`. The source keeps each as the JSON text of a role; a bare text is the name of a role
 * nothing else is known of.
 */
export function readHeldRole(text: string): HeldRole {
  const plain: HeldRole = { id: '', value: text, displayName: text }
  if (!text.startsWith('{')) return plain
  try {
    const role: unknown = JSON.parse(text)
    if (typeof role !== 'object' || role === null) return plain
    const part = (name: string): string => {
      const value: unknown = Object.hasOwn(role, name) ? Reflect.get(role, name) : ''
      return typeof value === 'string' ? value : ''
    }
    const displayName = part('displayName') === '' ? part('value') : part('displayName')
    return displayName === '' ? plain : { id: part('id'), value: part('value') || displayName, displayName }
  } catch {
    // Braces in the name of a role are no reason to lose the role.
    return plain
  }
}

/** The form the source keeps a role in: see {@link readHeldRole}. */
export function heldRoleText({ id, value, displayName }: HeldRole): string {
  return JSON.stringify({ id, value, displayName })
}

const roleNames = (value: Nullable): readonly string[] => listOf(value).map((text) => readHeldRole(text).displayName)

/** A missing list stays missing: nothing flows for somebody without a role. */
const namesOrNull = (value: Nullable): readonly string[] | null => {
  const names = roleNames(value)
  return names.length === 0 ? null : names
}

/** Functions on the app roles of a person (reference 2.8, 5.3). At the top of a row that writes roles they decide its form. */
export const ROLE_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'AppRoleAssignments',
    description: 'The names of the app roles somebody holds.',
    parameters: [required('source')],
    evaluate: ({ argument }) => namesOrNull(argument(0)),
  },
  {
    name: 'AppRoleAssignmentsComplex',
    description: 'All app roles somebody holds, as a list. Changes only ever add to it.',
    parameters: [required('appRoleAssignments')],
    roles: 'added',
    evaluate: ({ argument }) => namesOrNull(argument(0)),
  },
  {
    name: 'AssertiveAppRoleAssignmentsComplex',
    description: 'All app roles somebody holds, as a list that replaces what the app had.',
    parameters: [required('appRoleAssignments')],
    roles: 'asserted',
    evaluate: ({ argument }) => namesOrNull(argument(0)),
  },
  {
    name: 'SingleAppRoleAssignment',
    description: 'The name of one app role somebody holds.',
    parameters: [required('appRoleAssignments')],
    roles: 'single',
    evaluate: ({ argument }) => roleNames(argument(0))[0] ?? null,
  },
]
