import { newestEntry } from '#scenarios/walkthroughs/entra-logs/entries.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Lesson, Start } from '../lesson.ts'
import { asked, atProvisioning } from './provisioning-lessons.ts'
import { appPage, visits } from './visits.ts'

const { elsewhere } = PEOPLE
const LOGS = '/provisioning/logs'
const CSV_FILES = ['ProvisioningLogs', 'ProvisioningLogs_ProvisioningSteps', 'ProvisioningLogs_ModifiedProperties']

/** The entry that failed, and how many its cycle has. */
async function failure(walk: Walk) {
  const { log } = await pictureEntra(walk.control.entra)
  const entry = log.find(({ source, status }) => source.displayName === elsewhere.name && status === 'Failure')
  return { entry, entries: log.filter(({ cycleId }) => cycleId === entry?.cycleId).length }
}

/** The list, narrowed to the cycle. */
const AT_CYCLE: Start = {
  ...atProvisioning(),
  path: async (walk) => appPage(`${LOGS}?cycleId=${(await failure(walk)).entry?.cycleId}`)(walk),
}

/** Files taken since the lesson began, newest last: their name, what the filter left, and what they hold. */
async function filesTaken(walk: Walk) {
  const url = `${LOGS}/download/`
  const answers = await exchanges(walk.control.entra, { kind: 'http-in', method: 'GET', url, status: 200 })
  return answers.map(({ request, response }) => {
    const address = new URL(request?.url ?? '', 'http://local')
    return {
      name: address.pathname.slice(address.pathname.lastIndexOf('/') + 1).replace(/\.\w+$/, ''),
      isJson: response?.headers?.['content-type']?.includes('json') === true,
      cycleId: address.searchParams.get('cycleId') ?? '',
      text: response?.body ?? '',
    }
  })
}

/** The newest of each CSV file that was taken of the cycle. */
async function csvFiles(walk: Walk) {
  const { entry } = await failure(walk)
  const files = (await filesTaken(walk)).filter(({ isJson, cycleId }) => !isJson && cycleId === entry?.cycleId)
  return CSV_FILES.flatMap((name) => files.findLast((file) => file.name === name) ?? [])
}

async function take(walk: Walk, ...labels: readonly string[]): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.press('Download')
  for (const label of labels) await desk.download(label)
}

/** The unfiltered list. */
async function openAll(walk: Walk): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage(LOGS)(walk))
}

const tookUnfiltered = async (walk: Walk): Promise<boolean> =>
  (await filesTaken(walk)).some(({ cycleId }) => cycleId === '')

/** From the list to files. */
export const LOG_DOWNLOAD_LESSONS: readonly Lesson[] = [
  {
    steps: ['logs/10'],
    start: atProvisioning('/logs'),
    needs: ['cycleId'],
    async check(walk) {
      const { entry, entries } = await failure(walk)
      const ids = await asked(walk, LOGS, 'cycleId')
      return finding(
        `Asked for ${ids.join(', ') || 'no cycle'}; the cycle in which ${elsewhere.name} failed has ${entries} entries.`,
        ids.includes(entry?.cycleId ?? 'none'),
      )
    },
    hints: [
      'More filters than are shown can be added above the list.',
      `The Cycle ID stands in the Summary of the entry about ${elsewhere.name}.`,
      'Copy the Cycle ID; Provisioning logs, Reset filters, Add filters, Cycle ID, Apply.',
    ],
    wrong: [
      {
        mistake: 'The Change ID was entered as Cycle ID.',
        hint: 'No entry is of such a cycle, so the list is empty. In the Summary take the value beside Cycle ID.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.press('Add filters')
          await desk.fill('Cycle ID', (await newestEntry(walk, elsewhere.name))?.changeId ?? '')
          await desk.press('Apply')
        },
        shows: async (walk) => (await asked(walk, LOGS, 'cycleId')).length > 0,
      },
      {
        mistake: 'The list was narrowed to one change.',
        hint: 'A Change ID belongs to one entry. Clear it, and enter the Cycle ID.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.press('Add filters')
          await desk.fill('Change ID', (await newestEntry(walk, elsewhere.name))?.changeId ?? '')
          await desk.press('Apply')
        },
        shows: async (walk) => (await asked(walk, LOGS, 'changeId')).length > 0,
      },
    ],
  },
  {
    steps: ['logs/11'],
    start: AT_CYCLE,
    needs: ['cycleId'],
    async check(walk) {
      const { entry } = await failure(walk)
      const files = await csvFiles(walk)
      const joined = files.filter(({ text }) => text.includes(entry?.changeId ?? 'none'))
      return finding(
        `${files.length} of ${CSV_FILES.length} CSV files of the cycle were taken; the change ID is in ${joined.length}.`,
        files.length === CSV_FILES.length,
        joined.length === CSV_FILES.length,
      )
    },
    hints: [
      'Download stands above the list, which is still narrowed to the cycle.',
      'Three of the files are CSV; take each.',
      `Download, then ${CSV_FILES.map((name) => `CSV: ${name}`).join('; ')}.`,
    ],
    wrong: [
      {
        mistake: 'The files were taken without the filter.',
        hint: 'They hold what the list shows: now all cycles. Narrow the list by the Cycle ID, and take them again.',
        async attempt(walk) {
          await openAll(walk)
          await take(walk, ...CSV_FILES.map((name) => `CSV: ${name}`))
        },
        shows: tookUnfiltered,
      },
      {
        mistake: 'Only the first of the three files was taken.',
        hint: 'It says who and what. Steps and modified properties are in files of their own: take them too.',
        attempt: (walk) => take(walk, 'CSV: ProvisioningLogs'),
        shows: async (walk) => (await csvFiles(walk)).length === 1,
      },
    ],
  },
  {
    steps: ['logs/12'],
    start: AT_CYCLE,
    needs: ['cycleId'],
    async check(walk) {
      const { entry, entries } = await failure(walk)
      const file = (await filesTaken(walk)).findLast(({ isJson, cycleId }) => isJson && cycleId === entry?.cycleId)
      return finding(
        `${file === undefined ? 'No JSON file of the cycle was taken' : 'The JSON file of the cycle was taken'}; it has ${entries} entries.`,
        file !== undefined,
      )
    },
    hints: [
      'It is under Download too.',
      'The list is to be narrowed to the same cycle as before.',
      'Download, then JSON.',
    ],
    wrong: [
      {
        mistake: 'The file was taken without the filter.',
        hint: 'It holds every entry of the app. Narrow the list by the Cycle ID, and take it again.',
        async attempt(walk) {
          await openAll(walk)
          await take(walk, 'JSON')
        },
        shows: tookUnfiltered,
      },
      {
        mistake: 'The tab JSON of one entry was opened.',
        hint: 'That is a single entry. The file with all of them is under Download, above the list.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.openRow(elsewhere.name)
          await desk.press('JSON')
        },
        shows: async (walk) => (await visits(walk, 'tab=json')) > 0,
      },
    ],
  },
]
