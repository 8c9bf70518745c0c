import { describe, expect, test } from 'vitest'
import { WORLD_CHOICES } from '#kit/world/worlds.ts'
import { ConfigInvalid, parseConfig, urlsOf } from './config.ts'

const SYSTEMS = [
  { name: 'kit', defaultPort: 4000 },
  { name: 'app', defaultPort: 4100 },
] as const

describe('parseConfig', () => {
  test('an empty environment gives the defaults', () => {
    const config = parseConfig({ HOST: '' }, SYSTEMS)
    expect(config).toEqual({
      host: '127.0.0.1',
      dataDir: `${process.cwd()}/data`,
      world: 'brightwave',
      fsync: false,
      tls: false,
      smtpPort: 4025,
      ports: { kit: 4000, app: 4100 },
      publicOrigins: {},
    })
    expect(urlsOf(config)).toEqual({
      kit: 'http://localhost:4000',
      app: 'http://localhost:4100',
      smtp: 'smtp://localhost:4025',
    })
  })

  test('ports, public origins, world and durability are read', () => {
    const config = parseConfig(
      {
        KIT_PORT: '0',
        APP_PORT: '8443',
        APP_URL: 'https://app.example/',
        WORLD: 'scale:100',
        DURABLE: 'fsync',
        DATA_DIR: '/tmp/x',
        SMTP_PORT: '0',
      },
      SYSTEMS,
    )
    expect(config).toMatchObject({ world: 'scale:100', fsync: true, dataDir: '/tmp/x', ports: { kit: 0, app: 8443 } })
    expect(urlsOf(config)).toEqual({ app: 'https://app.example' })
    expect(urlsOf(config, { kit: 51_000, smtp: 51_001 })).toEqual({
      kit: 'http://localhost:51000',
      app: 'https://app.example',
      smtp: 'smtp://localhost:51001',
    })
  })

  test('all problems are told at once, by variable', () => {
    const wrong = {
      KIT_PORT: '70000',
      APP_PORT: 'http',
      APP_URL: 'localhost:4100/x',
      WORLD: 'atlantis',
      DURABLE: 'yes',
      KIT_TLS: 'yes',
    }
    let message = ''
    try {
      parseConfig(wrong, SYSTEMS)
    } catch (error) {
      if (error instanceof ConfigInvalid) message = error.message
    }
    expect(message).toBe(
      [
        'The environment cannot be used:',
        `  WORLD=atlantis must be one of ${WORLD_CHOICES.join(', ')}.`,
        '  DURABLE=yes must be fsync, or not set.',
        '  KIT_TLS=yes must be 1 for https, or not set.',
        '  KIT_PORT=70000 must be a number from 0 to 65535.',
        '  APP_PORT=http must be a number from 0 to 65535.',
        '  APP_URL=localhost:4100/x must be an origin like http://localhost:4000, without a path.',
      ].join('\n'),
    )
  })

  test('with KIT_TLS all origins are https, and none may be set that is not', () => {
    const config = parseConfig({ KIT_TLS: '1', APP_URL: 'https://app.test' }, SYSTEMS)
    expect(config.tls).toBe(true)
    expect(urlsOf(config)).toEqual({
      kit: 'https://localhost:4000',
      app: 'https://app.test',
      smtp: 'smtp://localhost:4025',
    })
    expect(parseConfig({ KIT_TLS: '0' }, SYSTEMS).tls).toBe(false)
    expect(() => parseConfig({ KIT_TLS: '1', APP_URL: 'http://localhost:4100' }, SYSTEMS)).toThrow(
      'APP_URL=http://localhost:4100 must begin with https:// where KIT_TLS is 1.',
    )
  })

  test('two systems cannot have one port, unless any port will do', () => {
    expect(() => parseConfig({ APP_PORT: '4000' }, SYSTEMS)).toThrow('APP_PORT=4000 is also the port of KIT_PORT.')
    expect(() => parseConfig({ APP_PORT: '0', KIT_PORT: '0', SMTP_PORT: '0' }, SYSTEMS)).not.toThrow()
  })
})
