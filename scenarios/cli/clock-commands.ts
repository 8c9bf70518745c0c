import { InvalidArgumentError } from 'commander'
import type { ClockAdvance, ClockCommand } from '#scenarios/library/control-client.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { followed } from '#scenarios/library/scene/scene.ts'
import type { Against, KitProgram } from './kit-program.ts'

/** `clock show`, and the commands that move or pace the clock of all systems. */
export function addClockCommands({ group, command, ask }: KitProgram): void {
  const clock = group('clock', 'virtual time of all systems: look, move, stop, pace')

  const tell = (answer: ClockAdvance): string =>
    [...answer.ran.map(({ at, system, what, summary }) => `${at} ${system}: ${what}: ${summary}`), answer.now].join(
      '\n',
    )
  const move = (options: Against, to: ClockCommand): Promise<void> => ask(options, (kit) => moveAndWait(kit, to), tell)

  command(clock, 'show', 'tell the virtual time and what is due next').action((options: Against) =>
    ask(
      options,
      ({ control }) => control.kit.clock(),
      ({ now, frozen, rate, nextDue }) =>
        `${now}${frozen ? ', frozen' : ''}${rate === 1 ? '' : `, rate ${rate}`}, next due: ${nextDue ?? 'nothing'}`,
    ),
  )
  command(clock, 'advance <duration>', 'let so much time pass, ISO 8601, and run what falls due on the way').action(
    (duration: string, options: Against) => move(options, { advance: duration }),
  )
  command(clock, 'set <instant>', 'go to an instant, ISO 8601 in UTC, not before now; what falls due is run').action(
    (instant: string, options: Against) => move(options, { set: instant }),
  )
  command(clock, 'freeze', 'stop the clock').action((options: Against) => move(options, { frozen: true }))
  command(clock, 'thaw', 'let it run again').action((options: Against) => move(options, { frozen: false }))
  command(clock, 'rate', 'virtual seconds per second: 1 is as usual')
    .argument('<factor>', 'from 0.001 to 86400', positiveNumber)
    .action((rate: number, options: Against) => move(options, { rate }))
}

async function moveAndWait({ control }: RunningKit, to: ClockCommand): Promise<ClockAdvance> {
  const answer = await control.kit.moveClock(to)
  return answer.operation === undefined ? answer : followed(control.kit, answer.operation)
}

function positiveNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('Give a number above 0.')
  return value
}
