import { type Request, type Response, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { editPerson } from '../../commands/people.ts'
import { groupIdsOf } from '../../groups/membership.ts'
import { schemaOf } from '../../profiles/read.ts'
import type { AttributeDefinition, Profile } from '../../profiles/records.ts'
import { fullName } from '../account.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { changedProfile, profileText, textsOf } from '../profile-fields.tsx'
import { EditProfilePage } from './edit-profile-page.tsx'
import { personOf } from './person-of.ts'
import { personHref } from './person-page.tsx'
import { PersonAdminRoles, PersonApplications, PersonGroups, PersonProfile } from './person-tabs.tsx'

/** The tabs of a person, and Profile > Edit. */
export function personTabRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const userAttributes = (): readonly AttributeDefinition[] => schemaOf(store, 'user').attributes

  router.get('/user/:userId', (req, res) => res.redirect(303, personHref(personOf(deps, req).id)))

  router.get('/user/:userId/applications', (req, res) => {
    const person = personOf(deps, req)
    const apps = store.find('appUsers', 'user', person.id).flatMap((appUser) => {
      const app = store.get('apps', appUser.appId)
      if (app === undefined) return []
      const groupName = appUser.groupId === undefined ? undefined : store.get('groups', appUser.groupId)?.name
      return [{ appId: app.id, appName: app.name, label: app.label, appUser, groupName }]
    })
    const context = contextOf(deps, req, res)
    res.type('html').send(renderPage(<PersonApplications context={context} person={person} apps={apps} />))
  })

  router.get('/user/:userId/groups', (req, res) => {
    const person = personOf(deps, req)
    const groups = [...groupIdsOf(store, person.id)].flatMap((id) => store.get('groups', id) ?? [])
    const context = contextOf(deps, req, res)
    res.type('html').send(renderPage(<PersonGroups context={context} person={person} groups={groups} />))
  })

  router.get('/user/:userId/profile', (req, res) => {
    const props = { context: contextOf(deps, req, res), person: personOf(deps, req), attributes: userAttributes() }
    res.type('html').send(renderPage(<PersonProfile {...props} />))
  })

  router.get('/user/:userId/admin-roles', (req, res) => {
    const props = { context: contextOf(deps, req, res), person: personOf(deps, req) }
    res.type('html').send(renderPage(<PersonAdminRoles {...props} />))
  })

  const showEdit = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'people')
    const person = personOf(deps, req)
    const attributes = userAttributes()
    const values = Object.fromEntries(attributes.map(({ name }) => [name, profileText(person.profile[name])]))
    const view = sent ?? { values, problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<EditProfilePage context={context} person={person} attributes={attributes} view={view} />))
  }

  router.get('/user/:userId/profile/edit', (req, res) => showEdit(req, res))

  router.post('/user/:userId/profile/edit', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const person = personOf(deps, req)
    const texts = textsOf(userAttributes(), req.body)
    const profile = changedProfile(userAttributes(), texts, person.profile as Profile)
    try {
      if (Object.keys(profile).length > 0) await editPerson(deps, actor, { userId: person.id, profile })
    } catch (error) {
      return showEdit(req, res, { values: texts, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, personHref(person.id, 'profile'), `The profile of ${fullName(person)} was saved.`)
  })

  return router
}
