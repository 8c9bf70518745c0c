import { type Request, type Response, Router } from 'express'
import { currentContext } from '#kit/context.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { pinMicrosoftIdentity } from '../../commands/sign-in.ts'
import { noteTurnedAway } from '../../commands/turned-away.ts'
import { emailDomain } from '../../domain/emails.ts'
import { DialpadRefusal } from '../../domain/refusal.ts'
import type { DialpadUser } from '../../records.ts'
import { describeClosedWay, isRecoveryOffered } from '../closed-ways.ts'
import type { PageDeps } from '../deps.ts'
import { RefusedLoginPage } from '../login-page.tsx'
import { pageFaults } from '../page-faults.ts'
import { recoveryFlow } from '../recovery/recovery-flow.ts'
import { returnAddress } from '../return-address.ts'
import { signUpFlow } from '../sign-up/sign-up-flow.ts'
import { formFrameOf, signIn } from '../visitor.ts'
import { chooseAccount } from './choose-account.ts'
import { sealTokens } from './kept-tokens.ts'
import { createPendingLogins } from './pending-logins.ts'
import { BACK, type LoginRefusal, refuseChoice, refuseFailure } from './refusals.ts'
import {
  CALLBACK_PATH,
  MICROSOFT_SIGN_OUT_PATH,
  type MicrosoftIdentity,
  MicrosoftLoginFailed,
  type MicrosoftSignIn,
} from './relying-party.ts'

/** "Log in with Microsoft", "Sign up with Microsoft", and where Microsoft sends people back to. */
export function microsoftRoutes(deps: PageDeps): Router {
  const { system, microsoft } = deps
  const router = Router()
  const pendingLogins = createPendingLogins(deps)
  const recovery = recoveryFlow(deps)
  const signUp = signUpFlow(deps)

  async function refuse(req: Request, res: Response, refusal: LoginRefusal): Promise<void> {
    const frame = await formFrameOf(deps, req, res)
    const page = (
      <RefusedLoginPage
        frame={frame}
        title={refusal.title}
        words={refusal.words}
        actions={refusal.actions}
        requestId={currentContext()?.traceId ?? 'unknown'}
      >
        {refusal.text}
      </RefusedLoginPage>
    )
    res.status(refusal.status).send(renderPage(page))
  }

  function begin(purpose: 'login' | 'signup') {
    return async (req: Request, res: Response): Promise<void> => {
      if (microsoft === undefined) {
        await refuse(req, res, refuseFailure({ kind: 'unreachable', reason: 'No Microsoft sign-in is configured.' }))
        return
      }
      try {
        const { url, pending } = await microsoft.begin({ chooseAccount: req.query['prompt'] === 'select_account' })
        const next = returnAddress(req.query['next'], system.origin)
        await pendingLogins.keep(req, res, { ...pending, purpose, next })
        res.redirect(303, url)
      } catch (error) {
        if (!(error instanceof MicrosoftLoginFailed)) throw error
        await refuse(req, res, refuseFailure(error.failure))
      }
    }
  }

  router.get('/login/microsoft', recordAs('oidc'), begin('login'))
  router.get('/signup/microsoft', recordAs('oidc'), begin('signup'))

  // Of a session that is over already: nothing of Dialpad's changes by it, so a link will do.
  router.get(MICROSOFT_SIGN_OUT_PATH, recordAs('oidc'), async (_req, res) => {
    res.redirect(303, (await microsoft?.signOutUrl().catch(asUnknown)) ?? '/login')
  })

  router.get(CALLBACK_PATH, recordAs('oidc'), pageFaults(deps, 'portal.sign-in'), async (req, res) => {
    // Taken before anything else: whatever comes of it, the same answer is of no use a second time.
    const callback = new URL(req.originalUrl, system.origin)
    const pending = await pendingLogins.take(req, callback.searchParams.get('state'))
    if (pending === undefined || microsoft === undefined) {
      await refuse(req, res, refuseFailure({ kind: 'forged' }))
      return
    }
    let signedIn: MicrosoftSignIn
    try {
      signedIn = await microsoft.finish(callback, pending)
    } catch (error) {
      if (!(error instanceof MicrosoftLoginFailed)) throw error
      await refuse(req, res, refuseFailure(error.failure))
      return
    }
    const { identity, tokens } = signedIn
    nameSubject(identity.userName)
    const choice = chooseAccount(system.store, identity, system.clock.now())
    switch (choice.kind) {
      case 'sign-in':
      case 'claim': {
        const user = await pin(choice.user, identity)
        if (user instanceof DialpadRefusal) {
          await refuse(req, res, refuseChoice({ kind: 'identity-pinned', user: choice.user }, identity))
          return
        }
        const { tenantId, objectId } = identity
        await signIn(deps, res, user, 'Microsoft', sealTokens(system.vault, { tenantId, objectId, ...tokens }))
        res.redirect(303, pending.next)
        return
      }
      case 'no-company':
        if (pending.purpose === 'signup' && isDomainFree(identity)) {
          await signUp.keep(req, res, { by: 'microsoft', identity, tokens })
          res.redirect(303, '/signup/company')
          return
        }
        await refuse(req, res, refuseChoice(choice, identity))
        return
      case 'company-suspended':
      case 'saml-only': {
        const mayRecover = isRecoveryOffered(choice.kind, choice.user) && isNobodyElses(choice.user, identity)
        if (mayRecover) await recovery.keep(req, res, { userId: choice.user.id })
        const { actions, ...words } = describeClosedWay(choice.kind, choice.company, mayRecover)
        await refuse(req, res, { status: 403, ...words, actions: [...actions, BACK] })
        return
      }
      case 'suspended':
        noteTurnedAway(system, 'microsoft', choice.user)
        await refuse(req, res, refuseChoice(choice, identity))
        return
      default:
        await refuse(req, res, refuseChoice(choice, identity))
        return
    }
  })

  /** Found by address, but pinned to another identity: it is not them. */
  function isNobodyElses({ microsoft: pinned }: DialpadUser, { tenantId, objectId }: MicrosoftIdentity): boolean {
    return pinned === undefined || (pinned.tenantId === tenantId && pinned.objectId === objectId)
  }

  function isDomainFree(identity: MicrosoftIdentity): boolean {
    return system.store.count('companies', 'domain', emailDomain(identity.userName)) === 0
  }

  /** @returns the person, pinned now if not before, or why another identity holds them. */
  async function pin(user: DialpadUser, identity: MicrosoftIdentity): Promise<DialpadUser | DialpadRefusal> {
    try {
      return await pinMicrosoftIdentity(system, user.id, identity)
    } catch (error) {
      if (error instanceof DialpadRefusal && error.code === 'identity-pinned') return error
      throw error
    }
  }

  return router
}

/** A provider that cannot be asked has no sign-out either. */
function asUnknown(error: unknown): undefined {
  if (!(error instanceof MicrosoftLoginFailed)) throw error
  return undefined
}
