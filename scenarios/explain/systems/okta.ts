import type { z } from 'zod'
import type { Picture } from '../picture.ts'
import {
  OktaApp,
  OktaAppGroup,
  OktaAppUser,
  OktaCertificate,
  OktaFormer,
  OktaGroup,
  OktaImport,
  OktaMapping,
  OktaMember,
  OktaPush,
  OktaSchema,
  OktaTask,
  OktaUser,
} from '../records.ts'

/** Key of the catalog entry that is looked at. */
const CATALOG_KEY = 'dialpad'

export type OktaPerson = z.infer<typeof OktaUser>
type AppUser = z.infer<typeof OktaAppUser>

/** Somebody's assignment, with the person. */
export type Assigned = AppUser & { readonly person: OktaPerson | undefined }

/** The org and its app Dialpad, in the words a diagnosis speaks. */
export interface OktaSide {
  readonly app: z.infer<typeof OktaApp> | undefined
  /** Requests are made: the app is active and its API integration is on. */
  readonly connected: boolean
  /** Answers are no refusal of the credentials: what is wrong with a person is about that person. */
  readonly works: boolean
  readonly assigned: readonly Assigned[]
  readonly appGroups: readonly z.infer<typeof OktaAppGroup>[]
  readonly openTasks: readonly z.infer<typeof OktaTask>[]
  readonly attributes: z.infer<typeof OktaSchema>['attributes']
  readonly toApp: z.infer<typeof OktaMapping>['properties']
  readonly former: readonly z.infer<typeof OktaFormer>[]
  readonly pushes: readonly z.infer<typeof OktaPush>[]
  readonly imported: z.infer<typeof OktaImport> | undefined
  /** The certificate that signs the app's assertions. */
  readonly certificate: string | undefined
  group(id: string): z.infer<typeof OktaGroup> | undefined
  isIn(groupId: string, userId: string): boolean
  /** Path of a tab of the app; of the list of apps when there is none. */
  page(path: string): string
}

/** Words of a task about a token that was refused. */
const CREDENTIALS = 'The credentials used to connect to the API were invalid'

/** Make the view of a picture. */
export function oktaSide({ okta }: Picture): OktaSide {
  const app = okta.of('apps', OktaApp).find(({ catalogKey }) => catalogKey === CATALOG_KEY)
  const ofApp = <T extends { readonly appId: string }>(all: readonly T[]): readonly T[] =>
    all.filter(({ appId }) => appId === app?.id)
  const people = new Map(okta.of('users', OktaUser).map((person) => [person.id, person]))
  const groups = new Map(okta.of('groups', OktaGroup).map((group) => [group.id, group]))
  const members = new Set(okta.of('groupMembers', OktaMember).map(({ groupId, userId }) => `${groupId}/${userId}`))
  const openTasks = ofApp(okta.of('tasks', OktaTask)).filter(({ status }) => status === 'OPEN')
  const connected = app?.status === 'ACTIVE' && app.provisioning?.enabled === true
  return {
    app,
    connected,
    works: connected && !openTasks.some(({ message }) => message.includes(CREDENTIALS)),
    assigned: ofApp(okta.of('appUsers', OktaAppUser)).map((row) => ({ ...row, person: people.get(row.userId) })),
    appGroups: ofApp(okta.of('appGroups', OktaAppGroup)),
    openTasks,
    attributes: okta.of('profileSchemas', OktaSchema).find(({ ownerId }) => ownerId === app?.id)?.attributes ?? [],
    toApp:
      ofApp(okta.of('profileMappings', OktaMapping)).find(({ direction }) => direction === 'to-app')?.properties ?? {},
    former: ofApp(okta.of('formerAppUsers', OktaFormer)),
    pushes: ofApp(okta.of('groupPushMappings', OktaPush)),
    imported: ofApp(okta.of('importRuns', OktaImport))[0],
    certificate: okta.of('samlCertificates', OktaCertificate).find((each) => each.owner === app?.id && each.isActive)
      ?.certificate,
    group: (id) => groups.get(id),
    isIn: (groupId, userId) => members.has(`${groupId}/${userId}`),
    page: (path) => (app === undefined ? '/admin/apps' : `/admin/app/dialpad/instance/${app.id}/${path}`),
  }
}
