import { createBreather } from '#idp/engine/in-parallel.ts'
import type { DueSource } from '#kit/clock.ts'
import { settleApps } from '../../assignments/settle.ts'
import type { OktaGroup, OktaSystem, OktaWriter } from '../../collections.ts'
import { SYSTEM_ACTOR } from '../../commands/actor.ts'
import type { Change } from '../../provisioning/queue.ts'
import { newTransactionId } from '../../system-log/record-event.ts'
import { applyGroupRules, applyRule, leave } from './apply.ts'
import type { GroupRule, RuleRun } from './records.ts'

/**
 * The work of rules over everybody, as jobs: looking at all people after an activation, and clearing memberships up when a rule is
 * deleted. Each slice is one transaction of a few people, and what was done is kept with it, so that a stop loses nothing.
 */

/** People, or memberships, of one transaction. */
const SLICE = 10

export interface RuleRunner {
  readonly due: DueSource
  /** Do all the work there is, at once. */
  runDue(): Promise<readonly string[]>
  /** End after the slice under way; the rest goes on after the next start. */
  stop(): Promise<void>
}

const ITEM = 'group-rule/'
const WHAT: Readonly<Record<RuleRun['kind'], string>> = {
  evaluate: 'Evaluation of group rule',
  remove: 'Deletion of group rule',
  release: 'Deletion of group rule',
}

export function createRuleRunner(system: OktaSystem): RuleRunner {
  const { store } = system
  const running = new Map<string, Promise<string>>()
  let stopping = false

  async function work(ruleId: string): Promise<string> {
    const breathe = createBreather()
    const name = store.get('groupRules', ruleId)?.name ?? ruleId
    while (!stopping) {
      const step = await store.transact((tx) => runSlice(system, tx, ruleId))
      if (step !== undefined) {
        if (step !== 'over') tell(system, ruleId, step)
        system.schedule.touch()
        return step === 'over' ? `${name}: there is nothing left to do` : step.line
      }
      await breathe()
    }
    return `${name}: goes on after the next start`
  }

  /** One at a time for each rule, whoever asks. */
  function run(ruleId: string): Promise<string> {
    const known = running.get(ruleId)
    if (known !== undefined) return known
    const started = work(ruleId).finally(() => running.delete(ruleId))
    running.set(ruleId, started)
    return started
  }

  return {
    due: {
      list: () =>
        store
          .find('groupRules', 'running', 'running')
          .flatMap(({ id, name, run: current }) =>
            current === undefined
              ? []
              : [{ id: `${ITEM}${id}`, what: `${WHAT[current.kind]} ${name}`, at: Date.parse(current.startedAt) }],
          ),
      run: ({ id }) => run(id.slice(ITEM.length)),
    },
    async runDue() {
      const lines: string[] = []
      for (const { id } of store.find('groupRules', 'running', 'running')) lines.push(await run(id))
      return lines
    },
    async stop() {
      stopping = true
      await Promise.allSettled([...running.values()])
    },
  }
}

/** How a piece of work ended. */
interface Ended {
  readonly name: string
  readonly line: string
}

function tell(system: OktaSystem, ruleId: string, { name, line }: Ended): void {
  system.journal.record({ kind: 'state', title: line, subject: name, change: { type: 'group-rule', id: ruleId } })
}

/** @returns `undefined` while there is more to do; `over` where nothing was to be done. */
function runSlice(system: OktaSystem, tx: OktaWriter, ruleId: string): Ended | 'over' | undefined {
  const rule = tx.get('groupRules', ruleId)
  if (rule?.run === undefined) return 'over'
  const change: Change = { tx, clock: system.clock, actor: SYSTEM_ACTOR, transactionId: newTransactionId(tx) }
  return rule.run.kind === 'evaluate' ? evaluateSlice(change, rule, rule.run) : clearSlice(change, rule, rule.run)
}

function evaluateSlice(change: Change, rule: GroupRule, run: RuleRun): Ended | undefined {
  const { tx, clock } = change
  const total = tx.count('users')
  // Whoever was deleted meanwhile moved the others up; looking at some twice does no harm.
  const offset = Math.max(0, run.done - Math.max(0, run.total - total))
  const people = tx.page('users', offset, SLICE)
  let { added, removed } = run
  for (const user of people) {
    const { joined, left } = applyRule(change, rule, user)
    added += joined.length
    removed += left.length
    settleMoved(change, user.id, [...joined, ...left])
  }
  const next: RuleRun = { ...run, done: offset + people.length, total, added, removed }
  if (next.done < total && people.length > 0) {
    tx.put('groupRules', rule.id, { ...rule, run: next })
    return undefined
  }
  const { run: _, ...idle } = rule
  tx.put('groupRules', rule.id, { ...idle, lastRun: { ...next, endedAt: clock.iso() } })
  const line = `Group rule ${rule.name}: ${next.done} people evaluated, ${added} added, ${removed} removed`
  return { name: rule.name, line }
}

/** Rules that ask about the groups, then the apps. */
function settleMoved(change: Change, userId: string, moved: readonly OktaGroup[]): void {
  const user = change.tx.get('users', userId)
  if (user === undefined || moved.length === 0) return
  const { joined, left } = applyGroupRules(change, user)
  settleApps(change, user, [...moved, ...joined, ...left], true)
}

function clearSlice(change: Change, rule: GroupRule, run: RuleRun): Ended | undefined {
  const { tx } = change
  const pairs = tx.findPage('groupMembers', 'rule', rule.id, 0, SLICE)
  let { removed } = run
  for (const pair of pairs) {
    const user = tx.get('users', pair.userId)
    const group = tx.get('groups', pair.groupId)
    if (run.kind === 'remove' && user !== undefined) {
      if (leave(change, rule, pair.groupId, user)) {
        removed += 1
        settleMoved(change, user.id, group === undefined ? [] : [group])
      }
      continue
    }
    // Left in the group: an administrator's member, unless another rule holds them too.
    const { ruleIds = [], ...byHand } = pair
    const others = ruleIds.filter((id) => id !== rule.id)
    tx.put(
      'groupMembers',
      `${pair.groupId}/${pair.userId}`,
      others.length === 0 ? byHand : { ...byHand, ruleIds: others },
    )
  }
  if (tx.count('groupMembers', 'rule', rule.id) > 0) {
    tx.put('groupRules', rule.id, { ...rule, run: { ...run, done: run.done + pairs.length, removed } })
    return undefined
  }
  tx.delete('groupRules', rule.id)
  const kept = run.kind === 'release' ? 'its members stay' : `${removed} members removed`
  return { name: rule.name, line: `Group rule ${rule.name} was deleted: ${kept}` }
}
