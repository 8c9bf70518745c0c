import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPictures, FOLDER, hashOf, LARGEST_PICTURE, PICTURE_WIDTH, type PictureFiles } from './check-pictures.ts'
import { PICTURES, type Picture } from './pictures.ts'
import { sourceHashOf } from './source-hash.ts'

/** A PNG as far as the check looks: its width, and some bytes behind. */
function png(width: number, size = 100): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32BE(width, 16)
  return bytes
}

const GOOD = png(PICTURE_WIDTH)
const NAME = 'a-page'

function files(over: Partial<PictureFiles> = {}): PictureFiles {
  return {
    names: [NAME],
    manifest: () => JSON.stringify({ [NAME]: { source: 'pages', file: hashOf(over.picture?.(NAME) ?? GOOD) } }),
    picture: () => GOOD,
    sourceHash: () => 'pages',
    ...over,
  }
}

describe('the pictures of the documents', () => {
  test('are well when taken of the present pages', () => {
    expect(checkPictures(files())).toEqual([])
  })

  test.each<[string, Partial<PictureFiles>]>([
    ['shows pages that have changed since', { sourceHash: () => 'other pages' }],
    ['was never taken', { manifest: () => undefined }],
    ['was never taken', { picture: () => undefined }],
    [
      'is not the picture that was taken',
      { manifest: () => JSON.stringify({ [NAME]: { source: 'pages', file: 'x' } }) },
    ],
    ['bytes; 150000 are allowed', { picture: () => png(PICTURE_WIDTH, LARGEST_PICTURE + 1) }],
    ['is not 1280 pixels wide', { picture: () => png(640) }],
    ['names a-page.png, which nobody takes', { names: [] }],
    ['cannot be read', { manifest: () => '{"a-page": "yes"}' }],
  ])('are refused: %s', (why, over) => {
    expect(checkPictures(files(over))).toEqual([expect.stringContaining(why)])
  })

  test('are shown, each by the front page or a document', () => {
    const documents = [
      'README.md',
      ...readdirSync('docs')
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ]
    const text = documents.map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(PICTURES.filter(({ name }) => !text.includes(`pictures/${name}.png`))).toEqual([])
    expect(FOLDER).toBe('docs/pictures')
  })
})

describe('what a picture depends on', () => {
  const SOURCES: Readonly<Record<string, string>> = {
    'kit/world/cast.ts': 'export const CAST = ["Ada"]',
    'room/page.tsx': `import { Part } from './part.tsx'\nimport { decide } from './decide.ts'\nexport const Page = () => <Part say={decide()} />`,
    'room/part.tsx': `import type { Tone } from '#kit/ui/look.ts'\nexport const Part = ({ say }: { say: string; tone?: Tone }) => <b>{say}</b>`,
    'room/decide.ts': `export const decide = () => 'yes'`,
    'room/page.css': '.page { color: red; }',
  }
  const step = {
    id: 'x/1',
    title: '',
    say: '',
    source: { article: '001', section: '' } as const,
    at: { page: 'Page', labels: ['One'] },
    solve: () => Promise.resolve(),
    check: () => Promise.resolve({ ok: true, found: '' }),
  }
  const picture: Picture = {
    name: NAME,
    height: 720,
    walkthrough: { id: 'x', title: '', world: 'brightwave', lead: '', steps: [step, { ...step, id: 'x/2' }] },
    upTo: 'x/1',
    open: () => Promise.resolve(),
    views: ['room/page.tsx'],
    sheets: ['room/page.css'],
  }
  const hashWith = (changed: Readonly<Record<string, string>>, other: Partial<Picture> = {}) =>
    sourceHashOf({ ...picture, ...other }, (path) => ({ ...SOURCES, ...changed })[path])
  const BEFORE = hashWith({})

  test.each([
    [
      'a comment and the layout of a view',
      { 'room/part.tsx': `// says it\n${SOURCES['room/part.tsx']?.replace('=> <b>', '=>\n  <b>')}` },
    ],
    ['a type', { 'room/part.tsx': SOURCES['room/part.tsx']?.replace('tone?: Tone', 'tone?: Tone | undefined') ?? '' }],
    ['what the page does and does not show', { 'room/decide.ts': `export const decide = () => String('yes')` }],
    [
      'a comment and the blanks of a stylesheet',
      { 'room/page.css': '/* Ink. */ .page {\n  color: red;\n}'.replace('/* Ink. */ ', '/* Ink. */') },
    ],
  ])('not on %s', (_what, changed) => {
    expect(hashWith(changed)).toBe(BEFORE)
  })

  test.each([
    ['a part of the page', { 'room/part.tsx': `export const Part = ({ say }) => <i>{say}</i>` }],
    ['a stylesheet', { 'room/page.css': '.page { color: blue; }' }],
    ['who is in the world', { 'kit/world/cast.ts': 'export const CAST = ["Ben"]' }],
  ])('on %s', (_what, changed) => {
    expect(hashWith(changed)).not.toBe(BEFORE)
  })

  test('on the steps before it, not on those after; a view that is not there is named', () => {
    const { walkthrough } = picture
    const changed = (at: number) => ({
      walkthrough: {
        ...walkthrough,
        steps: walkthrough.steps.map((each, index) =>
          index === at ? { ...each, at: { page: 'Other', labels: [] } } : each,
        ),
      },
    })
    expect(hashWith({}, changed(0))).not.toBe(BEFORE)
    expect(hashWith({}, changed(1))).toBe(BEFORE)
    expect(() => hashWith({}, { views: ['room/gone.tsx'] })).toThrow('There is no room/gone.tsx')
    expect(() => hashWith({}, { upTo: 'x/9' })).toThrow('x has no step x/9.')
  })
})
