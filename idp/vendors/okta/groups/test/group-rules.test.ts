import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { assignGroup } from '../../commands/assignments.ts'
import {
  activateGroupRule,
  addGroupRule,
  deactivateGroupRule,
  deleteGroupRule,
  editGroupRule,
  type GroupRuleInput,
  groupRulesOf,
  previewGroupRule,
} from '../../commands/group-rules.ts'
import { addGroup, addMember, deleteGroup, removeMember } from '../../commands/groups.ts'
import { addPerson, deactivatePerson, editPerson } from '../../commands/people.ts'
import { KIT, openStage, type Stage } from '../../provisioning/test/stage.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { memberIdsOf } from '../membership.ts'
import type { GroupRule, RuleCondition } from '../rules/records.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const DEPARTMENT: RuleCondition = {
  kind: 'attribute',
  attribute: 'department',
  operator: 'equals',
  value: 'Support',
}

async function newGroup(name: string): Promise<string> {
  return (await addGroup(stage.deps, KIT, { name, description: '' })).id
}

async function activeRule(input: Partial<GroupRuleInput> & Pick<GroupRuleInput, 'groupIds'>): Promise<GroupRule> {
  const rule = await addGroupRule(stage.deps, KIT, { name: 'Support people', condition: DEPARTMENT, ...input })
  await activateGroupRule(stage.deps, KIT, { ruleId: rule.id })
  await stage.run()
  return rule
}

const membersOf = (groupId: string): readonly string[] => [...memberIdsOf(stage.system.store, groupId)].toSorted()
const supporters = (): readonly string[] =>
  Array.from(stage.system.store.entries('users'), ([, user]) => user)
    .filter(({ profile }) => profile.department === 'Support')
    .map(({ id }) => id)
    .toSorted()

describe('a group rule', () => {
  test('begins inactive and moves nobody; activated, a job puts everybody in whom it is true of', async () => {
    const groupId = await newGroup('Night Shift')
    const rule = await addGroupRule(stage.deps, KIT, { name: 'All', condition: DEPARTMENT, groupIds: [groupId] })
    expect([rule.status, membersOf(groupId)]).toEqual(['INACTIVE', []])
    const active = await activateGroupRule(stage.deps, KIT, { ruleId: rule.id })
    expect(active.run).toMatchObject({ kind: 'evaluate', done: 0 })
    await stage.run()
    expect(membersOf(groupId)).toEqual(supporters())
    expect(supporters().length).toBeGreaterThan(1)
    const done = stage.system.store.get('groupRules', rule.id)
    expect(done?.run).toBeUndefined()
    expect(done?.lastRun).toMatchObject({ added: supporters().length, done: stage.system.store.count('users') })
    const events = stage.system.store.find('systemLog', 'target', groupId)
    expect(events.filter(({ eventType }) => eventType === 'group.user_membership.add')).toHaveLength(
      supporters().length,
    )
    expect(events.at(-1)).toMatchObject({
      actor: { type: 'SystemPrincipal' },
      debugData: { triggeredByGroupRuleId: rule.id },
    })
  })

  test('follows a changed profile, a new person, and leaves the deactivated as they are', async () => {
    const groupId = await newGroup('Night Shift')
    await activeRule({ groupIds: [groupId] })
    const jonas = stage.user('jonas.weber')
    expect(membersOf(groupId)).not.toContain(jonas.id)
    await editPerson(stage.deps, KIT, { userId: jonas.id, profile: { department: 'Support' } })
    expect(membersOf(groupId)).toContain(jonas.id)
    await editPerson(stage.deps, KIT, { userId: jonas.id, profile: { department: 'Sales' } })
    expect(membersOf(groupId)).not.toContain(jonas.id)
    const nora = await addPerson(stage.deps, KIT, {
      profile: {
        login: 'nora@b.example',
        email: 'nora@b.example',
        firstName: 'Nora',
        lastName: 'Quist',
        department: 'Support',
      },
      activate: true,
    })
    expect(membersOf(groupId)).toContain(nora.id)
    await deactivatePerson(stage.deps, KIT, { userId: nora.id })
    expect(membersOf(groupId)).toContain(nora.id)
  })

  test('gives the app of its group, and the account in it', async () => {
    const app = await stage.connect()
    const groupId = await newGroup('Phone people')
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
    await activeRule({ groupIds: [groupId] })
    const ada = supporters()[0] ?? ''
    const row = stage.system.store.find('appUsers', 'user', ada)[0]
    expect(row).toMatchObject({ scope: 'GROUP', groupId, status: 'PROVISIONED', syncState: 'SYNCHRONIZED' })
    await editPerson(stage.deps, KIT, { userId: ada, profile: { department: 'Sales' } })
    await stage.run()
    expect(stage.sent().at(-1)).toMatch(/^PATCH .*\/Users\//)
    expect(stage.system.store.find('appUsers', 'user', ada)).toEqual([])
  })

  test('who is taken out by hand is excepted, and stays out', async () => {
    const groupId = await newGroup('Night Shift')
    const rule = await activeRule({ groupIds: [groupId] })
    const ada = supporters()[0] ?? ''
    await removeMember(stage.deps, KIT, { groupId, userId: ada })
    expect(membersOf(groupId)).not.toContain(ada)
    await editPerson(stage.deps, KIT, { userId: ada, profile: { title: 'Other' } })
    expect(membersOf(groupId)).not.toContain(ada)
    expect(stage.system.store.get('groupRules', rule.id)?.exceptUserIds).toEqual([ada])
    expect(stage.events()).toContain('group.user_membership.rule.add_exclusion')
  })

  test('takes nobody over whom an administrator put in', async () => {
    const groupId = await newGroup('Night Shift')
    const ada = supporters()[0] ?? ''
    await addMember(stage.deps, KIT, { groupId, userId: ada })
    await activeRule({ groupIds: [groupId] })
    await editPerson(stage.deps, KIT, { userId: ada, profile: { department: 'Sales' } })
    expect(membersOf(groupId)).toContain(ada)
  })

  test('deactivated, its members stay; deleted, they stay by themselves or leave', async () => {
    const groupId = await newGroup('Night Shift')
    const rule = await activeRule({ groupIds: [groupId] })
    await expect(deleteGroupRule(stage.deps, KIT, { ruleId: rule.id, removeMembers: true })).rejects.toMatchObject({
      code: 'E0000001',
    })
    await deactivateGroupRule(stage.deps, KIT, { ruleId: rule.id })
    const [ada = '', second = ''] = supporters()
    await editPerson(stage.deps, KIT, { userId: ada, profile: { department: 'Sales' } })
    expect(membersOf(groupId)).toContain(ada)
    await deleteGroupRule(stage.deps, KIT, { ruleId: rule.id, removeMembers: true })
    expect(groupRulesOf(stage.system.store)).toEqual([])
    await stage.run()
    expect([membersOf(groupId), stage.system.store.count('groupRules')]).toEqual([[], 0])

    const again = await activeRule({ groupIds: [groupId] })
    await deactivateGroupRule(stage.deps, KIT, { ruleId: again.id })
    await deleteGroupRule(stage.deps, KIT, { ruleId: again.id, removeMembers: false })
    await stage.run()
    expect(membersOf(groupId)).toContain(second)
    expect(stage.system.store.get('groupMembers', `${groupId}/${second}`)).toEqual({ groupId, userId: second })
  })

  test('asks about groups, and one rule leads to the next', async () => {
    const [first, second] = [await newGroup('First'), await newGroup('Second')]
    await activeRule({ name: 'Next', condition: { kind: 'group', groupIds: [first] }, groupIds: [second] })
    await activeRule({ groupIds: [first] })
    expect(membersOf(second)).toEqual(supporters())
    await deleteGroup(stage.deps, KIT, { groupId: first })
    expect(groupRulesOf(stage.system.store).map(({ status }) => status)).toEqual(['INVALID', 'INVALID'])
  })

  test('two rules that contradict each other come to an end', async () => {
    const groupId = await newGroup('Odd')
    const condition: RuleCondition = { kind: 'expression', expression: '!isMemberOfGroupName("Odd")' }
    await activeRule({ condition, groupIds: [groupId] })
    const ada = oktaUserIdOf('ada.okafor')
    await editPerson(stage.deps, KIT, { userId: ada, profile: { title: 'Other' } })
    expect(stage.user('ada.okafor').profile.title).toBe('Other')
  })

  test('is refused field by field, and an active one is not edited', async () => {
    const groupId = await newGroup('Night Shift')
    const everyone = oktaGroupIdOf('Everyone')
    const wrong = addGroupRule(stage.deps, KIT, {
      name: ' ',
      condition: { kind: 'expression', expression: 'user.nosuch == 1' },
      groupIds: [everyone],
    })
    await expect(wrong).rejects.toMatchObject({
      causes: [
        { field: 'name', summary: 'name: The field cannot be left blank' },
        { field: 'condition', summary: 'Invalid property nosuch in expression.' },
        { field: 'groupIds', summary: 'People cannot be assigned to Everyone' },
      ],
    })
    for (const [expression, message] of [
      ['user.title', 'The expression must give true or false.'],
      ['String.noSuch(user.title)', 'There is no function String.noSuch.'],
      ['user.title ==', /position 14/],
      ['app.label == "x"', '"app" is not known in a rule; use user.'],
    ] as const) {
      const refused = addGroupRule(stage.deps, KIT, {
        name: 'X',
        condition: { kind: 'expression', expression },
        groupIds: [groupId],
      })
      await expect(refused, expression).rejects.toMatchObject({
        causes: [{ field: 'condition', summary: expect.stringMatching(message) }],
      })
    }
    const rule = await activeRule({ groupIds: [groupId] })
    const edited = editGroupRule(stage.deps, KIT, {
      ruleId: rule.id,
      name: 'X',
      condition: DEPARTMENT,
      groupIds: [groupId],
    })
    await expect(edited).rejects.toMatchObject({ message: 'The rule Support people is active. Deactivate it first.' })
  })

  test('tells of one person whether it would hold', () => {
    const of = (condition: RuleCondition, exceptUserIds: readonly string[] = []) =>
      previewGroupRule(stage.deps, { condition, exceptUserIds, userId: supporters()[0] ?? '' }).kind
    expect(of(DEPARTMENT)).toBe('matches')
    expect(of(DEPARTMENT, supporters())).toBe('excepted')
    expect(of({ ...DEPARTMENT, operator: 'starts-with', value: 'Sup' } as RuleCondition)).toBe('matches')
    expect(of({ ...DEPARTMENT, operator: 'contains', value: 'support' } as RuleCondition)).toBe('differs')
    expect(of({ kind: 'expression', expression: 'Convert.toInt(user.title) > 1' })).toBe('error')
  })
})
