import type { Habit } from './tolerated.ts'

/** Habits of Okta's SCIM client. */

const PROTOCOL = 'developer.okta.com SCIM 2.0 protocol reference'

export const OKTA_HABITS: readonly Habit[] = [
  {
    kind: 'plain',
    id: 'active-without-path',
    what: 'Somebody is deactivated by a replace without a path: {"active": false}.',
    source: PROTOCOL,
    rule: 'RFC 7644 §3.5.2.3',
  },
  {
    kind: 'plain',
    id: 'full-put',
    what: 'A profile is pushed as the whole resource that was read before, id and meta included, with the new values laid over it.',
    source: PROTOCOL,
    rule: 'RFC 7644 §3.5.1: what is read-only is passed over',
  },
  {
    kind: 'lenient',
    id: 'placeholder-password',
    what: 'Every creation carries a random password, wanted or not. It is thrown away.',
    without: 'nobody can be created: invalidValue',
    source: PROTOCOL,
    leniency: { passOverPassword: true },
  },
  {
    kind: 'lenient',
    id: 'empty-groups',
    what: 'Every creation carries "groups": [], an attribute of the core schema that Dialpad does not have.',
    without: 'nobody can be created: invalidSyntax',
    source: PROTOCOL,
    leniency: { passOverGroups: true },
  },
  {
    kind: 'lenient',
    id: 'name-beside-members',
    what: 'The name of a group is sent with every change of its members, a new name too.',
    without: 'after a rename in the directory every such PATCH is refused with mutability',
    source: PROTOCOL,
    leniency: { passOverRename: true },
  },
  {
    kind: 'lenient',
    id: 'id-in-value',
    what: 'The value of a replace without a path holds the id of the group.',
    without: 'every push of a group is refused with mutability',
    source: PROTOCOL,
    leniency: { passOverReadOnly: true },
  },
]
