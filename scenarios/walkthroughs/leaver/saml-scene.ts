import { z } from 'zod'
import { COMPANY } from '#kit/world/cast.ts'
import type { Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'

/** Where Dialpad's SAML page says that it is. */
const DIALPAD = 'https://dialpad.com'

const App = z.looseObject({ loginUrl: z.string(), entraIdentifier: z.string(), certificate: z.string() })

/**
 * Single sign-on by SAML between Entra and Dialpad, as Dialpad's article sets it up: the SAML Toolkit there, the provider Custom here. It is
 * no part of this lesson, so it is there at once; set up already, it stays.
 */
export async function setUpSaml(walk: Walk): Promise<void> {
  const { companies } = await pictureDialpad(walk.control.dialpad)
  if (companies[0]?.saml !== undefined) return
  const app = App.parse(
    await walk.control.entra.run('add-saml-app', {
      name: 'Dialpad SAML',
      identifier: `${DIALPAD}/api/saml/metadata/custom/${COMPANY.domain}`,
      replyUrl: `${DIALPAD}/saml/sso/custom/${COMPANY.domain}`,
      claims: { FirstName: 'user.givenname', LastName: 'user.surname', Email: 'user.mail' },
    }),
  )
  await walk.control.dialpad.run('set-saml', {
    provider: 'custom',
    idpSsoUrl: app.loginUrl,
    idpEntityId: app.entraIdentifier,
    certificate: app.certificate,
  })
}
