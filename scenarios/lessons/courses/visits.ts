import type { SystemName } from '#contract/addresses.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges, type Sought } from '#scenarios/walkthroughs/witness/exchanges.ts'

/**
 * Small witnesses that courses share. In a lesson the journals of a walk begin with the lesson, so each of them counts what
 * has happened since.
 */

/** How often a page of Entra whose address holds `url` was answered with `status`. */
export const visits = (walk: Walk, url: string, status = 200): Promise<number> =>
  pagesOf(walk, 'entra', { url, status })

/** How often a page of `system` was asked for and answered as `sought`; 200 unless told. */
export const pagesOf = (walk: Walk, system: SystemName, sought: Pick<Sought, 'url' | 'status'>): Promise<number> =>
  count(walk, system, { kind: 'http-in', method: 'GET', status: 200, ...sought })

/** How often a form of `system` was sent to an address that holds `url`; a refusal sends the form back with 422. */
export const formsOf = (walk: Walk, system: SystemName, sought: Pick<Sought, 'url' | 'status'>): Promise<number> =>
  count(walk, system, { kind: 'http-in', method: 'POST', ...sought })

/** How many entries of the journal of `system` are as sought. */
export const count = async (walk: Walk, system: SystemName, sought: Sought): Promise<number> =>
  (await exchanges(walk.control[system], sought)).length

/**
 * Path of the page of Dialpad among Entra's enterprise apps, or of a page below it: `/provisioning`.
 * @throws while the app is not there: its words are what a check has found then, and a lesson begins at the front page.
 */
export const appPage =
  (below = '') =>
  async (walk: Walk): Promise<string> => {
    const { app } = await pictureEntra(walk.control.entra)
    if (app === undefined) throw new Error('There is no Dialpad among the enterprise apps of the tenant.')
    return `/admin/apps/${app.id}${below}`
  }
