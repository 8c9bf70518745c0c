import type { Command } from 'commander'
import type { LessonProof } from '#scenarios/lessons/prove-course.ts'
import { titleOf } from '#scenarios/lessons/steps-of.ts'
import { type CommandDeps, UsageError } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'
import { caOption } from './kit-address.ts'
import { kitFor, type OwnOrNamedKit } from './own-kit.ts'

interface ProveOptions extends Omit<OwnOrNamedKit, 'tls'> {
  readonly json?: true
}

/** `lesson list` and `lesson prove`. Courses are loaded when they are asked for: they take a second. */
export function addLessonCommands(program: Command, deps: CommandDeps): void {
  const lesson = program.command('lesson').description('courses, and the proof that each lesson judges rightly')
  lesson
    .command('list')
    .description('the courses there are')
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: true }) => list(deps, json === true))
  lesson
    .command('prove')
    .description(
      'prove each lesson of a course: its check fails before, fails for each typical mistake with the hint of that one, and passes after "Do it for me"',
    )
    .argument('<course>', 'as "lesson list" names it')
    .option('--against <url>', 'address of a kit home that runs already; it is reset to the world of the course')
    .addOption(caOption())
    .option('--json', 'print the proofs as JSON, and nothing else, on standard output')
    .action(async (name: string, options: ProveOptions) => {
      const passed = await prove(name, options, deps)
      deps.endWith(passed ? EXIT.passed : EXIT.checkFailed)
    })
}

const readCourses = async () => (await import('#scenarios/lessons/courses/catalogue.ts')).COURSES

async function list({ out }: CommandDeps, json: boolean): Promise<void> {
  const courses = (await readCourses()).map(({ id, walkthrough, lessons }) => ({
    id,
    title: walkthrough.title,
    world: walkthrough.world,
    lessons: lessons.length,
  }))
  if (json) out(JSON.stringify({ courses }, null, 2))
  else for (const { id, title, lessons } of courses) out(`${id.padEnd(20)} ${title} (${lessons} lessons)`)
}

async function prove(name: string, { json, ...options }: ProveOptions, { out, err }: CommandDeps): Promise<boolean> {
  const courses = await readCourses()
  const course = courses.find(({ id }) => id === name)
  if (course === undefined) {
    throw new UsageError(`There is no course "${name}". There are: ${courses.map(({ id }) => id).join(', ')}.`)
  }
  const { proveCourse } = await import('#scenarios/lessons/prove-course.ts')
  const say = json ? err : out
  const { kit, close } = await kitFor(course.walkthrough.world, options)
  try {
    say(`${course.id}: ${course.walkthrough.title} (${course.lessons.length} lessons)`)
    const proofs: LessonProof[] = []
    for await (const proof of proveCourse(kit, course)) {
      const lesson = course.lessons[proofs.length]
      const title = lesson === undefined ? '' : titleOf(course, lesson)
      const mistakes = lesson?.wrong.length ?? 0
      proofs.push(proof)
      const words = proof.problems.length === 0 ? `proven, ${mistakes} mistakes told` : 'NOT proven'
      say(`${proof.lesson.padEnd(20)} ${words} (${proof.durationMs} ms): ${title}`)
      for (const problem of proof.problems) say(`  ${problem}`)
    }
    const proven = proofs.filter(({ problems }) => problems.length === 0).length
    const passed = proven === course.lessons.length
    say(`${passed ? 'Passed' : 'Failed'}: ${proven} of ${course.lessons.length} lessons proven.`)
    if (json) out(JSON.stringify({ course: course.id, passed, lessons: course.lessons.length, proofs }, null, 2))
    return passed
  } finally {
    await close()
  }
}
