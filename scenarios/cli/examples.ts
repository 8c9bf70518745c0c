import type { Command } from 'commander'

/** Examples in the help of each command, as typed after `npm run kit --`. Every one is run by a test. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  up: ['up', 'up --world connected-entra --ports 5000', 'up --ports 0 --json'],
  'scenario list': ['scenario list', 'scenario list --json'],
  'scenario run': ['scenario run entra-lifecycle --headed --slow 400', 'scenario run okta-lifecycle --json'],
  'lesson list': ['lesson list', 'lesson list --json'],
  'lesson prove': ['lesson prove entra-scoping', 'lesson prove entra-signup --json'],
  'world list': ['world list'],
  'world show': ['world show --json'],
  'world set': ['world set connected-entra', 'world set scale:500', 'world set brightwave'],
  reset: ['reset', 'reset --keep-api-keys'],
  'clock show': ['clock show'],
  'clock advance': ['clock advance PT40M', 'clock advance P1D --json'],
  'clock set': ['clock set 2031-01-31T09:00:00.000Z'],
  'clock freeze': ['clock freeze'],
  'clock thaw': ['clock thaw'],
  'clock rate': ['clock rate 60', 'clock rate 1'],
  'fault list': ['fault list', 'fault list dialpad --json'],
  'fault operations': ['fault operations dialpad'],
  'fault add': [
    'fault add dialpad scim.users.create --status 429 --retry-after 5 --times 3',
    'fault add dialpad scim.users.patch --drop --times 1',
    'fault add dialpad scim.users.list --delay 200',
  ],
  'fault clear': ['fault clear dialpad', 'fault clear'],
  'negative list': ['negative list', 'negative list --json'],
  'negative arm': [
    'negative arm oidc/wrong-audience --from entra',
    'negative arm saml/unsigned --from okta --times 2 --json',
  ],
  'negative clear': ['negative clear okta', 'negative clear'],
  'switch list': ['switch list', 'switch list entra --json'],
  'switch set': ['switch set entra portal-edition azure-portal-2019'],
  'journal tail': [
    'journal tail',
    'journal tail -n 5 --system dialpad --kind scim',
    'journal tail --subject ada.okafor@brightwave.example',
  ],
  'journal follow': ['journal follow', 'journal follow --kind clock -n 1 --json'],
  'snapshot save': ['snapshot save before-lunch', 'snapshot save before-lunch --replace'],
  'snapshot list': ['snapshot list --json'],
  'snapshot restore': ['snapshot restore before-lunch'],
  'snapshot compare': ['snapshot compare before-lunch', 'snapshot compare before-lunch after-lunch --json'],
  'snapshot branch': [
    'snapshot branch before-lunch --save after-lunch',
    'snapshot branch after-lunch --save before-lunch --replace',
  ],
  'snapshot delete': ['snapshot delete before-lunch'],
  command: [
    'command okta',
    'command okta assign-person --schema',
    `command entra edit-person '{"person":"ada.okafor@brightwave.example","jobTitle":"Lead"}'`,
  ],
  'record verify': ['record verify completion.json', 'record verify completion.json --json'],
  certify: [
    'certify --scim http://localhost:8080/scim --token TOKEN',
    'certify --scim http://localhost:8080/scim --token TOKEN --vendor okta --html report.html',
    'certify --scim http://localhost:8080/scim --token TOKEN --vendor entra --timeout 20000 --junit certify.xml --json',
  ],
  explain: ['explain', 'explain --json'],
}

/** Put the examples under the help of each command. */
export function addExamples(program: Command): void {
  const walk = (command: Command, path: readonly string[]): void => {
    const examples = EXAMPLES[path.join(' ')]
    if (examples !== undefined) {
      command.addHelpText('after', ['', 'Examples:', ...examples.map((line) => `  npm run kit -- ${line}`)].join('\n'))
    }
    for (const each of command.commands) walk(each, [...path, each.name()])
  }
  walk(program, [])
}
