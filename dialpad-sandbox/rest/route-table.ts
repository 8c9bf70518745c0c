import type { RestRoute } from './define-route.ts'
import { CONTACT_SUBSCRIPTION_ROUTES } from './routes/contact-subscriptions.ts'
import { DEPARTMENT_ROUTES } from './routes/departments.ts'
import { EMPTY_GROUP_ROUTES } from './routes/empty-groups.ts'
import { NUMBER_ROUTES } from './routes/numbers.ts'
import { OFFICE_ROUTES } from './routes/offices.ts'
import { OPERATOR_ROUTES } from './routes/operators.ts'
import { USER_LINE_ROUTES } from './routes/user-line.ts'
import { USER_LIST_ROUTE } from './routes/user-list.ts'
import { USER_ROUTES } from './routes/users.ts'
import { WEBHOOK_ROUTES } from './routes/webhooks.ts'

/** Everything the API offers, in the order of the document. */
export const REST_ROUTES: readonly RestRoute[] = [
  USER_LIST_ROUTE,
  ...USER_ROUTES,
  ...USER_LINE_ROUTES,
  ...OFFICE_ROUTES,
  ...NUMBER_ROUTES,
  ...DEPARTMENT_ROUTES,
  ...OPERATOR_ROUTES,
  ...EMPTY_GROUP_ROUTES,
  ...WEBHOOK_ROUTES,
  ...CONTACT_SUBSCRIPTION_ROUTES,
]

/** Names a fault rule may use. */
export const REST_OPERATIONS: readonly string[] = REST_ROUTES.map((route) => route.name)
