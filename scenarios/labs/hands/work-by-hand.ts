import type { SystemName } from '#contract/addresses.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToEntra, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import type { HandStep } from './steps.ts'

const FRONT: Readonly<Record<SystemName, string>> = {
  kit: '/',
  entra: '/admin',
  okta: '/admin',
  dialpad: '/admin/company',
}

const LOGIN = '/login'

/** Desks of an administrator at the products' pages, without a browser, signed in where that is asked for. */
export interface AdminDesks {
  /** At that path of the system, its front page unless told. */
  at(system: SystemName, path?: string): Promise<Desk>
  /** How a path answers, and where it leads. */
  visit(system: SystemName, path: string): Promise<{ readonly status: number; readonly pathname: string }>
}

export function createAdminDesks({ urls, fetch }: Pick<KitAccess, 'urls' | 'fetch'>): AdminDesks {
  const origins = (['kit', 'entra', 'okta', 'dialpad'] as const).map((system) => urls[system])
  const browser = createPlainBrowser(origins, fetch)
  const desks = new Map<SystemName, Desk>()

  async function openDesk(system: SystemName): Promise<Desk> {
    const known = desks.get(system)
    if (known !== undefined) return known
    const desk = createPlainDesk(browser, urls[system], () => {})
    if (system === 'dialpad') await logInToDialpad(desk, PEOPLE.owner)
    else await desk.open(FRONT[system])
    if (system === 'entra') await signInToEntra(desk, PEOPLE.owner)
    if (system === 'okta') await signInToOkta(desk, PEOPLE.owner)
    desks.set(system, desk)
    return desk
  }

  return {
    async at(system, path = FRONT[system]) {
      // Whoever is logged in already is led past the page to log in.
      const desk =
        path === LOGIN
          ? createPlainDesk(createPlainBrowser(origins, fetch), urls[system], () => {})
          : await openDesk(system)
      await desk.open(path)
      return desk
    },
    async visit(system, path) {
      await openDesk(system)
      const { status, url } = await browser.load({ method: 'GET', url: new URL(path, urls[system]) })
      return { status, pathname: url.pathname }
    },
  }
}

/** Do the steps one after the other, as an administrator. @throws what a page lacks, with the number of the step. */
export async function workByHand(kit: Pick<KitAccess, 'urls' | 'fetch'>, steps: readonly HandStep[]): Promise<void> {
  const desks = createAdminDesks(kit)
  let desk: Desk | undefined
  let copied = ''
  const present = (): Desk => {
    if (desk === undefined) throw new Error('The first step turns to a system.')
    return desk
  }

  async function work(step: HandStep): Promise<void> {
    if (step.kind === 'turn') {
      desk = await desks.at(step.to, step.path)
      return
    }
    const at = present()
    const where = 'within' in step && step.within !== undefined ? { within: step.within } : undefined
    switch (step.kind) {
      case 'press':
        return step.row === undefined ? at.press(step.label, where) : at.pressInRow(step.row, step.label)
      case 'fill':
        return at.fill(step.label, step.text, where)
      case 'choose':
        return at.choose(step.label, step.option, where)
      case 'tick':
        return at.tick(step.label, step.on, where)
      case 'enter':
        return at.enter()
      case 'see':
        return at.see(step.text)
      case 'note':
        copied = await at.read(step.label)
        return
      case 'copy':
        copied = await at.copy(step.label)
        return
      case 'download':
        copied = await at.download(step.label)
        return
      case 'paste':
        return at.fill(step.label, copied, where)
    }
  }

  for (const [index, step] of steps.entries()) {
    try {
      await work(step)
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      throw new Error(`Step ${index + 1} (${JSON.stringify(step)}): ${told}`, { cause: error })
    }
  }
}
