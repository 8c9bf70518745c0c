import { Router } from 'express'
import { z } from 'zod'
import type { Application } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { parseForm } from '#kit/http/forms.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { changeablePart, ManifestPatch } from '../../commands/registrations/apply-manifest.ts'
import { changeManifest } from '../../commands/registrations/change-manifest.ts'
import { manifestOf } from '../../commands/registrations/manifest.ts'
import { type AdminContext, type AdminDeps, goSaying } from '../context.ts'
import { FormProblem } from '../form-problem.tsx'
import { greyed } from '../greyed.ts'
import { markOf, mustBeAsShown, SHOWN_FIELD } from './changed-meanwhile.ts'
import { registrationContextOf } from './registration-context.ts'
import { RegistrationPage, registrationHref } from './registration-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const ManifestForm = z.strictObject({
  manifest: z.string().max(200_000, 'The manifest is too long.'),
  [SHOWN_FIELD]: z.string().optional(),
})

interface ManifestView {
  readonly registration: Application
  readonly readOnly: string | undefined
  readonly text: string
  /** Mark of the manifest as it is stored. */
  readonly mark: string
  readonly problems: Readonly<Record<string, string>>
}

/** Manifest: the registration as JSON, as Microsoft Graph has it. */
function ManifestPage(props: { readonly context: AdminContext; readonly view: ManifestView }) {
  const { registration, readOnly, text, mark, problems } = props.view
  const page = registrationHref(registration.id, 'manifest')
  return (
    <RegistrationPage
      context={props.context}
      registration={registration}
      page="Manifest"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: 'manifest', ...greyed(readOnly) },
        { kind: 'link', label: 'Discard', icon: 'close', href: page },
        { kind: 'link', label: 'Download', icon: 'download', href: `${page}/download` },
      ]}
    >
      <FormProblem problems={problems} title="The manifest was not saved" shown={['manifest']} />
      <p>The registration as JSON, under the names Microsoft Graph has for it. Change it, and save it as a whole.</p>
      <Form action={page} id="manifest" label="Manifest" fields={{ [SHOWN_FIELD]: mark }} noValidate>
        <TextField
          label="Microsoft Graph App Manifest"
          name="manifest"
          value={text}
          problem={problems['manifest']}
          disabled={readOnly !== undefined}
          multiline={30}
          mono
        />
        {readOnly === undefined && (
          <FormActions>
            <Button kind="primary" label="Save manifest">
              Save
            </Button>
            <LinkButton href={page}>Discard</LinkButton>
          </FormActions>
        )}
      </Form>
    </RegistrationPage>
  )
}

/** Manifest: `/{applicationId}/manifest`, `/manifest/download`. */
export function manifestRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()
  const textOf = (registration: Application): string => `${JSON.stringify(manifestOf(store, registration), null, 2)}\n`

  router.get('/:applicationId/manifest', (req, res) => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const text = textOf(registration)
    const view = { registration, readOnly, text, mark: markOf(text), problems: {} }
    sendPage(res, <ManifestPage context={context} view={view} />)
  })

  router.get('/:applicationId/manifest/download', (req, res) => {
    const { registration } = registrationContextOf(deps, req, res)
    res.attachment('manifest.json').type('application/json').send(textOf(registration))
  })

  router.post('/:applicationId/manifest', async (req, res) => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const { manifest = '' } = typedTexts(req.body)
      const view = { registration, readOnly, text: manifest, mark: markOf(textOf(registration)), problems }
      sendPage(res, <ManifestPage context={context} view={view} />, problems)
    }
    const form = parseForm(ManifestForm, req.body)
    if (!form.ok) return refuse(form.problems)
    await attempt(async () => {
      mustBeAsShown(form.value.shown, textOf(registration))
      const patch = readManifest(changeablePart(store, registration, objectOf(form.value.manifest)))
      const saved = await changeManifest(deps, context.actor, { applicationId: registration.id, patch })
      const text = `The manifest of ${saved.displayName} was saved.`
      await goSaying(deps, req, res, registrationHref(saved.id, 'manifest'), text)
    }, refuse)
  })

  return router
}

/** @throws {DirectoryRefusal} on `manifest` for what is no JSON object. */
function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw badValue('manifest', `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badValue('manifest', 'A manifest is one JSON object.')
  }
  return value as Readonly<Record<string, unknown>>
}

/** @throws {DirectoryRefusal} on `manifest`, naming the first property at fault. */
function readManifest(part: unknown) {
  const read = ManifestPatch.safeParse(part)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = issue?.path.map(String).join('.') || 'manifest'
  throw badValue('manifest', `${path}: ${issue?.message ?? 'this cannot be read'}.`)
}
