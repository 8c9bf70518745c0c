import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaUser } from '../../../collections.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  activateGroupRule,
  addGroupRule,
  deactivateGroupRule,
  deleteGroupRule,
  editGroupRule,
  knownRule,
  previewGroupRule,
} from '../../../commands/group-rules.ts'
import { ruleAttributes } from '../../../groups/rules/condition.ts'
import { type GroupRule, RULE_OPERATORS, type RuleCondition } from '../../../groups/rules/records.ts'
import { userByLogin } from '../../../sign-in/check-password.ts'
import { fullName } from '../../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { conditionWords } from './condition-words.ts'
import { DeleteRulePage, RuleFormPage, type RuleFormView } from './rule-form-page.tsx'
import { RulesPage } from './rules-page.tsx'

/** Groups a form offers. */
const OFFERED = 500
const HOME = '/admin/groups/rules'

const groupList = z.preprocess(listField, z.array(z.string().max(64)).max(OFFERED))
const RuleForm = z.strictObject({
  name: z.string().trim().max(200).default(''),
  kind: z.enum(['attribute', 'group', 'expression']).default('attribute'),
  attribute: z.string().max(200).default(''),
  operator: z.enum(RULE_OPERATORS).default('equals'),
  value: z.string().trim().max(255).default(''),
  conditionGroups: groupList,
  expression: z.string().trim().max(4000).default(''),
  groups: groupList,
  except: z.string().max(20_000).default(''),
  previewLogin: z.string().trim().max(200).default(''),
  do: z.enum(['save', 'preview']),
})
type TypedRule = z.infer<typeof RuleForm>
const DeleteForm = z.strictObject({ members: z.enum(['keep', 'remove']) })

/** Field of the form that a cause of the command is about. */
const FIELDS: Readonly<Record<string, string>> = { groupIds: 'groups', exceptUserIds: 'except' }
const CONDITION_FIELD = { attribute: 'value', group: 'conditionGroups', expression: 'expression' } as const

function conditionOf({ kind, attribute, operator, value, conditionGroups, expression }: TypedRule): RuleCondition {
  switch (kind) {
    case 'attribute':
      return { kind, attribute, operator, value }
    case 'group':
      return { kind, groupIds: conditionGroups }
    case 'expression':
      return { kind, expression }
  }
}

/** What a rule that is kept shows in the form. */
function typedOf({ name, condition }: GroupRule): Readonly<Record<string, string>> {
  switch (condition.kind) {
    case 'attribute':
      return { name, ...condition }
    case 'group':
      return { name, kind: condition.kind }
    case 'expression':
      return { name, ...condition }
  }
}

/** Directory > Groups > Rules. */
export function groupRuleRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  const managed = (req: Request, res: Response) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    return context
  }
  const ruleOf = (req: Request): GroupRule => knownRule(store, String(req.params['ruleId']))
  const loginsOf = (userIds: readonly string[]): string =>
    userIds.flatMap((id) => store.get('users', id)?.profile.login ?? []).join('\n')

  router.get('/groups/rules', (req, res) => {
    const rows = Array.from(store.entries('groupRules'), ([, rule]) => ({
      rule,
      condition: conditionWords(store, rule.condition),
      groupNames: rule.groupIds.map((id) => store.get('groups', id)?.name ?? 'Deleted group'),
    }))
    res.type('html').send(renderPage(<RulesPage context={contextOf(deps, req, res)} rows={rows} />))
  })

  type Shown = Omit<RuleFormView, 'attributes' | 'groups'>
  const show = (req: Request, res: Response, shown: Shown): void => {
    const context = managed(req, res)
    const groups = store.page('groups', 0, OFFERED).filter(({ type }) => type === 'OKTA_GROUP')
    const view = { ...shown, attributes: ruleAttributes(store), groups }
    res
      .status(Object.keys(shown.problems).length > 0 ? 422 : 200)
      .type('html')
      .send(renderPage(<RuleFormPage context={context} view={view} />))
  }

  const showKept = (req: Request, res: Response, rule: GroupRule): void => {
    const { condition, groupIds } = rule
    const conditionGroupIds = condition.kind === 'group' ? condition.groupIds : []
    const values = { ...typedOf(rule), except: loginsOf(rule.exceptUserIds) }
    show(req, res, { rule, values, problems: {}, conditionGroupIds, groupIds })
  }

  router.get('/groups/rules/new', (req, res) =>
    show(req, res, { values: {}, problems: {}, conditionGroupIds: [], groupIds: [] }),
  )
  router.get(['/groups/rules/:ruleId/edit', '/groups/rules/:ruleId/preview'], (req, res) =>
    showKept(req, res, ruleOf(req)),
  )

  /** People named under EXCEPT, and the first name nobody has. */
  const exceptionsOf = (text: string): { readonly ids: readonly string[]; readonly unknown?: string } => {
    const ids: string[] = []
    for (const line of text.split(/[\n,;]/)) {
      const login = line.trim()
      if (login === '') continue
      const user = userByLogin(store, login)
      if (user === undefined) return { ids, unknown: login }
      ids.push(user.id)
    }
    return { ids }
  }

  const verdictOf = (rule: Pick<GroupRule, 'condition' | 'exceptUserIds'>, user: OktaUser): RuleFormView['verdict'] => {
    const name = fullName(user)
    const verdict = previewGroupRule(deps, { ...rule, userId: user.id })
    switch (verdict.kind) {
      case 'matches':
        return { tone: 'success', text: `${name} matches the rule and is put into its groups.` }
      case 'differs':
        return { tone: 'warning', text: `${name} does not match the rule.` }
      case 'excepted':
        return { tone: 'warning', text: `${name} is excepted from the rule.` }
      case 'error':
        return { tone: 'danger', text: `${verdict.message} (position ${verdict.position + 1})` }
    }
  }

  const receive = async (req: Request, res: Response, rule?: GroupRule): Promise<void> => {
    const { actor } = managed(req, res)
    const form = parseForm(RuleForm, req.body)
    if (!form.ok) {
      return show(req, res, { rule, values: form.values, problems: form.problems, conditionGroupIds: [], groupIds: [] })
    }
    const { conditionGroups, groups, do: act, ...texts } = form.value
    const again = (more: Partial<Shown>): void =>
      show(req, res, {
        rule,
        values: texts,
        problems: {},
        conditionGroupIds: conditionGroups,
        groupIds: groups,
        ...more,
      })
    const condition = conditionOf(form.value)
    const { ids: exceptUserIds, unknown } = exceptionsOf(texts.except)
    if (unknown !== undefined) return again({ problems: { except: `There is nobody called ${unknown}` } })
    if (act === 'preview') {
      const user = userByLogin(store, texts.previewLogin)
      if (user === undefined) return again({ problems: { previewLogin: 'Type the username of somebody in the org' } })
      return again({ verdict: verdictOf({ condition, exceptUserIds }, user) })
    }
    const input = { name: texts.name, condition, groupIds: groups, exceptUserIds }
    try {
      if (rule === undefined) await addGroupRule(deps, actor, input)
      else await editGroupRule(deps, actor, { ...input, ruleId: rule.id })
    } catch (error) {
      const problems = Object.entries(problemsOf(error)).map(([field, text]) => [
        field === 'condition' ? CONDITION_FIELD[condition.kind] : (FIELDS[field] ?? field),
        text,
      ])
      return again({ problems: Object.fromEntries(problems) })
    }
    const done =
      rule === undefined ? 'was added. It is inactive: activate it to put people into its groups.' : 'was saved.'
    return goSaying(deps, req, res, HOME, `The rule ${texts.name} ${done}`)
  }

  router.post('/groups/rules/new', (req, res) => receive(req, res))
  router.post('/groups/rules/:ruleId/edit', (req, res) => receive(req, res, ruleOf(req)))

  /** Of a rule as it is kept, which an active one is. */
  router.post('/groups/rules/:ruleId/preview', (req, res) => {
    managed(req, res)
    const rule = ruleOf(req)
    const form = parseForm(RuleForm, req.body)
    const login = form.ok ? form.value.previewLogin : ''
    const user = userByLogin(store, login)
    const shown = { rule, values: { previewLogin: login }, conditionGroupIds: [], groupIds: rule.groupIds }
    if (user === undefined) {
      return show(req, res, { ...shown, problems: { previewLogin: 'Type the username of somebody in the org' } })
    }
    return show(req, res, { ...shown, problems: {}, verdict: verdictOf(rule, user) })
  })

  router.post('/groups/rules/:ruleId/activate', async (req, res) => {
    const { name } = await activateGroupRule(deps, managed(req, res).actor, { ruleId: ruleOf(req).id })
    await goSaying(deps, req, res, HOME, `The rule ${name} was activated. Everybody is being evaluated.`)
  })

  router.post('/groups/rules/:ruleId/deactivate', async (req, res) => {
    const { name } = await deactivateGroupRule(deps, managed(req, res).actor, { ruleId: ruleOf(req).id })
    await goSaying(
      deps,
      req,
      res,
      HOME,
      `The rule ${name} was deactivated. The people it has added stay in its groups.`,
    )
  })

  router.get('/groups/rules/:ruleId/delete', (req, res) => {
    const context = managed(req, res)
    const rule = ruleOf(req)
    const members = store.count('groupMembers', 'rule', rule.id)
    res.type('html').send(renderPage(<DeleteRulePage context={context} rule={rule} members={members} />))
  })

  router.post('/groups/rules/:ruleId/delete', async (req, res) => {
    const { actor } = managed(req, res)
    const { id, name } = ruleOf(req)
    const form = parseForm(DeleteForm, req.body)
    if (!form.ok) return goSaying(deps, req, res, HOME, 'Choose what becomes of the people in the groups.', 'danger')
    await deleteGroupRule(deps, actor, { ruleId: id, removeMembers: form.value.members === 'remove' })
    return goSaying(deps, req, res, HOME, `The rule ${name} is deleted.`)
  })

  return router
}
