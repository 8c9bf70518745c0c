import type { z } from 'zod'
import type { SystemReading } from '../reading/read-system.ts'
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
} from '../records/okta.ts'
import { gatherOktaSignIn, type OktaSignIn } from './okta-sign-in.ts'

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
  /** Of very many, some, and those with a red mark or an open task. */
  readonly assigned: readonly Assigned[]
  /** How many are assigned. */
  readonly assignedCount: number
  readonly appGroups: readonly z.infer<typeof OktaAppGroup>[]
  readonly openTasks: readonly z.infer<typeof OktaTask>[]
  readonly attributes: z.infer<typeof OktaSchema>['attributes']
  readonly toApp: z.infer<typeof OktaMapping>['properties']
  readonly former: readonly z.infer<typeof OktaFormer>[]
  readonly pushes: readonly z.infer<typeof OktaPush>[]
  readonly imported: z.infer<typeof OktaImport> | undefined
  /** The certificate that signs the app's assertions. */
  readonly certificate: string | undefined
  readonly signIn: OktaSignIn
  group(id: string): z.infer<typeof OktaGroup> | undefined
  /** Whether somebody with values of their own is in an assigned group. */
  isIn(groupId: string, userId: string): boolean
  /** Path of a tab of the app; of the list of apps when there is none. */
  page(path: string): string
}

/** Words of a task about a token that was refused. */
const CREDENTIALS = 'The credentials used to connect to the API were invalid'

/** Gather what there is to say of the app in the org. */
export async function gatherOkta(read: SystemReading): Promise<OktaSide> {
  const apps = await read.filed('apps', OktaApp, { index: 'catalogKey', values: [CATALOG_KEY], what: 'apps' })
  const [app] = apps.records
  const own = app === undefined ? [] : [app.id]
  const ofApp = (index: string, what: string) => ({ index, values: own, what })

  const [
    rows,
    marked,
    appGroups,
    tasks,
    schemas,
    mappings,
    former,
    pushes,
    imports,
    certificates,
    assignedCount,
    signIn,
  ] = await Promise.all([
    read.filed('appUsers', OktaAppUser, ofApp('app', 'assigned people')),
    read.filed('appUsers', OktaAppUser, ofApp('unprovisioned', 'people with a red mark')),
    read.filed('appGroups', OktaAppGroup, ofApp('app', 'assigned groups')),
    read.filed('tasks', OktaTask, { index: 'status', values: ['OPEN'], what: 'open tasks' }),
    read.byKeys('profileSchemas', OktaSchema, own),
    read.filed('profileMappings', OktaMapping, ofApp('app', 'mappings')),
    read.first('formerAppUsers', OktaFormer, 'people who were assigned'),
    read.filed('groupPushMappings', OktaPush, ofApp('app', 'pushed groups')),
    read.byKeys('importRuns', OktaImport, own),
    read.filed('samlCertificates', OktaCertificate, ofApp('owner', 'certificates')),
    app === undefined ? 0 : read.count('appUsers', 'app', app.id),
    gatherOktaSignIn(read),
  ])
  const openTasks = tasks.records.filter(({ appId }) => appId === app?.id)
  const troubled = await read.filed('appUsers', OktaAppUser, {
    index: 'person',
    values: openTasks.flatMap(({ appId, userId }) => (userId === undefined ? [] : [`${appId}/${userId}`])),
    what: 'people with an open task',
  })
  const assigned = [
    ...new Map([...rows.records, ...marked.records, ...troubled.records].map((row) => [row.id, row])).values(),
  ]
  const [people, groups, pairs] = await Promise.all([
    read.byKeys(
      'users',
      OktaUser,
      assigned.map(({ userId }) => userId),
    ),
    read.byKeys(
      'groups',
      OktaGroup,
      [...appGroups.records, ...pushes.records].map(({ groupId }) => groupId),
    ),
    read.filed('groupMembers', OktaMember, {
      index: 'user',
      values: assigned
        .filter(({ scope, overrides }) => scope === 'USER' && Object.keys(overrides).length > 0)
        .map(({ userId }) => userId),
      what: 'groups of people with values of their own',
    }),
  ])
  const personById = new Map(people.map((person) => [person.id, person]))
  const groupById = new Map(groups.map((group) => [group.id, group]))
  const members = new Set(pairs.records.map(({ groupId, userId }) => `${groupId}/${userId}`))
  const connected = app?.status === 'ACTIVE' && app.provisioning?.enabled === true
  return {
    app,
    connected,
    works: connected && !openTasks.some(({ message }) => message.includes(CREDENTIALS)),
    assigned: assigned.map((row) => ({ ...row, person: personById.get(row.userId) })),
    assignedCount,
    appGroups: appGroups.records,
    openTasks,
    attributes: schemas[0]?.attributes ?? [],
    toApp: mappings.records.find(({ direction }) => direction === 'to-app')?.properties ?? {},
    former: former.records.filter(({ appId }) => appId === app?.id),
    pushes: pushes.records,
    imported: imports[0],
    certificate: certificates.records.find(({ isActive }) => isActive)?.certificate,
    signIn,
    group: (id) => groupById.get(id),
    isIn: (groupId, userId) => members.has(`${groupId}/${userId}`),
    page: (path) => (app === undefined ? '/admin/apps' : `/admin/app/dialpad/instance/${app.id}/${path}`),
  }
}
