import { Router } from 'express'
import { z } from 'zod'
import type { RanItem } from '#kit/clock.ts'
import { parseForm } from '#kit/http/forms.ts'
import type { ClockAnswer, ClockCommand } from '#kit/system/system-control.ts'
import { renderPage } from '#kit/ui/render.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { labelOf } from '../neighbours.ts'
import { ClockPage } from './clock-page.tsx'
import type { PageDeps } from './deps.ts'
import { OperationPage } from './operation-page.tsx'
import type { Message } from './visits.ts'

/** Lines of what ran that a message shows. */
const MOST_LINES = 8

const AdvanceForm = z.object({ duration: z.string().trim().min(1, 'Say how far.') })
const SetForm = z.object({ instant: z.string().trim().min(1, 'Say when.') })
const RateForm = z.object({ rate: z.coerce.number('Write a number.') })
const FrozenForm = z.object({ frozen: z.enum(['true', 'false']) })

/** `/clock`: moving time in all systems. */
export function clockRoutes({ all, operations, visits }: PageDeps): Router {
  const router = Router()

  async function show(
    req: Parameters<typeof visits.of>[0],
    res: Parameters<typeof visits.of>[1],
    rejected?: {
      readonly values: Readonly<Record<string, string>>
      readonly problems: Readonly<Record<string, string>>
    },
  ): Promise<void> {
    const [reading, { due, unreachable }] = await Promise.all([all.clock().catch(() => undefined), all.due()])
    const view = {
      reading,
      due: due.map((item) => ({ ...item, system: labelOf(item.system) })),
      unreachable: unreachable.map(labelOf),
      values: rejected?.values ?? {},
      problems: rejected?.problems ?? {},
    }
    const page = renderPage(<ClockPage visit={await visits.of(req, res)} view={view} />)
    res
      .status(rejected === undefined ? 200 : 422)
      .type('html')
      .send(page)
  }

  function moveBy<T>(path: string, schema: z.ZodType<T>, commandOf: (form: T) => ClockCommand, backTo: string): void {
    router.post(path, async (req, res) => {
      const form = parseForm(schema, req.body)
      if (!form.ok) return show(req, res, form)
      await visits.perform(req, res, { path: backTo, failPath: '/clock' }, async () => {
        const outcome = await operations.run(all.moveClock(commandOf(form.value)))
        if ('operation' in outcome) return { elsewhere: `/clock/operations/${outcome.operation}` }
        return movedMessage(commandOf(form.value), outcome.result as ClockAnswer)
      })
    })
  }

  router.get('/clock', (req, res) => show(req, res))
  moveBy('/clock/advance', AdvanceForm, ({ duration }) => ({ kind: 'advance', duration: duration.toUpperCase() }), '/')
  moveBy('/clock/set', SetForm, ({ instant }) => ({ kind: 'set', instant }), '/clock')
  moveBy('/clock/rate', RateForm, ({ rate }) => ({ kind: 'rate', rate }), '/clock')
  moveBy('/clock/frozen', FrozenForm, ({ frozen }) => ({ kind: 'frozen', frozen: frozen === 'true' }), '/clock')

  router.get('/clock/operations/:id', async (req, res) => {
    const state = operations.get(req.params.id)
    const message = state.status === 'done' ? movedMessage(undefined, state.result as ClockAnswer) : undefined
    res
      .type('html')
      .send(renderPage(<OperationPage visit={await visits.of(req, res)} state={state} message={message} />))
  })

  return router
}

function movedMessage(command: ClockCommand | undefined, { now, ran, rate }: ClockAnswer): Message {
  switch (command?.kind) {
    case 'frozen':
      return {
        tone: 'success',
        title: command.frozen ? 'All clocks are frozen.' : 'All clocks are running.',
        lines: [],
      }
    case 'rate':
      return { tone: 'success', title: `All clocks run at ${rate} virtual seconds per second.`, lines: [] }
    default:
      return { tone: 'success', title: `It is now ${formatDateTime(now)} in all systems.`, lines: linesOf(ran) }
  }
}

function linesOf(ran: readonly RanItem[]): readonly string[] {
  if (ran.length === 0) return ['Nothing was due.']
  const lines = ran
    .slice(0, MOST_LINES)
    .map(({ system, what, at, summary }) => `${formatDateTime(at)}, ${labelOf(system)}: ${what}. ${summary}`)
  const more = ran.length - lines.length
  return more > 0 ? [...lines, `And ${more} more, all in the timeline.`] : lines
}
