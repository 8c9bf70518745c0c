import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dialpadAssets, dialpadLook } from '#dialpad/portal/look/look.ts'
import { entraAssets, entraLook } from '#idp/vendors/entra/look/look.ts'
import { oktaAssets, oktaLook } from '#idp/vendors/okta/look/look.ts'
import { uiScripts, uiStylesheet } from '#kit/ui/assets.ts'
import { homeAssets, homeLook } from '#scenarios/home/look/look.ts'
import { dialtoneClasses, usedVariables } from './used.ts'

const looks = [
  [entraLook, entraAssets],
  [oktaLook, oktaAssets],
  [dialpadLook, dialpadAssets],
  [homeLook, homeAssets],
] as const

describe.each(looks)('$system', (look, assets) => {
  test('serves every style sheet and script its pages refer to, from files that exist', () => {
    const served = new Map(assets.map((asset) => [asset.urlPath, asset.filePath]))
    for (const url of [uiStylesheet, ...uiScripts, ...look.stylesheets]) {
      const file = served.get(url)
      expect(file, url).toBeDefined()
      expect(readFileSync(file ?? '', 'utf8').length, url).toBeGreaterThan(100)
    }
  })
})

test.each([
  ['idp/vendors/entra/look', 'entra.css', 'tokens.css', '@fluentui/tokens@1.0.0-alpha.24'],
  ['idp/vendors/okta/look', 'okta.css', 'tokens.css', '@okta/odyssey-design-tokens@1.13.0'],
  ['dialpad-sandbox/portal/look', 'dialpad.css', 'dialtone.css', '@dialpad/dialtone@9.103.0'],
])('%s: the generated sheet names its source and defines every token used', (folder, own, generated, source) => {
  const text = readFileSync(`${folder}/${generated}`, 'utf8')
  expect(text).toContain(`Source: ${source},`)
  expect(text).toMatch(/sha256 [0-9a-f]{64}/)
  expect(text).toMatch(/MIT License|Apache License|Permission is hereby granted/)
  const used = usedVariables(`${folder}/${own}`)
  expect(used.size).toBeGreaterThan(0)
  for (const name of used) expect(text, `${name}: run scripts/looks/generate.ts`).toContain(`${name}:`)
})

test('the Dialtone sheet was generated for exactly the classes the look wears', () => {
  const text = readFileSync('dialpad-sandbox/portal/look/dialtone.css', 'utf8')
  const listed = /^ \* Classes: (.*)$/m.exec(text)?.[1]?.split(' ')
  expect(listed, 'run scripts/looks/generate.ts').toEqual(dialtoneClasses())
})
