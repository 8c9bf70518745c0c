import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import type { FaultEffect } from '#kit/system/collections.ts'
import { renderPage } from '#kit/ui/render.ts'
import { addFault } from '#scenarios/library/fault-rules.ts'
import { isUnreachable, type Neighbour } from '../neighbours.ts'
import type { PageDeps } from './deps.ts'
import { ClearFaultsPage, FaultsPage, type SystemFaults } from './faults-page.tsx'

const optionalNumber = (least: number, most: number, words: string) =>
  z
    .literal('')
    .transform(() => undefined)
    .or(z.coerce.number(words).int(words).min(least, words).max(most, words))
    .optional()

const RuleForm = z
  .object({
    on: z.string().min(1, 'Choose an operation.'),
    effect: z.enum(['status', 'drop', 'html', 'late'], 'Choose what happens.'),
    status: optionalNumber(400, 599, 'A status from 400 to 599.'),
    retryAfter: optionalNumber(0, 86_400, 'Seconds, up to a day.'),
    delayMs: optionalNumber(1, 600_000, 'Milliseconds, up to ten minutes.'),
    times: optionalNumber(1, 100_000, 'How often, or nothing for always.'),
  })
  .superRefine(({ effect, status, delayMs }, context) => {
    if (effect === 'status' && status === undefined) {
      context.addIssue({ code: 'custom', path: ['status'], message: 'Say which status.' })
    }
    if (effect === 'late' && delayMs === undefined) {
      context.addIssue({ code: 'custom', path: ['delayMs'], message: 'Say how late.' })
    }
  })

function effectOf({ effect, status, retryAfter, delayMs }: z.infer<typeof RuleForm>): FaultEffect {
  const late = delayMs === undefined ? {} : { delayMs }
  switch (effect) {
    case 'status':
      return {
        ...late,
        ...(status === undefined ? {} : { status }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
      }
    case 'drop':
      return { ...late, drop: true }
    case 'html':
      return { ...late, html: true }
    case 'late':
      return late
  }
}

/** `/faults`: making operations fail on purpose. */
export function faultsRoutes({ neighbours, visits }: PageDeps): Router {
  const router = Router()

  async function readOne({ name, label, client }: Neighbour): Promise<SystemFaults> {
    try {
      const [rules, answer] = await Promise.all([client.faults(), client.call('GET', '/faults/operations')])
      const { operations, flaws } = answer as { operations: string[]; flaws: Record<string, string[]> }
      const failing = operations.filter((operation) => flaws[operation] === undefined)
      return { name, label, reachable: true, rules, operations: failing, hasFlaws: failing.length < operations.length }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { name, label, reachable: false, rules: [], operations: [], hasFlaws: false }
    }
  }

  const readAll = (): Promise<readonly SystemFaults[]> => Promise.all(neighbours.map(readOne))

  function find(name: string | undefined): Neighbour {
    const neighbour = neighbours.find((each) => each.name === name)
    if (neighbour !== undefined) return neighbour
    throw new Refusal('not_found', 404, 'There is no such system.', { hint: 'Start from the page Faults.' })
  }

  router.get('/faults', async (req, res) => {
    const view = { systems: await readAll() }
    res.type('html').send(renderPage(<FaultsPage visit={await visits.of(req, res)} view={view} />))
  })

  router.post('/faults/:system', async (req, res) => {
    const { name, label, client } = find(req.params.system)
    const form = parseForm(RuleForm, req.body)
    if (!form.ok) {
      const { values, problems } = form
      const view = { systems: await readAll(), rejected: { system: name, values, problems } }
      res
        .status(422)
        .type('html')
        .send(renderPage(<FaultsPage visit={await visits.of(req, res)} view={view} />))
      return
    }
    await visits.perform(req, res, { path: '/faults' }, async () => {
      const { on, times } = form.value
      const rule = { on, effect: effectOf(form.value), ...(times === undefined ? {} : { times }) }
      await addFault(client, rule)
      return {
        tone: 'success',
        title: `${on} of ${label} will fail ${times === undefined ? 'until the rule is cleared' : `${times} times`}.`,
        lines: [],
      }
    })
  })

  router.get('/faults/:system/clear', async (req, res) => {
    const faults = await readOne(find(req.params.system))
    res.type('html').send(renderPage(<ClearFaultsPage visit={await visits.of(req, res)} faults={faults} />))
  })

  router.post('/faults/:system/clear', async (req, res) => {
    const { label, client } = find(req.params.system)
    await visits.perform(req, res, { path: '/faults' }, async () => {
      await client.clearFaults()
      return { tone: 'success', title: `${label} has no fault rules any more.`, lines: [] }
    })
  })

  return router
}
