import { failPayment, payBill } from '../commands/company-billing.ts'
import { HOLD_DAYS } from '../domain/company-states.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { BILLING } from './addresses.ts'
import { PAYMENT } from './billing-page.tsx'
import { ConfirmPage } from './confirm-page.tsx'
import type { AdminRoutes } from './visit.ts'

/** Billing: a payment that fails, and one that is made. Billing itself is shown with the licenses. */
export function mountBilling({ system }: PageDeps, routes: AdminRoutes): void {
  routes.get(`${PAYMENT}/fail`, async ({ company, show }) => {
    await show((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={BILLING}
        title="Let the payment fail"
        trail={[{ label: 'Billing', href: BILLING }]}
        confirm={{
          title: 'Let the payment fail?',
          subject: company.name,
          children: `The company is on hold from now on. After ${HOLD_DAYS} days it is suspended: only Company Admins can log in, directories and API keys are refused. Paying the bill ends it at once.`,
          action: `${PAYMENT}/fail`,
          confirmLabel: 'Let the payment fail',
          cancelHref: BILLING,
        }}
      />
    ))
  })

  routes.post(`${PAYMENT}/fail`, async ({ company, actor, done }) => {
    await failPayment(system, actor, company.id)
    await done(BILLING, `A payment of ${company.name} failed.`)
  })

  routes.post(`${PAYMENT}/pay`, async ({ company, actor, done }) => {
    await payBill(system, actor, company.id)
    await done(BILLING, `The bill is paid. ${company.name} is active.`)
  })
}
