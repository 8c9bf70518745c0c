import type { VNode } from 'preact'
import { describe, expect, test } from 'vitest'
import { AccountMenu } from './account-menu.tsx'
import { Avatar, initialsOf, Person } from './avatar.tsx'
import { Badge } from './badge.tsx'
import { Breadcrumb } from './breadcrumb.tsx'
import { Button, LinkButton } from './button.tsx'
import { Card } from './card.tsx'
import { CheckboxField, RadioGroup, SelectField, ToggleField } from './choice-fields.tsx'
import { CommandBar } from './command-bar.tsx'
import { ConfirmForm } from './confirm-form.tsx'
import { Copyable, SecretOnce } from './copyable.tsx'
import { DataTable } from './data-table.tsx'
import { DefinitionList } from './definition-list.tsx'
import { Document } from './document.tsx'
import { EmptyState } from './empty-state.tsx'
import { Form } from './form.tsx'
import { CodeBlock, Disclosure, Figure, Tile } from './layout.tsx'
import { Live } from './live.tsx'
import type { Frame, Look } from './look.ts'
import { Menu } from './menu.tsx'
import { Notice } from './notice.tsx'
import { PageHeader } from './page-header.tsx'
import { Pager } from './pager.tsx'
import { Panel } from './panel.tsx'
import { ProgressBar } from './progress-bar.tsx'
import { renderFragment, renderPage } from './render.ts'
import { SearchField } from './search-field.tsx'
import { SideNav } from './side-nav.tsx'
import { TabRow } from './tab-row.tsx'
import { TextField } from './text-field.tsx'
import { TimeText } from './time-text.tsx'

const look: Look = { system: 'sample', product: 'Sample', mark: 'S', stylesheets: [], classes: { button: 'x-btn' } }
const frame: Frame = {
  nowIso: '2026-11-21T09:40:00.000Z',
  kitUrl: 'http://localhost:4000',
  csrfToken: 'token-1',
  path: '/here?page=2',
}
const html = (piece: VNode) => renderFragment({ look, frame }, piece)

const bad = `<script>alert("1")</script>'&`
const account = { name: bad, detail: bad, organisation: bad, signOutAction: '/out', signOutLabel: bad }

const everyPart: readonly (readonly [string, VNode])[] = [
  ['AccountMenu', <AccountMenu key="" account={account} />],
  ['Avatar', <Avatar key="" name={bad} />],
  ['Person', <Person key="" name={bad} detail={bad} />],
  ['Badge', <Badge key="">{bad}</Badge>],
  ['Breadcrumb', <Breadcrumb key="" items={[{ label: bad, href: bad }, { label: bad }]} />],
  [
    'Button',
    <Button key="" name="n" value={bad} label={bad}>
      {bad}
    </Button>,
  ],
  [
    'LinkButton',
    <LinkButton key="" href={`/x?${bad}`}>
      {bad}
    </LinkButton>,
  ],
  [
    'Card',
    <Card key="" title={bad} lead={bad} footer={bad}>
      {bad}
    </Card>,
  ],
  ['CheckboxField', <CheckboxField key="" label={bad} name="a" value={bad} hint={bad} problem={bad} />],
  ['ToggleField', <ToggleField key="" label={bad} name="b" />],
  ['SelectField', <SelectField key="" label={bad} name="c" options={[{ value: bad, label: bad }]} value={bad} />],
  ['RadioGroup', <RadioGroup key="" label={bad} name="d" options={[{ value: bad, label: bad, hint: bad }]} />],
  ['TextField', <TextField key="" label={bad} name="e" value={bad} problem={bad} suggestions={[bad]} />],
  ['TextField of lines', <TextField key="" label={bad} name="f" value={bad} multiline={3} />],
  ['SearchField', <SearchField key="" label={bad} action="/s" value={bad} fields={{ x: bad }} />],
  ['CommandBar', <CommandBar key="" items={[{ kind: 'link', label: bad, href: '/', unavailable: bad }]} />],
  ['Menu', <Menu key="" label={bad} items={[{ kind: 'post', label: bad, action: '/p', fields: { x: bad } }]} />],
  [
    'ConfirmForm',
    <ConfirmForm key="" title={bad} subject={bad} action="/d" confirmLabel={bad} cancelHref="/">
      {bad}
    </ConfirmForm>,
  ],
  ['Copyable', <Copyable key="" label={bad} value={bad} />],
  ['SecretOnce', <SecretOnce key="" title={bad} label={bad} value={bad} warning={bad} />],
  [
    'DataTable',
    <DataTable
      key=""
      caption={bad}
      select={{ name: 'pick' }}
      columns={[
        { key: 'a', header: bad, sortHref: '?', sorted: 'ascending' },
        { key: 'b', header: bad },
      ]}
      rows={[{ key: bad, label: bad, href: '/r', cells: { a: bad, b: bad } }]}
    />,
  ],
  ['DefinitionList', <DefinitionList key="" items={[{ term: bad, value: bad }]} />],
  [
    'EmptyState',
    <EmptyState key="" title={bad}>
      {bad}
    </EmptyState>,
  ],
  ['CodeBlock', <CodeBlock key="" label={bad} text={bad} />],
  [
    'Disclosure',
    <Disclosure key="" title={bad}>
      {bad}
    </Disclosure>,
  ],
  ['Figure', <Figure key="" label={bad} value={bad} />],
  ['Tile', <Tile key="" title={bad} detail={bad} href="/t" />],
  [
    'Live',
    <Live key="" id="live" summary={bad} everySeconds={1}>
      {bad}
    </Live>,
  ],
  [
    'Notice',
    <Notice key="" title={bad}>
      {bad}
    </Notice>,
  ],
  ['PageHeader', <PageHeader key="" title={bad} subtitle={bad} />],
  ['Pager', <Pager key="" from={1} to={2} noun={bad} />],
  [
    'Panel',
    <Panel key="" title={bad} subtitle={bad} closeHref="/">
      {bad}
    </Panel>,
  ],
  ['ProgressBar', <ProgressBar key="" label={bad} value={1} text={bad} />],
  ['SideNav', <SideNav key="" label={bad} groups={[{ title: bad, items: [{ label: bad, href: '/' }] }]} />],
  ['TabRow', <TabRow key="" label={bad} items={[{ label: bad, href: '/', count: 1 }]} />],
  ['TimeText', <TimeText key="" iso={bad} />],
]

describe('every part', () => {
  test.each(everyPart)('%s escapes what people typed, in text and in attributes', (_name, part) => {
    const text = html(part)
    expect(text).not.toContain('<script')
    expect(text).not.toMatch(/="[^"]*alert\("/)
    expect(text).not.toMatch(/ (style|on[a-z]+)=/)
  })

  test.each(everyPart)('%s names every control it has', (_name, part) => {
    const text = html(part)
    const labelled = new Set([...text.matchAll(/<label(?:[^>"]|"[^"]*")* for="([^"]*)"/g)].map((match) => match[1]))
    for (const [tag] of text.matchAll(/<(input|select|textarea)\b(?:[^>"]|"[^"]*")*>/g)) {
      if (tag.includes('type="hidden"') || tag.includes('aria-label=')) continue
      expect(labelled, tag).toContain(/ id="([^"]*)"/.exec(tag)?.[1])
    }
  })
})

describe('a field', () => {
  test('ties its hint and its problem to the control and marks it invalid', () => {
    const text = html(<TextField label="Tenant URL" name="tenantUrl" hint="Ends in /scim." problem="Enter a URL." />)
    expect(text).toContain('aria-describedby="field-tenantUrl-problem field-tenantUrl-hint"')
    expect(text).toContain('aria-invalid="true"')
    expect(text).toContain('<p class="k-problem" id="field-tenantUrl-problem">Enter a URL.</p>')
  })

  test('of a password never shows a value again', () => {
    expect(html(<TextField label="Secret Token" name="token" type="password" value="hunter2" />)).not.toContain(
      'hunter2',
    )
  })
})

test('a form carries the token of the session, and its hidden fields', () => {
  const text = html(
    <Form action="/save" fields={{ id: '7' }}>
      {''}
    </Form>,
  )
  expect(text).toContain('<input type="hidden" name="_csrf" value="token-1"/>')
  expect(text).toContain('<input type="hidden" name="id" value="7"/>')
})

test('a confirmation names what it destroys in its button', () => {
  const text = html(
    <ConfirmForm title="Delete API key?" subject="Nightly sync" action="/d" confirmLabel="Delete" cancelHref="/keys">
      Calls with it fail.
    </ConfirmForm>,
  )
  expect(text).toContain('aria-label="Delete Nightly sync"')
})

test('a command that cannot be done stays, says why, and does nothing', () => {
  const text = html(
    <CommandBar items={[{ kind: 'post', label: 'Stop', action: '/stop', unavailable: 'It is not running.' }]} />,
  )
  expect(text).toContain('aria-disabled="true"')
  expect(text).toContain('title="It is not running."')
  expect(text).not.toContain('<form')
})

test('a table without rows shows what to do next instead', () => {
  const text = html(<DataTable caption="Keys" columns={[]} rows={[]} empty={<EmptyState title="No keys yet" />} />)
  expect(text).toContain('No keys yet')
  expect(text).not.toContain('<table')
})

test('a live part asks for its own page and takes its own section; ended, it asks no more', () => {
  const watching = html(
    <Live id="cycle" everySeconds={2} summary="64%">
      …
    </Live>,
  )
  expect(watching).toContain('hx-get="/here?page=2" hx-trigger="every 2s" hx-select="#cycle" hx-swap="outerMorph"')
  expect(
    html(
      <Live id="cycle" summary="done">
        …
      </Live>,
    ),
  ).not.toContain('hx-')
})

test('a look adds its classes to the shared ones', () => {
  expect(html(<Button kind="primary">Save</Button>)).toContain('class="k-button k-button--primary x-btn"')
})

test('the document has a skip link, the strip, one main, and no inline script', () => {
  const text = renderPage(
    <Document look={look} frame={frame} title="Users">
      <h1>Users</h1>
    </Document>,
  )
  expect(text).toMatch(/^<!doctype html><html lang="en">/)
  expect(text).toContain('<title>Users - Sample</title>')
  expect(text).toContain('href="#main"')
  expect(text.match(/<main /g)).toHaveLength(1)
  expect(text).toContain('Training simulation, not affiliated with the vendor')
  expect(text).toContain('href="http://localhost:4000/"')
  expect(text.replaceAll('<!-- -->', '')).toMatch(/Nov 21<span[^>]*>, 2026, 09:40 UTC/)
  expect(text).not.toMatch(/<script(?![^>]* src=)/)
})

describe('a time', () => {
  test.each([
    ['2026-11-21T09:39:30.000Z', 'just now'],
    ['2026-11-21T09:35:00.000Z', '5 minutes ago'],
    ['2026-11-21T10:20:00.000Z', 'in 40 minutes'],
    ['2026-11-20T09:00:00.000Z', '1 day ago'],
    ['2026-07-01T09:00:00.000Z', 'Jul 1, 2026'],
    ['never', 'never'],
  ])('%s reads %s', (iso, words) => {
    expect(html(<TimeText iso={iso} />)).toContain(`>${words}</time>`)
  })
})

test.each([
  ['Ada Park', 'AP'],
  ['  ada ', 'A'],
  ['Ana María da Silva', 'AS'],
  ['', '?'],
])('the initials of "%s" are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
