import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { type ConsoleDeps, contextOf } from '../context.ts'
import { findPeople } from '../people/find-people.ts'
import { queryText } from '../read-query.ts'
import { HomePage, SearchPage } from './pages.tsx'

/** Results of each kind the search shows. */
const FOUND = 10

/** Dashboard, and the search at the top. */
export function homeRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get(['/', '/dashboard'], (req, res) => {
    const view = {
      people: store.count('users'),
      groups: store.count('groups'),
      apps: store.count('apps'),
      tasks: store.count('tasks', 'status', 'OPEN'),
    }
    res.type('html').send(renderPage(<HomePage context={contextOf(deps, req, res)} view={view} />))
  })

  router.get('/search', (req, res) => {
    const text = queryText(req, 'q')
    const wanted = text.toLowerCase()
    const groups = Array.from(store.entries('groups'), ([, group]) => group)
    const apps = Array.from(store.entries('apps'), ([, app]) => app)
    const view = {
      text,
      people: text === '' ? [] : findPeople(store, { text, status: undefined, page: 1 }, FOUND).people,
      apps: text === '' ? [] : apps.filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, FOUND),
      groups: text === '' ? [] : groups.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, FOUND),
    }
    res.type('html').send(renderPage(<SearchPage context={contextOf(deps, req, res)} view={view} />))
  })

  return router
}
