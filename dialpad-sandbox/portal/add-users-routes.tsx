import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { type Invitee, inviteUsers } from '../commands/invitations.ts'
import type { NumberWish } from '../commands/numbers.ts'
import { seatsUsed } from '../commands/place-users.ts'
import { availableNumbers, suggestNumbers } from '../commands/suggest-numbers.ts'
import { isEmailTaken } from '../commands/user-checks.ts'
import type { DirectorySearch } from '../directory/microsoft-directory.ts'
import { isEmail, isOwnDomain } from '../domain/emails.ts'
import { nameFromEmail } from '../domain/invitations.ts'
import { licenceOf } from '../domain/licences.ts'
import type { DialpadRefusal } from '../domain/refusal.ts'
import { seatsOwned } from '../domain/seats.ts'
import { primaryEmail } from '../domain/user-states.ts'
import type { Company, LicenceType, Office } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { sendInvitation } from '../sign-in/invite/send-invitation.ts'
import {
  AddUsersPage,
  addUsersPath,
  ConfirmAddPage,
  type ConfirmAddView,
  type PersonDraft,
  suggestedChoice,
} from './add-users-page.tsx'
import type { PickerView, PickMark } from './add-users-picker.tsx'
import { ownOffice } from './own-records.ts'
import { statusOf, type Typed, untouched } from './typed.tsx'
import { type ListOffice, listPath } from './user-list-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

/** People added at once, at most. */
const MOST_AT_ONCE = 25

const LicenceChoice = z.enum(
  ['talk', 'lite_support_agents', 'agents', 'lite_lines', 'magenta_lines'],
  'Choose a license',
)

/** People ticked at once, at most; beyond is no page of ours. */
const MOST_PICKED = 100

const WhoForm = z.object({
  emails: z.string(),
  officeId: z.string(),
  licence: LicenceChoice,
  directory: z.string().trim().max(64, 'Use at most 64 characters').default(''),
  pick: z.preprocess(listField, z.array(z.string().max(254)).max(MOST_PICKED)),
  do: z.enum(['search', 'pick']).optional(),
})

const ConfirmForm = z.looseObject({
  officeId: z.string(),
  licence: LicenceChoice,
  count: z.coerce.number().int().min(1).max(MOST_AT_ONCE),
})

/** Users > Add User (reference sheet 3.5): addresses, suggested numbers, confirm, invitation mail. */
export function mountAddUsers(deps: PageDeps, routes: AdminRoutes): void {
  const { system } = deps
  const { store, clock } = system

  function showWho(visit: AdminVisit, office: ListOffice, typed: Typed, search?: DirectorySearch): Promise<void> {
    const domains = visit.company.anyDomain ? 'any domain' : visit.company.domains.join(', ')
    const picker = pickerOf(visit, office, typed, search)
    return visit.show(
      (chrome) => <AddUsersPage chrome={chrome} office={office} typed={typed} domains={domains} picker={picker} />,
      statusOf(typed),
    )
  }

  /** What of the directory is shown; without a search the box to search with. */
  function pickerOf(visit: AdminVisit, office: ListOffice, { values }: Typed, search?: DirectorySearch): PickerView {
    const { req, admin, company } = visit
    const { directory } = deps
    if (directory === undefined) return { kind: 'none' }
    const loginHref = `/login/microsoft?next=${encodeURIComponent(addUsersPath(office))}`
    const sought = values['directory'] ?? ''
    switch (search?.kind) {
      case undefined:
        return directory.isConnected(req, admin, company)
          ? { kind: 'ready', sought }
          : { kind: 'not-connected', loginHref }
      case 'not-connected':
        return { kind: 'not-connected', loginHref }
      case 'people': {
        const typedAlready = new Set(addressesIn((values['emails'] ?? '').toLowerCase()))
        const people = search.people.map(({ name, email }) => ({
          name,
          email,
          mark: markOf(company, email, typedAlready),
        }))
        return { kind: 'ready', sought, found: { people, hasMore: search.hasMore } }
      }
      case 'ended':
      case 'denied':
      case 'unreachable':
        return { kind: 'failed', sought, loginHref, why: search }
    }
  }

  function markOf(company: Company, email: string, typedAlready: ReadonlySet<string>): PickMark | undefined {
    if (isEmailTaken(store, email, undefined)) return 'in-dialpad'
    if (!isOwnDomain(company, email)) return 'foreign-domain'
    return typedAlready.has(email.toLowerCase()) ? 'in-form' : undefined
  }

  /** @returns a problem in words for the first address that cannot be invited. */
  function problemOf(company: Company, emails: readonly string[]): string | undefined {
    if (emails.length === 0) return 'Enter at least one address'
    if (emails.length > MOST_AT_ONCE) return `Add at most ${MOST_AT_ONCE} users at once`
    const seen = new Set<string>()
    for (const email of emails) {
      if (!isEmail(email)) return `"${email}" is not an email address`
      if (!isOwnDomain(company, email)) {
        return `${email} is not of a domain of the company: a secondary domain is added by Dialpad support`
      }
      if (isEmailTaken(store, email, undefined)) return `A user with the email ${email} already exists`
      if (seen.has(email.toLowerCase())) return `${email} is there twice`
      seen.add(email.toLowerCase())
    }
    return undefined
  }

  function viewOf(
    company: Company,
    target: Office,
    licence: LicenceType,
    people: readonly PersonDraft[],
    problem?: string,
  ): ConfirmAddView {
    const owned = seatsOwned(target, licence)
    const unused = owned === null ? null : Math.max(0, owned - seatsUsed(store, target.id, licence))
    const missing = unused === null ? 0 : Math.max(0, people.length - unused)
    return {
      target,
      licence,
      people,
      suggestions: suggestNumbers(store, target, clock.now(), people.length),
      reserved: availableNumbers(store, target.id, clock.now()),
      hasNumbers: licenceOf(licence).directNumber,
      unused,
      willPurchase: company.scim.exhaustion === 'purchase' ? missing : 0,
      problem,
    }
  }

  function showConfirm(visit: AdminVisit, office: ListOffice, view: ConfirmAddView): Promise<void> {
    const isRefused = view.problem !== undefined || view.people.some((person) => person.problem !== undefined)
    return visit.show((chrome) => <ConfirmAddPage chrome={chrome} office={office} view={view} />, isRefused ? 422 : 200)
  }

  function administeredOffice(visit: AdminVisit, officeId: string): Office | undefined {
    return visit.administers(officeId) ? store.get('offices', officeId) : undefined
  }

  async function takeWho(visit: AdminVisit, office: ListOffice): Promise<void> {
    const { company } = visit
    const form = parseForm(WhoForm, visit.req.body)
    if (!form.ok) {
      await showWho(visit, office, form)
      return
    }
    const { officeId, licence, directory: sought, pick } = form.value
    const text = withPicked(form.value.emails, pick)
    const values = { emails: text, officeId, licence, directory: sought }
    if (form.value.do !== undefined) {
      const search =
        form.value.do === 'search' ? await deps.directory?.search(visit.req, visit.admin, company, sought) : undefined
      await showWho(visit, office, untouched(values), search)
      return
    }
    const emails = addressesIn(text)
    const target = administeredOffice(visit, officeId)
    const problem = problemOf(company, emails)
    if (problem !== undefined || target === undefined) {
      const problems = {
        ...(problem === undefined ? {} : { emails: `${problem}.` }),
        ...(target === undefined ? { officeId: 'Select an office' } : {}),
      }
      await showWho(visit, office, { values, problems })
      return
    }
    const suggestions = suggestNumbers(store, target, clock.now(), emails.length)
    const people = emails.map(
      (email, index): PersonDraft => ({
        email,
        ...nameFromEmail(email),
        number: suggestedChoice(suggestions[index]),
        areaCode: '',
      }),
    )
    await showConfirm(visit, office, viewOf(company, target, licence, people))
  }

  async function takeConfirm(visit: AdminVisit, office: ListOffice): Promise<void> {
    const { company } = visit
    const form = parseForm(ConfirmForm, visit.req.body)
    const target = form.ok ? administeredOffice(visit, form.value.officeId) : undefined
    if (!form.ok || target === undefined) {
      visit.res.redirect(303, addUsersPath(office))
      return
    }
    const { licence, count, ...fields } = form.value
    const people = Array.from({ length: count }, (_, index) => draftOf(fields, index))
    const hasNumbers = licenceOf(licence).directNumber
    const invited = await attempt(() =>
      inviteUsers(system, visit.actor, {
        companyId: company.id,
        officeId: target.id,
        licence,
        people: people.map((person): Invitee => {
          const { email, givenName, familyName } = person
          return { email, givenName, familyName, number: hasNumbers ? wishOf(person) : undefined }
        }),
      }),
    )
    if (!invited.ok) {
      const { message, about } = aboutWhom(invited.refusal)
      const drafts = people.map((person) => (person.email === about ? { ...person, problem: message } : person))
      const whole = drafts.some((person) => person.problem !== undefined) ? undefined : message
      await showConfirm(visit, office, viewOf(company, target, licence, drafts, whole))
      return
    }
    const outcomes = await Promise.all(invited.value.map((each) => sendInvitation(deps, each, visit.actor.name)))
    const names = invited.value.map(({ user }) => primaryEmail(user)).join(', ')
    const unsent = outcomes.flatMap((outcome) => (outcome.kind === 'not-sent' ? [outcome.why] : []))
    const words =
      unsent[0] === undefined
        ? `Invited: ${names}. They are pending until they follow the link in their mail.`
        : `Added as pending: ${names}. ${unsent.length} invitation mail${unsent.length === 1 ? '' : 's'} could not be sent: ${unsent[0]}. Use Resend invite.`
    await visit.done(listPath(office, 'users'), words)
  }

  const anyOffice = { id: ':id', name: '' }
  for (const declared of [undefined, anyOffice]) {
    const officeOf = (visit: AdminVisit): ListOffice => (declared === undefined ? undefined : ownOffice(store, visit))
    routes.get(addUsersPath(declared), (visit) => {
      const office = officeOf(visit)
      return showWho(visit, office, untouched({ licence: 'talk', officeId: office?.id ?? '' }))
    })
    routes.post(addUsersPath(declared), (visit) => takeWho(visit, officeOf(visit)))
    // Somebody who reloads the second step starts again.
    routes.get(addUsersPath(declared, 'confirm'), async (visit) =>
      visit.res.redirect(303, addUsersPath(officeOf(visit))),
    )
    routes.post(addUsersPath(declared, 'confirm'), (visit) => takeConfirm(visit, officeOf(visit)))
  }
}

/** Addresses as they are typed: with blanks, commas, semicolons or line ends between them. */
function addressesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((email) => email !== '')
}

/** What was typed, and on a line of its own each address that was ticked and is not there yet. */
function withPicked(text: string, picked: readonly string[]): string {
  const there = new Set(addressesIn(text.toLowerCase()))
  const added = picked.filter((email) => !there.has(email.toLowerCase()))
  return added.length === 0 ? text : [text.trimEnd(), ...added].filter((line) => line !== '').join('\n')
}

function draftOf(fields: Readonly<Record<string, unknown>>, index: number): PersonDraft {
  const text = (name: string, longest: number): string => {
    const value = fields[`${name}-${index}`]
    return typeof value === 'string' ? value.trim().slice(0, longest) : ''
  }
  return {
    email: text('email', 254),
    givenName: text('givenName', 64),
    familyName: text('familyName', 64),
    number: text('number', 32),
    areaCode: text('areaCode', 8),
  }
}

function wishOf({ number, areaCode }: PersonDraft): NumberWish | undefined {
  if (number.startsWith('reserved:')) return { number: number.slice('reserved:'.length) }
  if (number === 'area') return { fresh: true, areaCode }
  return number === 'new' ? { fresh: true } : undefined
}

function aboutWhom(refusal: DialpadRefusal): { readonly message: string; readonly about: string | undefined } {
  const about = refusal.field?.startsWith('email:') ? refusal.field.slice('email:'.length) : undefined
  return { message: `${refusal.message}.`, about }
}
