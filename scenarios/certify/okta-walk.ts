import type { CheckId, ClientName } from './certificate.ts'
import { wrongMembers } from './findings.ts'
import type { OktaClient, Round } from './okta-client.ts'
import type { Course } from './options.ts'
import type { Json } from './server-under-test.ts'
import type { Finding } from './sheet.ts'
import { about, storyOf } from './wire.ts'

/** The runs of the queue so far: what was sent for whom, and what became of it. */
export class OktaWalk {
  readonly course: Course
  readonly as: ClientName
  readonly client: OktaClient
  readonly ids: Readonly<Record<string, string>>
  round: Round = { exchanges: [], tasks: [] }
  everything: Round['exchanges'] = []
  links: ReadonlyMap<string, string> = new Map()

  constructor(course: Course, as: ClientName, client: OktaClient, ids: Readonly<Record<string, string>>) {
    this.course = course
    this.as = as
    this.client = client
    this.ids = ids
  }

  async next(): Promise<void> {
    this.round = await this.client.run()
    this.everything = [...this.everything, ...this.round.exchanges]
    this.links = new Map([...this.links, ...(await this.client.links())])
    for (const id of this.links.values()) this.course.remember('Users', { id })
  }

  idOf(name: string): string {
    return this.ids[name] ?? ''
  }

  targetOf(name: string): string | undefined {
    return this.links.get(this.idOf(name))
  }

  sent(name: string): Round['exchanges'] {
    const { prefix, domain } = this.course
    return storyOf(this.round.exchanges, `${prefix}-${name}@${domain}`, this.targetOf(name))
  }

  sentTo(group: string): Round['exchanges'] {
    return about(this.round.exchanges, this.links.get(group))
  }

  failedId(id: string): string | undefined {
    return this.round.tasks.find(({ userId }) => userId === id)?.message
  }

  failed(name: string): string | undefined {
    return this.failedId(this.idOf(name))
  }

  async judge(
    name: string,
    needs: readonly string[],
    of: string,
    look: () => Finding | Promise<Finding>,
  ): Promise<void> {
    const evidence = { needs: needs.map((need): CheckId => `${this.as}.${need}`), exchanges: this.sent(of) }
    await this.course.sheet.judge(`${this.as}.${name}`, evidence, look)
  }

  /** The task first; then what the account looks like now. */
  async stored(name: string, look: (user: Json) => Finding): Promise<Finding> {
    const problem = this.failed(name)
    if (problem !== undefined) return problem
    const id = this.targetOf(name)
    const user = id === undefined ? undefined : await this.course.server.read('Users', id)
    return user === undefined ? 'The account cannot be read by its id.' : look(user)
  }

  /** What the console shows in the line of a pushed group; a push that failed again opens no other task. */
  async groupProblem(group: string): Promise<string | undefined> {
    const mapping = await this.client.mappingOf(group)
    return mapping?.['status'] === 'ERROR' ? String(mapping['error']) : undefined
  }

  async judgeGroup(name: string, needs: readonly string[], group: string, expected: readonly string[]): Promise<void> {
    const { sheet, server } = this.course
    const evidence = { needs: needs.map((need): CheckId => `${this.as}.${need}`), exchanges: this.sentTo(group) }
    await sheet.judge(`${this.as}.${name}`, evidence, async () => {
      const id = this.links.get(group)
      const stored = id === undefined ? undefined : await server.read('Groups', id)
      const wrong = wrongMembers(
        stored,
        expected.flatMap((userId) => this.links.get(userId) ?? []),
      )
      return (await this.groupProblem(group)) ?? wrong
    })
  }
}
