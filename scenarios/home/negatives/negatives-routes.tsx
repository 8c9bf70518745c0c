import { Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { armedAt, armNegative, clearNegatives } from '#scenarios/negatives/arm.ts'
import { NEGATIVES, UnknownNegative } from '#scenarios/negatives/catalogue.ts'
import {
  type Negative,
  PROTOCOL_LABELS,
  PROVIDER_LABELS,
  PROVIDERS,
  type ProviderName,
} from '#scenarios/negatives/negative.ts'
import { isUnreachable, type Neighbour } from '../neighbours.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readStrikes, type Strike } from './last-strike.ts'
import { NegativesPage, type ProviderState } from './negatives-page.tsx'

/** `/negatives`: sign-ins that go wrong on purpose. */
export function negativesRoutes({ system, neighbours, reader, visits }: PageDeps): Router {
  const router = Router()

  function find(name: string | undefined): Neighbour & { readonly name: ProviderName } {
    const provider = PROVIDERS.find((each) => each === name)
    const neighbour = neighbours.find((each) => each.name === name)
    if (provider !== undefined && neighbour !== undefined) return { ...neighbour, name: provider }
    throw new Refusal('not_found', 404, 'There is no such provider.', { hint: 'Start from the page Negatives.' })
  }

  async function stateOf(name: ProviderName, strikes: readonly Strike[]): Promise<ProviderState> {
    const strike = strikes.find(({ from }) => from === name)
    const client = neighbours.find((each) => each.name === name)?.client
    if (client === undefined) return { name, reachable: false, armed: [], strike }
    try {
      return { name, reachable: true, armed: await armedAt(client, name), strike }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { name, reachable: false, armed: [], strike }
    }
  }

  router.get('/negatives', async (req, res) => {
    const strikes = await readStrikes(reader, NEGATIVES)
    const providers = await Promise.all(PROVIDERS.map((name) => stateOf(name, strikes)))
    const view = { providers, negatives: NEGATIVES, dialpadUrl: system.urls['dialpad'] ?? '' }
    res.type('html').send(renderPage(<NegativesPage visit={await visits.of(req, res)} view={view} />))
  })

  router.post('/negatives/:provider', async (req, res) => {
    const { name, client } = find(req.params.provider)
    await visits.perform(req, res, { path: '/negatives' }, async () => {
      const waiting = await armedAt(client, name)
      const armed = await armNegative(client, String(req.body?.['id']), { from: name }).catch(refused)
      const replaced = waiting.filter(({ negative }) => negative.id !== armed.id)
      return {
        tone: 'success',
        title: `${armed.title} is armed: the next sign-in at ${PROVIDER_LABELS[name]} by ${PROTOCOL_LABELS[armed.protocol]} goes wrong.`,
        lines: [
          ...replaced.map(({ negative }) => `${labelOf(negative)} is not any more: one thing goes wrong at a time.`),
          ...(armed.before === undefined ? [] : [armed.before]),
        ],
      }
    })
  })

  router.post('/negatives/:provider/clear', async (req, res) => {
    const { name, client } = find(req.params.provider)
    await visits.perform(req, res, { path: '/negatives' }, async () => {
      await clearNegatives(client, name)
      return { tone: 'success', title: `Sign-ins at ${PROVIDER_LABELS[name]} are right again.`, lines: [] }
    })
  })

  return router
}

/** Two protocols have an Expired each. */
const labelOf = ({ title, protocol }: Negative): string => `${title} (${PROTOCOL_LABELS[protocol]})`

/** A form that names what there is not. @throws Refusal `not_found` (404). */
function refused(error: unknown): never {
  if (!(error instanceof UnknownNegative)) throw error
  throw new Refusal('not_found', 404, error.message, { cause: error })
}
