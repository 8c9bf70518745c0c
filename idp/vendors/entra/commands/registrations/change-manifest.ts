import type { Application } from '#idp/core/directory/records.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { applyManifest, type ManifestPatchValue } from './apply-manifest.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'

/**
 * Change a registration by its manifest: what the manifest editor and `PATCH /applications/{id}` of Graph do.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} see `applyManifest` and `checkRegistration`.
 */
export function changeManifest(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, patch }: RegistrationInput & { readonly patch: ManifestPatchValue },
): Promise<Application> {
  const now = deps.system.clock.iso()
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before, tx) => applyManifest(tx, before, patch, now),
      title: (after) => `The manifest of ${after.displayName} was changed`,
    },
  )
}
