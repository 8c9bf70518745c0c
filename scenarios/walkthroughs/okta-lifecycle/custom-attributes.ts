import { finding, missing } from '../finding.ts'
import { addAttribute, mapAttribute } from '../okta-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { attributeStep, inside, ATTRIBUTES_SOURCE as source } from './attribute-step.ts'
import { ENTERPRISE_URN, RENAMED } from './hero.ts'

/** The attributes of the table that Okta has not by default: added with the Profile Editor, once for people and once for Dialpad. */

const OFFICE = 'Toronto'
const OFFICE_NAME = { displayName: 'Office name', variableName: 'officeName' } as const
const LICENSE_TYPE = { displayName: 'License type', variableName: 'licenseType' } as const

/** The article's table of licenses, as the Profile Editor takes members: display name = value. */
const LICENSES = [
  'Dialpad Talk = dialpad_talk',
  'Dialpad Talk (Lite) = dialpad_lite',
  'Dialpad Contact Center = dialpad_support',
  'Dialpad Sell = dialpad_sell',
  'Dialpad TfB Offer = dialpad_tfb',
] as const

const external = (name: string) => ({ name, namespace: ENTERPRISE_URN })

/** Row officeName: four steps, because nothing of it is there. */
export const OFFICE_NAME_STEPS: readonly Step[] = [
  {
    id: '004/attributes/5/1',
    title: 'Give people an office name',
    say: 'officeName is not available in Okta by default. With the Profile Editor add it to the profile of people, User (default).',
    source,
    at: {
      page: 'Okta, Profile Editor, User (default)',
      labels: ['Profile Editor', 'User (default)', '+ Add Attribute', 'Display name', 'Variable name', 'Save'],
    },
    async solve(walk) {
      await addAttribute(await walk.desk('okta'), 'User (default)', OFFICE_NAME)
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('user', OFFICE_NAME.variableName)
      if (attribute === undefined) return missing(`attribute ${OFFICE_NAME.variableName} in the profile of people`)
      return finding(`People have ${attribute.title} (${attribute.name}).`)
    },
    hints: [
      'Directory > Profile Editor lists the profile of people and that of each app.',
      'The variable name is what expressions say; it cannot be changed later.',
      'Press User (default), + Add Attribute, type Office name and officeName, press Save.',
    ],
    wrong: [
      { mistake: 'The variable name is officename.', sign: 'The mapping user.officeName finds nothing: case counts.' },
      { mistake: 'Dialpad User was opened instead.', sign: 'The form asks for an external name, too.' },
    ],
  },
  {
    id: '004/attributes/5/2',
    title: 'Give Dialpad an office name',
    say: 'Add it to the profile of the app, too, with external name officeName and the namespace of the enterprise extension.',
    source,
    at: {
      page: 'Okta, Profile Editor, Dialpad User',
      labels: [
        'Profile Editor',
        'Dialpad User',
        '+ Add Attribute',
        'Variable name',
        'External name',
        'External namespace',
        'Save',
      ],
    },
    async solve(walk) {
      const { variableName } = OFFICE_NAME
      const desk = await walk.desk('okta')
      await addAttribute(desk, 'Dialpad User', { ...OFFICE_NAME, external: external(variableName) })
    },
    async check(walk) {
      const attribute = (await pictureOkta(walk.control.okta)).attribute('app', OFFICE_NAME.variableName)
      if (attribute === undefined) return missing(`attribute ${OFFICE_NAME.variableName} in the profile of Dialpad`)
      return finding(
        `Dialpad has ${attribute.name}, outside called ${attribute.externalName} in ${attribute.externalNamespace ?? 'no namespace'}.`,
        attribute.externalName === OFFICE_NAME.variableName,
        attribute.externalNamespace === ENTERPRISE_URN,
      )
    },
    hints: [
      'The Profile Editor again, the other profile.',
      'External name and namespace say where in the request the value stands.',
      `Press Dialpad User, + Add Attribute, fill in officeName twice and ${ENTERPRISE_URN} as External namespace, press Save.`,
    ],
    wrong: [
      {
        mistake: 'External namespace was left empty.',
        sign: 'No error anywhere: the attribute is never sent. Delete it and add it anew.',
      },
      { mistake: 'A namespace of your own was typed.', sign: 'It is sent, and Dialpad passes over it.' },
    ],
  },
  {
    id: '004/attributes/5/3',
    title: 'Map one to the other',
    say: 'Let the new attribute of Dialpad be filled from that of people, on create and update.',
    source,
    at: {
      page: 'Okta, Dialpad, Provisioning, To App',
      labels: [
        'To App',
        'Show Unmapped Attributes',
        'Edit',
        'Attribute value',
        'Okta attribute',
        'Create and update',
        'Save',
      ],
    },
    async solve(walk) {
      const { displayName, variableName } = OFFICE_NAME
      await mapAttribute(await walk.desk('okta'), displayName, variableName)
    },
    async check(walk) {
      const expression = (await pictureOkta(walk.control.okta)).mappedFrom(OFFICE_NAME.variableName)
      return finding(`officeName is ${expression ?? 'not mapped'}.`, expression === 'user.officeName')
    },
    hints: [
      'Provisioning > To App of Dialpad, below the boxes: Dialpad Attribute Mappings.',
      'What is not mapped is hidden until it is asked for.',
      'Press Show Unmapped Attributes, Edit beside Office name, choose Map from Okta Profile and Office name, then Create and update, and Save.',
    ],
    wrong: [
      { mistake: 'Same value for all users was chosen.', sign: 'Everybody lands in one office.' },
      { mistake: 'Apply on: Create.', sign: 'Who is assigned already never gets the value.' },
    ],
  },
  attributeStep({
    id: '004/attributes/5/4',
    attribute: 'officeName',
    field: 'Office',
    say: `Now type ${OFFICE} into Office name. It wins over Department, which still says London.`,
    name: RENAMED.name,
    changes: { [OFFICE_NAME.displayName]: OFFICE },
    inRequest: (body) => inside(body, ENTERPRISE_URN, 'officeName'),
    sent: OFFICE,
    inDialpad: ({ office }) => office,
    shown: OFFICE,
    what: 'The profile has a field more since the attribute was added. Where both are set, Dialpad goes by the name of the office.',
    wrong: [
      {
        mistake: 'The attribute of Dialpad has no external namespace.',
        sign: 'The profile is pushed without it, and the office stays as it was.',
      },
      { mistake: 'The name differs by a letter from the office.', sign: 'Department decides, or the country.' },
    ],
  }),
]

/** Row licenseType: the same way, told shorter; a walkthrough of its own takes all five values. */
export const LICENSE_STEPS: readonly Step[] = [
  {
    id: '004/attributes/9/1',
    title: 'Add licenseType to both profiles',
    say: 'licenseType is a custom attribute as well. Add it to both profiles, with the values of the second table as an enumerated list.',
    source,
    at: {
      page: 'Okta, Profile Editor',
      labels: [
        'User (default)',
        '+ Add Attribute',
        'Define enumerated list of values',
        'Attribute members',
        'Save',
        'Dialpad User',
        '+ Add Attribute',
        'External namespace',
        'Save',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('okta')
      const attribute = { ...LICENSE_TYPE, members: LICENSES }
      await addAttribute(desk, 'User (default)', attribute)
      await addAttribute(desk, 'Dialpad User', { ...attribute, external: external(LICENSE_TYPE.variableName) })
    },
    async check(walk) {
      const okta = await pictureOkta(walk.control.okta)
      const ofPeople = okta.attribute('user', LICENSE_TYPE.variableName)
      const ofApp = okta.attribute('app', LICENSE_TYPE.variableName)
      if (ofPeople === undefined) return missing('attribute licenseType in the profile of people')
      if (ofApp === undefined) return missing('attribute licenseType in the profile of Dialpad')
      return finding(
        `Both have licenseType, with ${ofApp.members?.length ?? 0} values, in ${ofApp.externalNamespace ?? 'no namespace'}.`,
        ofApp.externalNamespace === ENTERPRISE_URN,
        ofPeople.members?.length === LICENSES.length,
        ofApp.members?.length === LICENSES.length,
      )
    },
    hints: [
      'Directory > Profile Editor, twice.',
      'A list of members spares you the typing errors: a value outside it is refused by Okta, before Dialpad does.',
      'In each profile press + Add Attribute, check Define enumerated list of values and type one member a line: display name = value.',
    ],
    wrong: [
      {
        mistake: 'A member says dialpad-talk.',
        sign: 'Dialpad answers 400, or gives the default license, as its switch says.',
      },
      { mistake: 'User personal was checked.', sign: 'The license can no longer be given to a group.' },
    ],
  },
  {
    id: '004/attributes/9/2',
    title: 'Map it',
    say: 'Let licenseType of Dialpad be filled from licenseType of people.',
    source,
    at: {
      page: 'Okta, Dialpad, Provisioning, To App',
      labels: ['To App', 'Show Unmapped Attributes', 'Edit', 'Attribute value', 'Okta attribute', 'Save'],
    },
    async solve(walk) {
      await mapAttribute(await walk.desk('okta'), LICENSE_TYPE.displayName, LICENSE_TYPE.variableName)
    },
    async check(walk) {
      const expression = (await pictureOkta(walk.control.okta)).mappedFrom(LICENSE_TYPE.variableName)
      return finding(`licenseType is ${expression ?? 'not mapped'}.`, expression === 'user.licenseType')
    },
    hints: [
      'Where officeName was mapped.',
      'The way is the same, the attribute another.',
      'Show Unmapped Attributes, Edit beside License type, Map from Okta Profile, License type, Create and update, Save.',
    ],
    wrong: [
      {
        mistake: 'A value was set for a group and another one for the person.',
        sign: 'The individual assignment wins: the group has no effect.',
      },
      {
        mistake: 'The office has no license of that type.',
        sign: 'The update fails, and a task says that no such license is available in the office.',
      },
    ],
  },
  attributeStep({
    id: '004/attributes/9/3',
    attribute: 'licenseType',
    field: 'License',
    say: 'Choose Dialpad Contact Center for License type: the License changes with it.',
    name: RENAMED.name,
    changes: { [LICENSE_TYPE.displayName]: { choose: 'Dialpad Contact Center' } },
    inRequest: (body) => inside(body, ENTERPRISE_URN, 'licenseType'),
    sent: 'dialpad_support',
    inDialpad: ({ licence }) => licence,
    shown: 'lite_support_agents',
    what: 'The request says dialpad_support. Dialpad calls the product by its name of today, and its API lite_support_agents.',
    wrong: [
      {
        mistake: 'The office owns no license of that type.',
        sign: 'Dialpad answers 400, and the task says that none is available in the office.',
      },
      { mistake: 'The attribute has no external namespace.', sign: 'Nothing of it is sent; the license stays.' },
    ],
  }),
]
