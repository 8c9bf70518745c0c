import type { CheckId } from './certificate.ts'
import type { Cycle, EntraClient } from './entra-client.ts'
import type { Name } from './entra-people.ts'
import { wrongMembers } from './findings.ts'
import type { Course } from './options.ts'
import type { Json } from './server-under-test.ts'
import type { Finding } from './sheet.ts'
import { about, storyOf } from './wire.ts'

/** The cycles of a run as far as they are: what was sent for whom, and what became of it. */
export class EntraWalk {
  readonly course: Course
  readonly client: EntraClient
  readonly ids: Readonly<Record<Name, string>>
  cycle: Cycle = { ended: '', line: '', exchanges: [], entries: new Map() }
  everything: Cycle['exchanges'] = []
  links: ReadonlyMap<string, string> = new Map()

  constructor(course: Course, client: EntraClient, ids: Readonly<Record<Name, string>>) {
    this.course = course
    this.client = client
    this.ids = ids
  }

  async next(): Promise<void> {
    this.cycle = await this.client.cycle()
    this.everything = [...this.everything, ...this.cycle.exchanges]
    // Who was deleted is linked no more, and still asked for.
    this.links = new Map([...this.links, ...(await this.client.links())])
    for (const id of this.links.values()) this.course.remember('Users', { id })
  }

  targetOf(name: Name): string | undefined {
    return this.links.get(this.ids[name])
  }

  sent(name: Name): Cycle['exchanges'] {
    const { prefix, domain } = this.course
    return storyOf(this.cycle.exchanges, `${prefix}-${name}@${domain}`, this.targetOf(name))
  }

  /** What the log says of a source object that failed in this cycle, or of a cycle that was broken off. */
  failedId(id: string): string | undefined {
    const entry = this.cycle.entries.get(id)
    if (entry?.status === 'Failure') return entry.outcome?.reason ?? 'The service failed.'
    return entry === undefined && this.cycle.ended !== 'completed' ? this.cycle.line : undefined
  }

  failed(name: Name): string | undefined {
    return this.failedId(this.ids[name])
  }

  async judge(name: string, needs: readonly CheckId[], of: readonly Name[], look: () => Finding | Promise<Finding>) {
    const exchanges = of.flatMap((each) => this.sent(each))
    await this.course.sheet.judge(`entra.${name}`, { needs, exchanges }, look)
  }

  /** The service's own failure first; then what the account looks like now. */
  async stored(name: Name, look: (user: Json) => Finding): Promise<Finding> {
    const problem = this.failed(name)
    if (problem !== undefined) return problem
    const id = this.targetOf(name)
    const user = id === undefined ? undefined : await this.course.server.read('Users', id)
    return user === undefined ? 'The account cannot be read by its id.' : look(user)
  }

  async judgeGroup(name: string, needs: readonly CheckId[], team: string, expected: readonly string[]): Promise<void> {
    const id = this.links.get(team)
    const exchanges = about(this.cycle.exchanges, id)
    await this.course.sheet.judge(`entra.${name}`, { needs, exchanges }, async () => {
      const problem = this.failedId(team)
      if (problem !== undefined) return problem
      const group = id === undefined ? undefined : await this.course.server.read('Groups', id)
      return wrongMembers(
        group,
        expected.flatMap((sourceId) => this.links.get(sourceId) ?? []),
      )
    })
  }
}
