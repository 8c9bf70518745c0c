import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { notFound } from '#idp/core/directory/refusal.ts'
import { UploadedFile } from '#kit/http/file-forms.ts'
import { parseForm } from '#kit/http/forms.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import {
  addCertificate,
  addClientSecret,
  removeCertificate,
  removeClientSecret,
} from '../../commands/registrations/credentials.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying } from '../context.ts'
import { queryText } from '../read-query.ts'
import {
  CredentialsPage,
  type CredentialsView,
  type CredentialTab,
  DeleteCredentialPage,
  EXPIRY_CHOICES,
} from './credentials-page.tsx'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** The page's longest life of a secret: 24 months. */
const MOST_DAYS = 731

const Day = z.union([z.literal(''), z.iso.date('Enter a date.')]).default('')
const NewSecretForm = z.strictObject({
  description: z.string().trim().max(120, 'A description has at most 120 characters.').default(''),
  expires: z.enum(
    EXPIRY_CHOICES.map(({ value }) => value),
    'Choose when the secret expires.',
  ),
  start: Day,
  end: Day,
})

/** Field of the pane a refusal of the command belongs to. */
const FIELDS: Readonly<Record<string, string>> = { endDateTime: 'end', displayName: 'description' }

/** Certificates & secrets: `/{applicationId}/credentials`, `/new`, `/upload`, `/secrets|certificates/{keyId}/delete`. */
export function credentialRoutes(deps: AdminDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  const show = (req: Request, res: Response, tab: CredentialTab, over: Partial<CredentialsView> = {}): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const view = { registration, readOnly, tab, ...over }
    sendPage(res, <CredentialsPage context={context} view={view} />, over.pane?.problems)
  }
  const mustManage = (req: Request, res: Response) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(store, context.actor, registration.id)
    return { context, registration }
  }

  router.get('/:applicationId/credentials', (req, res) => {
    show(req, res, queryText(req, 'tab') === 'certificates' ? 'certificates' : 'secrets')
  })

  router.get('/:applicationId/credentials/new', (req, res) => {
    mustManage(req, res)
    show(req, res, 'secrets', { pane: { values: { expires: EXPIRY_CHOICES[0].value }, problems: {} } })
  })

  router.post('/:applicationId/credentials/new', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const refuse = (found: Readonly<Record<string, string>>): void => {
      const problems = Object.fromEntries(Object.entries(found).map(([name, text]) => [FIELDS[name] ?? name, text]))
      show(req, res, 'secrets', { pane: { values: typedTexts(req.body), problems } })
    }
    const form = parseForm(NewSecretForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { description, expires, start, end } = form.value
    const span = spanOf(expires, start, end, clock.iso())
    if ('problems' in span) return refuse(span.problems)
    // What is made is in the answer.
    withholdAnswer()
    await attempt(async () => {
      const { secret, secretText } = await addClientSecret(deps, context.actor, {
        applicationId: registration.id,
        ...(description === '' ? {} : { displayName: description }),
        ...span,
      })
      res.setHeader('cache-control', 'no-store')
      show(req, res, 'secrets', { made: { keyId: secret.keyId, secretText } })
    }, refuse)
  })

  router.get('/:applicationId/credentials/upload', (req, res) => {
    mustManage(req, res)
    show(req, res, 'certificates', { pane: { values: {}, problems: {} } })
  })

  router.post('/:applicationId/credentials/upload', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const { description = '' } = typedTexts(req.body)
      show(req, res, 'certificates', { pane: { values: { description }, problems } })
    }
    const { certificate: given } = req.body as Readonly<Record<string, unknown>>
    const { description = '' } = typedTexts(req.body)
    const file = given instanceof UploadedFile ? given.bytes : typeof given === 'string' ? given : ''
    await attempt(async () => {
      const { key } = await addCertificate(deps, context.actor, {
        applicationId: registration.id,
        certificate: file,
        displayName: description,
      })
      const text = `The certificate ${key.thumbprint} was uploaded.`
      await goSaying(deps, req, res, `${registrationHref(registration.id, 'credentials')}?tab=certificates`, text)
    }, refuse)
  })

  for (const kind of ['secrets', 'certificates'] as const) {
    router.get(`/:applicationId/credentials/${kind}/:keyId/delete`, (req, res) => {
      const { context, registration } = mustManage(req, res)
      const { keyId = '' } = req.params
      const held = kind === 'secrets' ? registration.secrets : (registration.keyCredentials ?? [])
      const found = held.find((each) => each.keyId === keyId)
      if (found === undefined) throw notFound(kind === 'secrets' ? 'client secret' : 'certificate', keyId)
      const view = { registration, kind, keyId, name: found.displayName ?? keyId }
      sendPage(res, <DeleteCredentialPage context={context} view={view} />)
    })

    router.post(`/:applicationId/credentials/${kind}/:keyId/delete`, async (req, res) => {
      const { context, registration } = registrationContextOf(deps, req, res)
      const remove = kind === 'secrets' ? removeClientSecret : removeCertificate
      const { keyId = '' } = req.params
      await remove(deps, context.actor, { applicationId: registration.id, keyId })
      const page = registrationHref(registration.id, 'credentials')
      const [to, text] =
        kind === 'secrets'
          ? [page, 'The client secret was deleted.']
          : [`${page}?tab=certificates`, 'The certificate was deleted.']
      await goSaying(deps, req, res, to, text)
    })
  }

  return router
}

/** From when to when a secret counts, of what the pane says. */
function spanOf(
  expires: (typeof EXPIRY_CHOICES)[number]['value'],
  start: string,
  end: string,
  now: string,
):
  | { readonly startDateTime?: string; readonly endDateTime: string }
  | { readonly problems: Readonly<Record<string, string>> } {
  if (expires !== 'custom') {
    return { endDateTime: new Date(Date.parse(now) + Number(expires) * DAY_MS).toISOString() }
  }
  if (end === '') return { problems: { end: 'Enter when the secret ends.' } }
  const from = start === '' ? now : new Date(start).toISOString()
  const to = new Date(end).toISOString()
  if (Date.parse(to) - Date.parse(from) > MOST_DAYS * DAY_MS) {
    return { problems: { end: 'A client secret lives for 24 months at most.' } }
  }
  return { ...(start === '' ? {} : { startDateTime: from }), endDateTime: to }
}
